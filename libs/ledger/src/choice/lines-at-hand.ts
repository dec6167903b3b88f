import { noTpp, type LineLookup, type MilliTpp } from '#rulebook';
import type { LineBalance } from '../events/line-event.js';
import type { Reservation } from '../line/entries.js';
import type { LineState } from '../line/line-state.js';
import { shareOfAll } from '../line/shares.js';

/**
 * What lines have left at the moment of one determination, answered at once from the heads in memory. Lines that are
 * not at hand are noted: once they are loaded the shipment is determined again.
 */
export class LinesAtHand {
  readonly missing = new Set<string>();
  readonly #stateOf: (line: string) => LineState | undefined;
  readonly #givenBack: Reservation | undefined;

  /**
   * @param stateOf a line under its limits of now; undefined if it is not at hand
   * @param givenBack a hold that is amended: what it holds counts as left on its line
   */
  constructor(stateOf: (line: string) => LineState | undefined, givenBack?: Reservation) {
    this.#stateOf = stateOf;
    this.#givenBack = givenBack;
  }

  /** Limits are those at recorded time, whatever the date of the shipment. */
  readonly left: LineLookup = (line, _atMs, scope) => {
    const state = this.#stateOf(line);
    if (state === undefined) {
      this.missing.add(line);
      return null;
    }
    return countedOn(state, scope, this.#givenBack?.line === line ? this.#givenBack : undefined);
  };
}

/** What a hold has on its line, and in which shares. */
interface GivenBack {
  readonly heldMilliTpp: number;
  readonly scopes?: readonly string[];
}

/**
 * What a determination may count on: what a line, or one share of it, has left; null where no limit is known.
 * @param hold of the line, that is amended: what it holds counts as left
 */
export function countedOn(state: LineState, scope: string | undefined, hold: GivenBack | undefined): MilliTpp | null {
  if (state.closedInto !== undefined) return noTpp;
  const { allocation, exported, reserved } = scope === undefined ? state.balance : balanceOfShare(state, scope);
  if (allocation === null) return null;
  const isIn = scope === undefined || scope === shareOfAll || hold?.scopes?.includes(scope);
  return Math.max(0, allocation - exported - reserved + (hold && isIn ? hold.heldMilliTpp : 0)) as MilliTpp;
}

/** Without a limit for a share that counts nothing yet: then that of the company is all that is known. */
function balanceOfShare({ shares }: LineState, scope: string): LineBalance {
  const share = shares?.[scope];
  if (share === undefined) return { allocation: null, exported: noTpp, reserved: noTpp };
  return { allocation: share.limitMilliTpp, exported: share.exported, reserved: share.reserved };
}

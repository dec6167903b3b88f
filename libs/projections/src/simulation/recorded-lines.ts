import { noMovement, stateAfter, untouchedLine, type LineEvent, type LineState, type Movement } from '#ledger';
import type { CompiledRulebook } from '#rulebook';

/** The lines as they were recorded: the newest event of each carries the state after it. */
export class RecordedLines {
  readonly #newest = new Map<string, LineEvent>();

  /** @returns what the event did to the line's amounts */
  move(name: string, event: LineEvent): Movement {
    const { exported, reserved } = event.balanceMilliTpp;
    const before = this.#newest.get(name)?.balanceMilliTpp ?? noMovement;
    this.#newest.set(name, event);
    return { exported: exported - before.exported, reserved: reserved - before.reserved };
  }

  names(): Iterable<string> {
    return this.#newest.keys();
  }

  /** The line with the cap of a moment: where no order set it, that of the rulebook in force. */
  stateAt(name: string, inForce: CompiledRulebook | undefined, atMs: number): LineState {
    const newest = this.#newest.get(name);
    const granted = inForce?.capOfLine(name, atMs) ?? null;
    if (newest === undefined) return untouchedLine(granted);
    const state = stateAfter(newest);
    return state.capBasis === 'order' ? state : { ...state, balance: { ...state.balance, allocation: granted } };
  }
}

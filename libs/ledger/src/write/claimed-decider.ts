import { StoreUnavailable, type Revision } from '../event-store/event-store.js';
import type { ChosenCommand } from './chosen-command.js';
import { unavailable } from './ledger-outcome.js';
import type { LineClaims } from './line-claims.js';
import type { Answer, Decided, LineDecider, Pending } from './line-decider.js';
import type { LineHead } from './line-head.js';
import type { DueHolds } from './line-holds.js';

type Chosen = Pending & { readonly chosen: ChosenCommand };

/** What is to be appended, and who waits for it: the others have been answered. */
export interface ClaimedDecisions {
  readonly decided: Decided;
  readonly staying: readonly Pending[];
}

/** Decides a batch, and claims for the line what was chosen for it: whoever is refused leaves the batch before it is written. */
export class ClaimedDecider {
  readonly #line: string;
  readonly #decider: LineDecider;
  readonly #claims: LineClaims;

  constructor(options: { readonly line: string; readonly decider: LineDecider; readonly claims: LineClaims }) {
    this.#line = options.line;
    this.#decider = options.decider;
    this.#claims = options.claims;
  }

  async decide(head: LineHead, taken: readonly Pending[], due: DueHolds, now: number): Promise<ClaimedDecisions> {
    const claimed = new Set<Pending>();
    for (let staying = taken; ; ) {
      const decided = this.#decider.decideAll(head, staying, due, now);
      const unclaimed = chosenAmong(decided.answers).filter((pending) => !claimed.has(pending));
      const left = await this.#claim(unclaimed, head.end.revision);
      if (left.size === 0) return { decided, staying };
      for (const pending of unclaimed) claimed.add(pending);
      // Without them others may be decided otherwise, and be recorded only now.
      staying = staying.filter((pending) => !left.has(pending));
    }
  }

  /** After a conflict what was chosen for the line is chosen anew. Returns those that stay. */
  sendBack(waiting: readonly Pending[]): readonly Pending[] {
    for (const pending of waiting) if (isChosen(pending)) pending.resolve(undefined);
    return waiting.filter((pending) => !isChosen(pending));
  }

  /** Resolves with those whose claim was refused. */
  async #claim(chosen: readonly Chosen[], revision: Revision): Promise<ReadonlySet<Pending>> {
    const left = new Set<Pending>();
    const claim = async (pending: Chosen): Promise<void> => {
      try {
        if (await this.#claims.claim(pending.chosen, this.#line, revision, pending.command)) return;
        pending.resolve(undefined);
      } catch (error) {
        if (error instanceof StoreUnavailable) pending.resolve(unavailable(error));
        else pending.reject(error);
      }
      left.add(pending);
    };
    await Promise.all(chosen.map(claim));
    return left;
  }
}

function isChosen(pending: Pending): pending is Chosen {
  return pending.chosen !== undefined;
}

/** Those whose decision is to be recorded. */
function chosenAmong(answers: readonly Answer[]): readonly Chosen[] {
  return answers.flatMap((answer) => ('event' in answer && isChosen(answer.pending) ? [answer.pending] : []));
}

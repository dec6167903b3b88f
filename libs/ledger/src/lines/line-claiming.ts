import { StoreUnavailable } from '../event-store/event-store.js';
import type { Revision } from '../events/stored-event.js';
import type { ChosenCommand } from '../shared-log/chosen-command.js';
import { unavailable } from '../outcome/rejected.js';
import type { LineClaims } from '../shared-log/line-claims.js';
import type { Answer, Decided, Pending } from './line-decider.js';

type Chosen = Pending & { readonly chosen: ChosenCommand };

/** The chosen commands of a batch of one line, claimed for it before the batch is written. */
export class LineClaiming {
  readonly #line: string;
  readonly #claims: LineClaims;

  constructor(options: { readonly line: string; readonly claims: LineClaims }) {
    this.#line = options.line;
    this.#claims = options.claims;
  }

  /**
   * Claims, side by side, what is to be recorded behind this revision of the line. Resolves with those who stay; whoever is
   * refused has been answered, and the batch is to be decided again without them.
   */
  async claim({ answers }: Decided, waiting: readonly Pending[], revision: Revision): Promise<readonly Pending[]> {
    const chosen = answers.flatMap((answer) => toBeRecorded(answer) ?? []);
    if (chosen.length === 0) return waiting;
    const stay = await Promise.all(chosen.map((pending) => this.#isClaimed(pending, revision)));
    const left = new Set<Pending>(chosen.filter((_, index) => stay[index] === false));
    return left.size === 0 ? waiting : waiting.filter((pending) => !left.has(pending));
  }

  /** After a conflict what was chosen for the line is chosen anew. Returns those that stay. */
  sendBack(waiting: readonly Pending[]): readonly Pending[] {
    for (const pending of waiting) if (isChosen(pending)) pending.resolve(undefined);
    return waiting.filter((pending) => !isChosen(pending));
  }

  async #isClaimed({ chosen, command, resolve, reject }: Chosen, revision: Revision): Promise<boolean> {
    try {
      const isClaimed = await this.#claims.claim(chosen, this.#line, revision, command);
      if (!isClaimed) resolve(undefined);
      return isClaimed;
    } catch (error) {
      if (error instanceof StoreUnavailable) resolve(unavailable(error));
      else reject(error);
      return false;
    }
  }
}

function toBeRecorded(answer: Answer): Chosen | undefined {
  return 'event' in answer && isChosen(answer.pending) ? answer.pending : undefined;
}

function isChosen(pending: Pending): pending is Chosen {
  return pending.chosen !== undefined;
}

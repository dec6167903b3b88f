import { StoreUnavailable } from '../event-store/event-store.js';
import type { Revision } from '../events/stored-event.js';
import type { ChosenCommand } from '../shared-log/chosen-command.js';
import { unavailable } from '../outcome/rejected.js';
import type { LineClaims } from '../shared-log/line-claims.js';
import type { LineLimits } from '../shipment/line-limits.js';
import type { EntryCache } from './entry-cache.js';
import type { Answer, Decided, Pending } from './line-decider.js';

type Chosen = Pending & { readonly chosen: ChosenCommand };

/** What is appended comes back over the network: so many make an append worth its while. */
const batchMin = 32;
const batchMax = 500;

interface SharedLineOptions {
  readonly line: string;
  readonly limits: LineLimits;
  readonly entries: EntryCache;
}

/** What the writer of a line does besides where other processes write to the line, too. */
export class SharedLine {
  readonly #line: string;
  readonly #limits: LineLimits;
  readonly #entries: EntryCache;
  readonly #claims: LineClaims;

  constructor({ line, limits, entries }: SharedLineOptions, claims: LineClaims) {
    this.#line = line;
    this.#limits = limits;
    this.#entries = entries;
    this.#claims = claims;
  }

  /**
   * How many commands the next batch may have. Two batches overlap: while one is told where it stands the next is decided.
   * So if none is on its way, only half of those who wait go first; those who were answered together would otherwise come
   * back together for ever.
   */
  atOnce(waiting: number, underWay: number): number {
    const goesAlone = underWay > 0 || waiting < 2 * batchMin;
    return goesAlone ? batchMax : Math.min(batchMax, Math.ceil(waiting / 2));
  }

  /** Takes in what others wrote about what limits the line. */
  refreshLimits(): Promise<void> {
    return this.#limits.refresh(this.#line);
  }

  /** Takes over what the index knows better of these entries. */
  renew(ids: Iterable<string>): void {
    for (const id of ids) this.#entries.renew(id);
  }

  /**
   * Claims, side by side, the chosen commands that are to be recorded behind this revision of the line. Resolves with those who stay; whoever is
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

import { partsOfLine, type CompanyLookup } from '#rulebook';
import { StoreUnavailable } from '../event-store/event-store.js';

/** Two companies that the register knows to be one. */
export interface Merger {
  readonly from: string;
  readonly into: string;
  readonly reason: string;
}

/** After the store took no more. */
const againMs = 1_000;

/**
 * Mergers whose lines do not carry each other on yet. Until they do nobody knows what these lines have left, and nobody
 * draws on them. What the store does not take now is sent again, once a second, until it does.
 */
export class UnfinishedMergers {
  readonly #carryOut: (merger: Merger) => Promise<void>;
  readonly #lookup: CompanyLookup;
  /** By the company that was merged: that happens once. */
  readonly #mergers = new Map<string, Merger>();
  readonly #attempts = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param carryOut may be repeated; rejects with StoreUnavailable where it stopped half way */
  constructor(carryOut: (merger: Merger) => Promise<void>, lookup: CompanyLookup) {
    this.#carryOut = carryOut;
    this.#lookup = lookup;
  }

  /**
   * Resolves when the lines carry each other on.
   * @throws StoreUnavailable if that cannot be done now: it is done later
   */
  finish(merger: Merger): Promise<void> {
    this.#mergers.set(merger.from, merger);
    const underWay = this.#attempts.get(merger.from);
    if (underWay) return underWay;
    const attempt = this.#attempt(merger).finally(() => this.#attempts.delete(merger.from));
    this.#attempts.set(merger.from, attempt);
    return attempt;
  }

  /** As `finish`, for nobody who waits. */
  begin(merger: Merger): void {
    void this.finish(merger).catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) throw error;
    });
  }

  /** Whether the line is of a company whose merger is unfinished, or of the one that goes on. */
  concern(line: string): boolean {
    return this.#mergers.size > 0 && this.#of(line) !== undefined;
  }

  /**
   * Waits for attempts under way on a line that is concerned.
   * @throws StoreUnavailable if it is concerned still
   */
  async settled(line: string): Promise<void> {
    for (let merger = this.#of(line); merger !== undefined; merger = this.#of(line)) {
      const attempt = this.#attempts.get(merger.from);
      if (attempt === undefined) throw new StoreUnavailable(isUnfinished(line, merger));
      await attempt;
    }
  }

  /** Waits for attempts under way: the next start goes on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.allSettled(this.#attempts.values());
  }

  async #attempt(merger: Merger): Promise<void> {
    try {
      await this.#carryOut(merger);
      this.#mergers.delete(merger.from);
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#tryAgain();
      throw error;
    }
  }

  #tryAgain(): void {
    if (this.#stopped || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      for (const merger of this.#mergers.values()) this.begin(merger);
    }, againMs).unref();
  }

  #of(line: string): Merger | undefined {
    const holder = partsOfLine(line)?.holder ?? null;
    if (holder === null) return undefined;
    for (const merger of this.#mergers.values()) {
      if (merger.from === holder || this.#lookup({ name: merger.from })?.id === holder) return merger;
    }
    return undefined;
  }
}

function isUnfinished(line: string, { from, into }: Merger): string {
  return `${line} is to count what ${from} and ${into} have together, and the store did not take that yet: try again in some seconds.`;
}

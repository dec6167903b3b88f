import { type LogPlace, type PagedEvent } from '../thread/cluster-reads.js';
import { Intake, type IntakeOptions } from './intake.js';

/** A live subscription of a server before 24 holds so many events: a commit of more ends it. */
export const liveEventsMax = 32;
const pageEventsMax = 500;
/** For others' events to be looked for while this instance appends nothing. */
const idleMs = 25;
/** Pages must have been short for so long before a subscription makes sense again. */
const calmMs = 1_000;

export interface PagedFollowingOptions extends IntakeOptions {
  /** The place of an event; undefined: the beginning of the log. Everything of ours up to here is in the replica. */
  readonly from: LogPlace | undefined;
  /** The events behind a place, in the order of the log. */
  readonly page: (after: LogPlace | undefined, count: number) => Promise<readonly PagedEvent[]>;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/**
 * Follows the log by pages, each asked for as soon as an append of this instance is durable: for a server whose live
 * subscriptions end at every large commit.
 */
export class PagedFollowing {
  readonly intake: Intake;
  #place: LogPlace | undefined;
  /** Something is known to be there that no page under way is certain to have. */
  #isAwaited = true;
  #wake: () => void = () => undefined;

  constructor(private readonly options: PagedFollowingOptions) {
    this.#place = options.from;
    this.intake = new Intake(options, options.from, () => undefined, () => undefined);
  }

  /** An append is durable: its events are in the log. */
  expect(): void {
    this.#isAwaited = true;
    this.#wake();
  }

  /**
   * Reads until pages were short for a while, or `signal` aborts.
   * @returns the place of the newest event that was seen
   * @throws errors of reading, or of the replica
   */
  async run(signal: AbortSignal): Promise<LogPlace | undefined> {
    const { page, now, tell } = this.options;
    let calmSince = now();
    let isCaughtUp = false;
    try {
      while (now() - calmSince < calmMs) {
        signal.throwIfAborted();
        this.#isAwaited = false;
        const events = await page(this.#place, pageEventsMax);
        if (this.#take(events) > liveEventsMax) calmSince = now();
        if (events.length === pageEventsMax) continue;
        if (!isCaughtUp) tell({ kind: 'caught-up' });
        isCaughtUp = true;
        await this.#awaited();
      }
      return this.#place;
    } finally {
      this.intake.close();
    }
  }

  /** @returns how many of the events are ours */
  #take(events: readonly PagedEvent[]): number {
    const last = events.at(-1);
    if (last === undefined) return 0;
    const ours = events.flatMap(({ fed }) => (fed === undefined ? [] : [fed]));
    this.#place = last.place;
    this.intake.bring(ours, last.place);
    return ours.length;
  }

  /** Until something is known to be there, or it is time to look for what others have written. */
  async #awaited(): Promise<void> {
    if (this.#isAwaited) return;
    await new Promise<void>((resolve) => {
      const idle = setTimeout(resolve, idleMs);
      this.#wake = () => {
        clearTimeout(idle);
        resolve();
      };
    });
  }
}

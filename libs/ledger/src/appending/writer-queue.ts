import { StoreUnavailable } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import { notSent, type Appends } from './appends.js';
import { rejected, unavailable, type Rejected } from '../outcome/rejected.js';

/** Something that waits for a writer, and who is told what became of it. */
export type Waiting<Item, Outcome> = Item & {
  readonly resolve: (outcome: Outcome | Rejected) => void;
  readonly reject: (error: unknown) => void;
  /** Where the index led to before, and another command was. */
  notAt?: readonly Position[];
  /** When its caller has been answered without it (`performance.now()`): then it is not taken any more. */
  readonly until: number;
};

export interface WriterQueueOptions {
  readonly stream: string;
  /** What waits, and for what: for people. */
  readonly waitFor: string;
  /** So many may wait; past it the answer is `busy`, at once. */
  readonly queueMax: number;
  /** Milliseconds until those who wait give up; Infinity: never. */
  readonly waitMsMax: number;
  readonly appends: Appends;
}

/** What waits for the writer of a stream, in order. Nobody joins or stays while the stream is in doubt. */
export class WriterQueue<Item extends object, Outcome> {
  readonly #options: WriterQueueOptions;
  readonly #items: Waiting<Item, Outcome>[] = [];

  constructor(options: WriterQueueOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#items.length;
  }

  /** Resolves when the writer has answered. `joined` is called in this turn, if the item waits now. */
  join(item: Item, joined: () => void): Promise<Outcome | Rejected> {
    const { stream, waitFor, queueMax, waitMsMax, appends } = this.#options;
    if (appends.doubtAbout(stream)) return Promise.resolve(unavailable(notSent()));
    if (this.#items.length >= queueMax) {
      return Promise.resolve(rejected('busy', `${this.#items.length} ${waitFor}: try again in a second.`));
    }
    return new Promise((resolve, reject) => {
      const until = waitMsMax === Infinity ? Infinity : performance.now() + waitMsMax;
      this.#items.push(Object.assign(item, { resolve, reject, until }));
      joined();
    });
  }

  /** The first ones, at most `max`, without those who have given up. */
  take(max: number): readonly Waiting<Item, Outcome>[] {
    const taken = this.#items.splice(0, max);
    if (this.#options.waitMsMax === Infinity) return taken;
    const now = performance.now();
    const late = taken.filter(({ until }) => until <= now);
    if (late.length === 0) return taken;
    this.fail(late, notSent());
    return taken.filter(({ until }) => until > now);
  }

  /** These go on first. */
  putBack(items: readonly Waiting<Item, Outcome>[]): void {
    this.#items.unshift(...items);
  }

  /**
   * Answers what was decided elsewhere, if it stands at one of these positions; else it goes on first.
   * @param firstAnswer undefined if none of them is it
   */
  answerIndexed(
    waiting: Waiting<Item, Outcome>,
    positions: readonly Position[],
    firstAnswer: Promise<Outcome | Rejected | undefined>,
    joined: () => void,
  ): void {
    const again = (): void => {
      waiting.notAt = [...(waiting.notAt ?? []), ...positions];
      this.putBack([waiting]);
      joined();
    };
    firstAnswer.then((outcome) => (outcome === undefined ? again() : waiting.resolve(outcome)), waiting.reject);
  }

  /** Tells them why nothing comes of it; in doubt all others, too. */
  fail(taken: readonly Waiting<Item, Outcome>[], error: unknown): void {
    for (const { resolve, reject } of taken) {
      if (error instanceof StoreUnavailable) resolve(unavailable(error));
      else reject(error);
    }
    if (!this.#options.appends.doubtAbout(this.#options.stream)) return;
    for (const { resolve } of this.#items.splice(0)) resolve(unavailable(notSent()));
  }
}

import type { Position } from '../../../events/stored-event.js';
import { type Acknowledged } from './acknowledged.js';
import { type FeedNews } from '../thread/cluster-message.js';
import { type LogPlace } from '../thread/cluster-reads.js';
import { type FedEvent } from '../grpc/fed-event.js';
import { positionOf } from '../grpc/recorded-event.js';
import { type Replica } from '../replica.js';
import { type ReturningAppends } from './returning-appends.js';

/** Events per transaction at most, and how long events are gathered: far from the head, and at it. */
const batchEventsMax = 1000;
const gatherMs = { behind: 50, atHead: 5 } as const;

export interface IntakeOptions {
  readonly replica: Replica;
  readonly returns: ReturningAppends;
  readonly acknowledged: Acknowledged;
  readonly tell: (news: FeedNews) => void;
}

/** Brings events into the replica, in batches, and tells those who wait for them. */
export class Intake {
  #batch: FedEvent[] = [];
  #flushing: { readonly isSoon: boolean; readonly stop: () => void } | undefined;
  /** Everything of ours up to here is in the replica; and will be, with what is gathered. */
  #considered: LogPlace | undefined;
  #reached: LogPlace | undefined;
  #isAtHead = false;
  #isClosed = false;

  /**
   * @param from everything of ours up to here is in the replica; undefined: nothing is known
   * @param onTaken after each batch
   * @param onFailed told of an error, after which nothing more is to be given
   */
  constructor(
    private readonly options: IntakeOptions,
    from: LogPlace | undefined,
    private readonly onTaken: () => void,
    private readonly onFailed: (error: Error) => void,
  ) {
    this.#considered = from;
    this.#reached = from;
  }

  /** Everything of ours up to here is in the replica. */
  get considered(): Position {
    return Math.max(this.options.replica.head, this.#considered ? positionOf(this.#considered.commit) : 0);
  }

  /** The same, as a place. */
  get place(): LogPlace | undefined {
    return this.#considered;
  }

  /** Whether it has all that the cluster has: then there is little to gather. */
  set isAtHead(isAtHead: boolean) {
    this.#isAtHead = isAtHead;
  }

  take(event: FedEvent): void {
    if (this.#isClosed) return;
    this.#batch.push(event);
    if (this.#batch.length >= batchEventsMax) this.flush();
    // Somebody waits for the end of an append; its other events are no use without it.
    else this.#schedule(this.options.returns.endsWith(event));
  }

  /** All of ours up to `place`, in one transaction. */
  bring(events: readonly FedEvent[], place: LogPlace): void {
    this.#batch.push(...events);
    this.#reached = place;
    this.flush();
  }

  /** Everything of ours up to here has been given. */
  reach(place: LogPlace): void {
    if (this.#isClosed) return;
    this.#reached = place;
    this.#schedule(false);
  }

  flush(): void {
    this.#flushing?.stop();
    this.#flushing = undefined;
    const { replica, returns, acknowledged, tell } = this.options;
    const batch = this.#batch;
    this.#batch = [];
    const added = replica.add(batch);
    this.#considered = this.#reached;
    // Before appends are answered, so that who is answered finds them there.
    if (added.length > 0) tell({ kind: 'fed', head: replica.head });
    acknowledged.returned(added);
    returns.returned(added);
    this.onTaken();
  }

  /** Brings in what was given. Nothing more is to be given. */
  close(): void {
    this.#isClosed = true;
    if (this.#flushing !== undefined || this.#batch.length > 0) this.#guardedFlush();
  }

  /** What came over the wire together is taken together. */
  #schedule(isSoon: boolean): void {
    if (this.#flushing && (this.#flushing.isSoon || !isSoon)) return;
    this.#flushing?.stop();
    if (isSoon) {
      const immediate = setImmediate(() => this.#guardedFlush());
      this.#flushing = { isSoon, stop: () => clearImmediate(immediate) };
    } else {
      const timer = setTimeout(() => this.#guardedFlush(), this.#isAtHead ? gatherMs.atHead : gatherMs.behind);
      this.#flushing = { isSoon, stop: () => clearTimeout(timer) };
    }
  }

  #guardedFlush(): void {
    try {
      this.flush();
    } catch (error) {
      this.#batch = [];
      this.onFailed(error as Error);
    }
  }
}

import { type AllStreamSubscription } from '@eventstore/db-client';
import { type Position } from '../event-store.js';
import { type Acknowledged } from './acknowledged.js';
import { type ClusterReads, type LogPlace } from './cluster-reads.js';
import { type Tell } from './cluster-message.js';
import { type FedEvent } from './fed-event.js';
import { positionOf } from './recorded-event.js';
import { type Replica } from './replica.js';
import { type ReturningAppends } from './returning-appends.js';

/** Events per transaction at most, and how long events are gathered: far from the head, and at it. */
const batchEventsMax = 1000;
const gatherMs = { behind: 50, atHead: 5 } as const;
const tickMs = 250;
/** Something is known to be there and nothing comes: the subscription is silent. */
const stalledMs = 1_500;
/** Having reached within this time what the head was means to be at the head. */
const freshMs = 1_000;
/** In times of silence that it may be without a message. */
const checkpointEvery = 6;

/** A subscription that stays open without bringing what is there. */
export class SilentSubscription extends Error {
  override readonly name = 'SilentSubscription';
}

export interface LiveSubscriptionOptions {
  readonly replica: Replica;
  readonly reads: ClusterReads;
  /** Behind which it goes on; undefined: from the beginning. */
  readonly from: LogPlace | undefined;
  /** Without any message for so long, the head of the log is looked at. */
  readonly silenceMs: number;
  readonly returns: ReturningAppends;
  readonly acknowledged: Acknowledged;
  readonly tell: Tell;
}

/** One subscription to the cluster's log, from its start to its end: brings events into the replica. */
export class LiveSubscription {
  readonly #options: LiveSubscriptionOptions;
  #batch: FedEvent[] = [];
  #flushing: NodeJS.Timeout | undefined;
  /** Everything of ours up to here is in the replica; and will be, with what is gathered. */
  #considered: LogPlace | undefined;
  #reached: LogPlace | undefined;
  #savedAt = Date.now();
  #heardAt = Date.now();
  #lookedAt = 0;
  #asking = false;
  /** The cluster has an event of ours at this position, or nothing behind it, and since then something is awaited. */
  #known: { readonly position: Position; readonly since: number } | undefined;
  #caughtUp = false;
  #end: (why: Error) => void = () => undefined;

  constructor(options: LiveSubscriptionOptions) {
    this.#options = options;
    this.#considered = options.from;
    this.#reached = options.from;
  }

  /** Reads until the subscription, of fed events or errors, ends or `signal` aborts. @returns why it ended */
  async run(subscription: AllStreamSubscription, signal: AbortSignal): Promise<Error> {
    const ended = new Promise<Error>((resolve) => (this.#end = resolve));
    const overs = (): void => this.#end(new Error('the server ended the subscription'));
    const abort = (): void => this.#end(signal.reason as Error);
    subscription.on('data', (event: unknown) => this.#guarded(() => this.#take(event as FedEvent | Error)));
    subscription.on('error', (error) => this.#end(error));
    subscription.on('end', overs);
    subscription.on('close', overs);
    subscription.on('caughtUp', () => this.#guarded(() => this.#serverSaysCaughtUp()));
    subscription.on('fellBehind', () => this.#fellBehind());
    signal.addEventListener('abort', abort, { once: true });
    const ticks = setInterval(() => this.#guarded(() => this.#tick()), tickMs);
    this.#askForHead();
    const why = await ended;
    clearInterval(ticks);
    signal.removeEventListener('abort', abort);
    subscription.unsubscribe().catch(() => undefined);
    // What has been brought is good, whatever ended it.
    this.#guarded(() => this.#flush());
    clearTimeout(this.#flushing);
    this.#saveCheckpoint();
    return why;
  }

  /** The cluster has an event of ours at `position`: if it does not come soon, the subscription is dead. */
  expect(position: Position): void {
    if (position <= this.considered) return;
    // More of it does not begin the wait anew: with many appends it would never end.
    const { position: before = 0, since = Date.now() } = this.#known ?? {};
    this.#known = { position: Math.max(position, before), since };
  }

  /** Everything of ours up to here has been brought. */
  checkpoint(place: LogPlace): void {
    this.#heardAt = Date.now();
    this.#reached = place;
    this.#scheduleFlush();
  }

  /** Everything of ours up to here is in the replica. */
  get considered(): Position {
    return Math.max(this.#options.replica.head, this.#considered ? positionOf(this.#considered.commit) : 0);
  }

  #take(event: FedEvent | Error): void {
    this.#heardAt = Date.now();
    if (event instanceof Error) throw event;
    this.#batch.push(event);
    // Somebody waits for the end of an append; its other events are no use without it.
    if (this.#batch.length >= batchEventsMax || this.#options.returns.endsWith(event)) this.#flush();
    else this.#scheduleFlush();
  }

  #scheduleFlush(): void {
    if (this.#flushing !== undefined) return;
    const flush = (): void => {
      this.#flushing = undefined;
      this.#guarded(() => this.#flush());
    };
    this.#flushing = setTimeout(flush, this.#caughtUp ? gatherMs.atHead : gatherMs.behind);
  }

  #flush(): void {
    const { replica, returns, acknowledged, tell } = this.#options;
    const batch = this.#batch;
    this.#batch = [];
    const added = replica.add(batch);
    this.#considered = this.#reached;
    // Before appends are answered, so that who is answered finds them there.
    tell({ kind: 'fed', head: replica.head });
    acknowledged.returned(added);
    returns.returned(added);
    this.#compareWithKnown();
  }

  /** Older servers do not say when a subscription has caught up: what the head was some time ago is compared. */
  #compareWithKnown(): void {
    if (this.#known === undefined || this.considered < this.#known.position) return;
    const isFresh = Date.now() - this.#known.since <= freshMs;
    this.#known = undefined;
    if (isFresh) this.#nowCaughtUp();
    else if (!this.#caughtUp) this.#askForHead();
  }

  #serverSaysCaughtUp(): void {
    this.#heardAt = Date.now();
    this.#flush();
    this.#nowCaughtUp();
  }

  #nowCaughtUp(): void {
    if (this.#caughtUp) return;
    this.#caughtUp = true;
    this.#options.tell({ kind: 'caught-up' });
  }

  #fellBehind(): void {
    this.#heardAt = Date.now();
    if (this.#caughtUp) this.#options.tell({ kind: 'fell-behind' });
    this.#caughtUp = false;
    this.#askForHead();
  }

  #askForHead(): void {
    if (this.#asking) return;
    this.#asking = true;
    const askedAt = Date.now();
    const answered = (): void => {
      this.#asking = false;
      this.#lookedAt = Date.now();
    };
    this.#options.reads.newest(this.considered).then(
      (position) => {
        answered();
        this.#known ??= { position, since: this.#lookedAt };
        this.expect(position);
        this.#guarded(() => this.#compareWithKnown());
      },
      (error: unknown) => {
        answered();
        // While it brings something it is well: others may have written more than can be looked through in time.
        if (this.#heardAt < askedAt) this.#end(error as Error);
      },
    );
  }

  #tick(): void {
    const now = Date.now();
    const { silenceMs } = this.#options;
    const isWaiting = !this.#caughtUp && this.#known === undefined;
    if (this.#known && now - Math.max(this.#known.since, this.#heardAt) >= Math.min(stalledMs, silenceMs)) {
      this.#end(new SilentSubscription('the subscription has become silent'));
    } else if (now - Math.max(isWaiting ? 0 : this.#heardAt, this.#lookedAt) >= silenceMs) {
      this.#askForHead();
    }
    if (now - this.#savedAt >= checkpointEvery * silenceMs) this.#saveCheckpoint();
  }

  /** Lets the next start begin behind what others have written. If it cannot be saved, the next start looks at that again. */
  #saveCheckpoint(): void {
    const { replica, reads, from } = this.#options;
    const place = this.#considered;
    this.#savedAt = Date.now();
    if (place === undefined || place === from || positionOf(place.commit) <= replica.head) return;
    reads
      .idAt(place)
      .then((eventId) => {
        if (eventId !== undefined) replica.saveCheckpoint({ ...place, eventId });
      })
      .catch(() => undefined);
  }

  /** An error in a listener of the client would end the thread, or the subscription without a sound. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#batch = [];
      this.#end(error as Error);
    }
  }
}

import { type AllStreamSubscription } from '@eventstore/db-client';
import type { Position } from '../../../events/stored-event.js';
import { type ClusterReads, type LogPlace } from '../thread/cluster-reads.js';
import { type FedEvent } from '../grpc/fed-event.js';
import { Intake, type IntakeOptions } from './intake.js';
import { positionOf } from '../grpc/recorded-event.js';

const tickMs = 250;
/** Something is known to be there and nothing comes: the subscription is silent. */
const stalledMs = 1_500;
/** In times of silence that it may be without a message. */
const checkpointEvery = 6;

/** A subscription that stays open without bringing what is there. */
export class SilentSubscription extends Error {
  override readonly name = 'SilentSubscription';
}

export interface LiveSubscriptionOptions extends IntakeOptions {
  readonly reads: ClusterReads;
  /** Behind which it goes on; undefined: from the beginning. */
  readonly from: LogPlace | undefined;
  /** Without any message for so long, the head of the log is looked at. */
  readonly silenceMs: number;
  /** Whether the head of the log is looked at at once: it is not known how far `from` is behind it. */
  readonly looksAtHead: boolean;
}

/** One subscription to the cluster's log, from its start to its end: brings events into the replica. */
export class LiveSubscription {
  readonly intake: Intake;
  readonly #options: LiveSubscriptionOptions;
  #savedAt = Date.now();
  #heardAt = Date.now();
  #lookedAt = 0;
  #asking = false;
  /** The cluster has an event of ours at this position, and since then it is awaited. */
  #known: { readonly position: Position; readonly since: number } | undefined;
  #caughtUp = false;
  #end: (why: Error) => void = () => undefined;

  constructor(options: LiveSubscriptionOptions) {
    this.#options = options;
    const taken = (): void => {
      if (this.#known && this.intake.considered >= this.#known.position) this.#known = undefined;
    };
    this.intake = new Intake(options, options.from, taken, (error) => this.#end(error));
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
    if (signal.aborted) abort();
    const ticks = setInterval(() => this.#tick(), tickMs);
    if (this.#options.looksAtHead) this.#askForHead();
    const why = await ended;
    clearInterval(ticks);
    signal.removeEventListener('abort', abort);
    subscription.unsubscribe().catch(() => undefined);
    // What has been brought is good, whatever ended it.
    this.intake.close();
    this.#saveCheckpoint();
    return why;
  }

  /** The cluster has an event of ours at `position`: if it does not come soon, the subscription is dead. */
  expect(position: Position): void {
    if (position <= this.intake.considered) return;
    // More of it does not begin the wait anew: with many appends it would never end.
    const { position: before = 0, since = Date.now() } = this.#known ?? {};
    this.#known = { position: Math.max(position, before), since };
  }

  /** Everything of ours up to here has been brought. */
  checkpoint(place: LogPlace): void {
    this.#heardAt = Date.now();
    this.intake.reach(place);
  }

  #take(event: FedEvent | Error): void {
    this.#heardAt = Date.now();
    if (event instanceof Error) throw event;
    this.intake.take(event);
  }

  #serverSaysCaughtUp(): void {
    this.#heardAt = Date.now();
    this.intake.flush();
    this.#caughtUp = true;
    this.intake.isAtHead = true;
    this.#options.tell({ kind: 'caught-up' });
  }

  #fellBehind(): void {
    this.#heardAt = Date.now();
    if (this.#caughtUp) this.#options.tell({ kind: 'fell-behind' });
    this.#caughtUp = false;
    this.intake.isAtHead = false;
  }

  #askForHead(): void {
    if (this.#asking) return;
    this.#asking = true;
    const askedAt = Date.now();
    const answered = (): void => {
      this.#asking = false;
      this.#lookedAt = Date.now();
    };
    this.#options.reads.newest(this.intake.considered).then(
      (position) => {
        answered();
        this.expect(position);
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
    if (this.#known && now - Math.max(this.#known.since, this.#heardAt) >= Math.min(stalledMs, silenceMs)) {
      this.#end(new SilentSubscription('the subscription has become silent'));
    } else if (now - Math.max(this.#heardAt, this.#lookedAt) >= silenceMs) {
      this.#askForHead();
    }
    if (now - this.#savedAt >= checkpointEvery * silenceMs) this.#saveCheckpoint();
  }

  /** Lets the next start begin behind what others have written. If it cannot be saved, the next start looks at that again. */
  #saveCheckpoint(): void {
    const { replica, reads, from } = this.#options;
    const { place } = this.intake;
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
      this.#end(error as Error);
    }
  }
}

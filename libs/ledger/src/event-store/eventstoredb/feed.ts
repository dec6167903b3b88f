import { START } from '@eventstore/db-client';
import { setTimeout as delay } from 'node:timers/promises';
import { type Position } from '../event-store.js';
import { sqliteCode } from '../log-file/sqlite-code.js';
import { readClusterAddress } from './cluster-address.js';
import { ClusterClient } from './cluster-client.js';
import { failureOf } from './cluster-failure.js';
import { ClusterReads, type LogPlace } from './cluster-reads.js';
import { type FeedNews, type Tell } from './feed-news.js';
import { LiveSubscription, SilentSubscription } from './live-subscription.js';
import { EventStoreMisconfigured } from './misconfigured.js';
import { OurStreams } from './our-streams.js';
import { ForeignEvent, positionOf } from './recorded-event.js';
import { Replica, ReplicaBroken } from './replica.js';

const pauseMsMin = 50;
const pauseMsMax = 2_000;

export interface FeedOptions {
  readonly url: string;
  readonly prefix: string;
  /** Of the replica. */
  readonly file: string;
  /** For each read of the cluster. */
  readonly readMs: number;
  readonly silenceMs: number;
}

/** Keeps the replica up with the cluster's log: subscribes, and after whatever ends that, subscribes again. */
export class Feed {
  readonly #stop = new AbortController();
  readonly #streams: OurStreams;
  readonly #cluster: ClusterClient;
  readonly #reads: ClusterReads;
  #replica: Replica;
  #live: LiveSubscription | undefined;
  /** From then on others read the replica: it may grow, and nothing else. */
  #wasCaughtUp = false;
  /** A replica that was made anew and still does not fit is not what is wrong. */
  #isRefilled = false;
  #failures = 0;

  constructor(
    private readonly options: FeedOptions,
    private readonly tellStore: Tell,
  ) {
    this.#streams = new OurStreams(options.prefix);
    this.#cluster = new ClusterClient(readClusterAddress(options.url));
    this.#reads = new ClusterReads(this.#cluster, this.#streams, options.readMs);
    this.#replica = this.#openReplica();
  }

  /** Resolves when the feed was closed or is broken for good. */
  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const why = await this.#subscribe().catch((error: unknown) => error as Error);
      if (this.#stop.signal.aborted) return;
      if (!this.#goesOnAfter(why)) return;
      const pauseMs = Math.min(pauseMsMax, pauseMsMin * 2 ** this.#failures) * (0.5 + Math.random() / 2);
      this.#failures += 1;
      await delay(pauseMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  expect(position: Position): void {
    this.#live?.expect(position);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#cluster.close();
    this.#replica.close();
  }

  async #subscribe(): Promise<Error> {
    const { prefix, readMs, silenceMs } = this.options;
    const from = await this.#resumeAt();
    const client = await this.#cluster.ready(readMs);
    const live = new LiveSubscription({
      replica: this.#replica,
      reads: this.#reads,
      prefix,
      silenceMs,
      tell: (news) => this.#tell(news),
    });
    this.#live = live;
    const filter = this.#streams.filter((place) => live.checkpoint(place));
    const subscription = client.subscribeToAll({ fromPosition: from ?? START, filter, requiresLeader: true });
    this.#tell({ kind: 'connected', clientReplacements: this.#cluster.replacements });
    try {
      const why = await live.run(subscription, this.#stop.signal);
      if (why instanceof SilentSubscription) await this.#cluster.replace(client);
      return why;
    } finally {
      this.#live = undefined;
    }
  }

  /**
   * The place behind which to go on.
   * @throws ReplicaBroken if the replica is not a copy of this cluster's log
   */
  async #resumeAt(): Promise<LogPlace | undefined> {
    const { last, checkpoint } = this.#replica;
    if (last === undefined) return undefined;
    const [found] = await this.#reads.stream(last.stream, { from: last.revision, limit: 1 });
    if (found?.id !== last.id || found.position !== positionOf(last.commit)) {
      throw new ReplicaBroken(`the cluster's log has another event, or none, in the place of ${last.stream}@${last.revision}`);
    }
    if (checkpoint === undefined) return last;
    const id = await this.#reads.idAt(checkpoint).catch(() => undefined);
    return id === checkpoint.eventId ? checkpoint : last;
  }

  /** Tells what happened. @returns whether subscribing again makes sense */
  #goesOnAfter(why: Error): boolean {
    const { shown } = this.#cluster.address;
    if (why instanceof ReplicaBroken && !this.#wasCaughtUp && this.#replica.head > 0 && !this.#isRefilled) {
      this.#refill(why.message);
      return true;
    }
    if (why instanceof ReplicaBroken) {
      const advice = 'Restart, and the copy of the log is made anew; if it then stops here again, restore the cluster from a backup.';
      this.#tell({ kind: 'broken', problem: `The log of EventStoreDB at ${shown} is not whole: ${why.message}. ${advice}` });
      return false;
    }
    if (why instanceof ForeignEvent) {
      this.#tell({ kind: 'broken', problem: why.message });
      return false;
    }
    const code = sqliteCode(why);
    if (code === 'SQLITE_FULL') {
      this.#tell({ kind: 'interrupted', problem: `There is no room left for ${this.options.file}. Make room; it goes on by itself.` });
    } else if (code !== '') {
      this.#tell({ kind: 'broken', problem: `${this.options.file} cannot be written (${why.message}). Check the disk, delete its folder and restart.` });
      return false;
    } else {
      const failure = failureOf(why, this.#cluster.address);
      this.#tell({ kind: failure instanceof EventStoreMisconfigured ? 'misconfigured' : 'interrupted', problem: failure.message });
    }
    return true;
  }

  #refill(why: string): void {
    this.#isRefilled = true;
    this.#replica.close();
    this.#tell({ kind: 'refilling', why });
    this.#replica = Replica.create(this.options.file, this.options.prefix);
  }

  #openReplica(): Replica {
    return Replica.open(this.options.file, this.options.prefix, (why) => this.#tell({ kind: 'refilling', why }));
  }

  #tell(news: FeedNews): void {
    if (news.kind === 'caught-up') {
      this.#wasCaughtUp = true;
      this.#failures = 0;
    }
    this.tellStore(news);
  }
}

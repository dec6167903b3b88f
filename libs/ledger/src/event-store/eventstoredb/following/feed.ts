import { START } from '@eventstore/db-client';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable } from '../../event-store.js';
import type { Position, Revision } from '../../../events/stored-event.js';
import { type AcceptedLoss } from '../../log-file/known-event.js';
import { sqliteCode } from '../../log-file/sqlite-code.js';
import { Absence } from './absence.js';
import { Acknowledged } from './acknowledged.js';
import { type ClusterClient } from '../connection/cluster-client.js';
import { failureOf, isOverflow, nodeSeenIn } from '../connection/cluster-failure.js';
import { keyOf } from '../connection/cluster-members.js';
import { type FeedNews, type Tell } from '../thread/cluster-message.js';
import { ClusterReads, type LogPlace } from '../thread/cluster-reads.js';
import { fedEventIn } from '../grpc/fed-event.js';
import { EventsLost, firstLost } from './lost-events.js';
import { type Intake, type IntakeOptions } from './intake.js';
import { type LeaderClient } from '../connection/leader-client.js';
import { LiveSubscription, SilentSubscription } from './live-subscription.js';
import { EventStoreMisconfigured } from '../connection/misconfigured.js';
import { type OurStreams } from '../connection/our-streams.js';
import { PagedFollowing } from './paged-following.js';
import { ForeignEvent, positionOf } from '../grpc/recorded-event.js';
import { Replica, ReplicaBroken, type LastEvent } from '../replica.js';
import { ReturningAppends } from './returning-appends.js';
import { type TimeLimits } from '../connection/time-limit.js';

const pauseMsMin = 50;
const pauseMsMax = 2_000;

export interface FeedOptions {
  readonly streams: OurStreams;
  /** Of the replica. */
  readonly file: string;
  readonly limits: TimeLimits;
  /** Whether nobody reads the replica yet, so that it may be made anew. */
  readonly mayRefill: boolean;
  /** Position of the first event that the cluster may lack. */
  readonly acceptLoss: Position | undefined;
  /** A connection of its own. */
  readonly cluster: ClusterClient;
  readonly tell: Tell;
}

/** The leader has no event where the replica has its newest one. */
class EventAbsent extends StoreUnavailable {}

/** Keeps the replica up with the cluster's log: subscribes, and after whatever ends that, subscribes again. */
export class Feed {
  readonly #stop = new AbortController();
  readonly #reads: ClusterReads;
  /** Appends that wait for their events. */
  readonly returns = new ReturningAppends();
  readonly acknowledged = new Acknowledged(this, () => this.#pages?.expect());
  #replica: Replica;
  /** Of what is followed now, or was: what it has considered stays so. */
  #intake: Intake | undefined;
  #live: LiveSubscription | undefined;
  #pages: PagedFollowing | undefined;
  /** Not when others read the replica: then it may grow, and nothing else. Nor again: then it is not what is wrong. */
  #mayRefill: boolean;
  #failures = 0;
  /** Of the replica's newest event. */
  readonly #absence: Absence;
  /** One after another. */
  #misconfigurations = 0;

  /** @throws LogUnreadable, ReplicaBroken if there is no replica to be had */
  constructor(private readonly options: FeedOptions) {
    const { streams, cluster, limits, file, mayRefill } = options;
    this.#reads = new ClusterReads(cluster, streams, this.acknowledged, limits.readMs);
    this.#mayRefill = mayRefill;
    this.#absence = new Absence(limits.absenceMs, () => performance.now());
    this.#replica = Replica.open(file, streams.prefix, (why) => {
      if (!mayRefill) throw new ReplicaBroken(`${file} is damaged (${why}). Restart, and it is made anew.`);
      this.#tell({ kind: 'refilling', why });
    });
    this.#tellWhereItIs();
  }

  /** Resolves when the feed was closed or is broken for good. */
  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const why = await this.#follow().catch((error: unknown) => error as Error);
      if (this.#stop.signal.aborted) return;
      if (!(why instanceof EventAbsent)) this.#absence.interrupt();
      if (!this.#goesOnAfter(why)) return;
      const pauseMs = Math.min(pauseMsMax, pauseMsMin * 2 ** this.#failures) * (0.5 + Math.random() / 2);
      this.#failures += 1;
      await delay(pauseMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** The position of the newest event in the replica. */
  get head(): Position {
    return this.#replica.head;
  }

  /** The revision of a stream's last event in the replica, which the cluster has for certain; -1 if there is none. */
  lastRevisionOf(stream: string): Revision {
    return this.#replica.lastRevisionOf(stream);
  }

  /** Everything of ours up to here is in the replica. */
  get considered(): Position {
    return this.#intake?.considered ?? this.head;
  }

  /** The cluster has an event of ours at this position: if it does not come soon, the subscription is dead. */
  expect(position: Position): void {
    this.acknowledged.told(position);
    this.#live?.expect(position);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.options.cluster.close();
    this.#replica.close();
  }

  /** Until something goes wrong. @returns what did */
  async #follow(): Promise<Error> {
    let from = await this.#resumeAt();
    for (let looksAtHead = true; ; looksAtHead = false) {
      const client = await this.options.cluster.ready(this.options.limits.readMs);
      const signal = AbortSignal.any([this.#stop.signal, client.over]);
      const why = await this.#subscribe(client, signal, from, looksAtHead);
      if (signal.aborted || !isOverflow(why)) return this.#leftBy(client, why);
      from = await this.#followPages(signal);
    }
  }

  async #subscribe(client: LeaderClient, signal: AbortSignal, from: LogPlace | undefined, looksAtHead: boolean): Promise<Error> {
    const { streams, limits } = this.options;
    const live = new LiveSubscription({ ...this.#intakeOptions, reads: this.#reads, from, silenceMs: limits.silenceMs, looksAtHead });
    this.#intake = live.intake;
    this.#live = live;
    const filter = streams.filter((place) => live.checkpoint(place));
    const subscription = client.subscribeDecoded({ fromPosition: from ?? START, filter, requiresLeader: true }, (answer) => fedEventIn(answer, streams.prefix));
    if (looksAtHead) this.#tell({ kind: 'connected' });
    return live.run(subscription, signal).finally(() => (this.#live = undefined));
  }

  /**
   * A server before 24 ends a live subscription at large commits. That is ordinary: the log is
   * followed by pages for as long as there are such commits.
   * @returns the place behind which to subscribe again
   */
  async #followPages(signal: AbortSignal): Promise<LogPlace | undefined> {
    this.#tell({ kind: 'overflowed' });
    const page = (after: LogPlace | undefined, count: number): ReturnType<ClusterReads['page']> => this.#reads.page(after, count);
    const pages = new PagedFollowing({ ...this.#intakeOptions, from: this.#replica.last, page, now: () => performance.now() });
    this.#intake = pages.intake;
    this.#pages = pages;
    return pages.run(signal).finally(() => (this.#pages = undefined));
  }

  get #intakeOptions(): IntakeOptions {
    return { replica: this.#replica, returns: this.returns, acknowledged: this.acknowledged, tell: (news) => this.#tell(news) };
  }

  async #leftBy(client: LeaderClient, why: Error): Promise<Error> {
    if (why instanceof SilentSubscription || nodeSeenIn(why) === 'does-not-lead') await this.options.cluster.replace(client);
    return why;
  }

  /**
   * The place behind which to go on.
   * @throws ReplicaBroken if the replica is a copy of this log at another place
   * @throws EventsLost if the cluster does not have what is in the replica
   */
  async #resumeAt(): Promise<LogPlace | undefined> {
    const { cluster, file } = this.options;
    const { last, checkpoint } = this.#replica;
    if (last === undefined) return undefined;
    const found = await this.#reads.eventAt(last.stream, last.revision);
    if (found === undefined) await this.#believeAbsence(last);
    if (found?.id !== last.id) throw new EventsLost(cluster.address.shown, file, last, await firstLost(this.#replica, this.#reads));
    if (found.position !== positionOf(last.commit)) {
      throw new ReplicaBroken(`the cluster's log has ${last.stream}@${last.revision} at another position: it was moved there`);
    }
    if (checkpoint === undefined) return last;
    const id = await this.#reads.idAt(checkpoint).catch(() => undefined);
    return id === checkpoint.eventId ? checkpoint : last;
  }

  /** @throws EventAbsent until one and the same leader has said so for long enough, and no other is named */
  async #believeAbsence({ stream, revision }: LastEvent): Promise<void> {
    const { cluster, limits } = this.options;
    const client = await cluster.ready(limits.readMs);
    await cluster.confirm(client);
    if (this.#absence.isBelieved(keyOf(client.node))) return;
    const problem = `EventStoreDB at ${cluster.address.shown} says that it has no ${stream}@${revision}, which this instance has seen`;
    throw new EventAbsent(`${problem}. Its leader may be behind: it is asked again for ${limits.absenceMs / 1000} s.`);
  }

  /** Tells what happened. @returns whether subscribing again makes sense */
  #goesOnAfter(why: Error): boolean {
    const { shown } = this.options.cluster.address;
    if (why instanceof ReplicaBroken && this.#mayRefill && this.#replica.head > 0) {
      this.#refill(why.message);
      return true;
    }
    if (why instanceof EventsLost) {
      if (this.#mayRefill && why.first === this.options.acceptLoss) {
        this.#refill(`events from position ${why.first} on are lost, and that is accepted`, why.loss);
        return true;
      }
      this.#tell({ kind: 'lost', problem: why.message, first: why.first });
      return false;
    }
    if (why instanceof ReplicaBroken) {
      const advice =
        'Restart, and the copy of the log is made anew. If that stops here too, events were truncated or scavenged away: restore the cluster from a backup.';
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
      this.#tellFailure(failureOf(why, this.options.cluster.address));
    }
    return true;
  }

  /** What is wrong with one node is not yet wrong with the cluster: the others are tried first. */
  #tellFailure(failure: Error): void {
    this.#misconfigurations = failure instanceof EventStoreMisconfigured ? this.#misconfigurations + 1 : 0;
    const isMisconfigured = this.#misconfigurations >= this.options.cluster.address.hosts.length;
    this.#tell({ kind: isMisconfigured ? 'misconfigured' : 'interrupted', problem: failure.message });
  }

  #refill(why: string, loss?: AcceptedLoss): void {
    this.#mayRefill = false;
    this.#replica.close();
    this.#tell({ kind: 'refilling', why, ...(loss && { loss }) });
    this.#intake = undefined;
    this.#replica = Replica.create(this.options.file, this.options.streams.prefix);
    this.#tellWhereItIs();
  }

  #tellWhereItIs(): void {
    this.#tell({ kind: 'fed', head: this.head });
  }

  #tell(news: FeedNews): void {
    if (news.kind === 'caught-up') {
      this.#mayRefill = false;
      this.#failures = 0;
    }
    this.options.tell(news);
  }
}

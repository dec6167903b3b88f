import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type MessagePort } from 'node:worker_threads';
import { OutcomeUnknown, StoreUnavailable, type AppendResult, type LocalLogStore, type LogRange, type StreamRange } from '../event-store.js';
import type { NewEvent, Position, Revision, StoredEvent } from '../../events/stored-event.js';
import { followLog } from '../follow-log.js';
import { lockDataDir, type DataDirLock } from '../log-file/data-dir-lock.js';
import { FollowerPorts } from '../log-file/follower-ports.js';
import { assertHasAnywhere, type AcceptedLoss, type KnownEvent } from '../log-file/known-event.js';
import { logFileOf } from '../log-file/log-file.js';
import { LogUnreadable } from '../log-file/log-unreadable.js';
import { PageReader } from '../log-file/page-reader.js';
import { readClusterAddress } from './connection/cluster-address.js';
import { Cluster, type FeedStatus } from './thread/cluster.js';
import { EventStoreMisconfigured } from './connection/misconfigured.js';
import { replicaFileOf } from './replica.js';
import { untilAborted, usualTimeLimits, type TimeLimits } from './connection/time-limit.js';

export interface EventStoreDbOptions {
  /** A connection string of EventStoreDB: `esdb://...` or `esdb+discover://...`. */
  readonly url: string;
  /** For the copy of the log, views and lock; created if it is missing. One process at a time. */
  readonly dataDir: string;
  /** What the names of all streams begin with in the cluster, so that it can be shared; left out: nothing. */
  readonly prefix?: string;
  /** Told what goes wrong and what becomes of it, for the log of the process. */
  readonly explain?: (message: string) => void;
  /** Events that something else in the data directory knows: the log must have them, wherever they are in it. */
  readonly known?: readonly KnownEvent[];
  /** The cluster may lack everything that was known from this position on, if this is the first that it lacks. */
  readonly acceptLoss?: Position | undefined;
  /** The log cannot be followed any more: from now on everything rejects, and only a new process can help. Called once. */
  readonly onFatal?: (reason: StoreUnavailable) => void;
  readonly timeLimits?: Partial<TimeLimits>;
  /** Gives up opening. */
  readonly signal?: AbortSignal;
}

/** What an operator wants to know. */
export interface EventStoreDbStatus extends FeedStatus {
  /** Milliseconds since the copy of the log was last known to be up to date; 0 while it is. */
  readonly lagMs: number;
  /** Appends that were left open by the cluster, and sent again. */
  readonly unknownOutcomes: number;
}

/**
 * The log in a cluster of EventStoreDB: appends and streams go to its leader; the log as a whole is read from a copy of
 * it in a file of this machine, which a thread keeps up to date.
 */
export class EventStoreDbEventStore implements LocalLogStore {
  readonly isShared = true;
  /** The server's limit of 1 MiB, less what it counts for the names of types. */
  readonly appendBytesMax = 768 * 1024;
  readonly #ports: FollowerPorts;
  readonly #underWay = new Set<Promise<unknown>>();
  /** This instance has told of events up to here: what it reads must include them. */
  #told: Position = 0;
  #unknownOutcomes = 0;
  #ended: StoreUnavailable | undefined;
  #closing: Promise<void> | undefined;

  private constructor(
    readonly where: string,
    readonly logFile: string,
    private readonly readMs: number,
    private readonly lock: DataDirLock,
    private readonly cluster: Cluster,
    private readonly pages: PageReader,
    readonly loss: AcceptedLoss | undefined,
  ) {
    this.#ports = new FollowerPorts(cluster.growth);
  }

  /**
   * Resolves when the copy of the log has reached the head of the cluster's. A cluster that cannot be reached is tried
   * until `signal` aborts.
   * @throws EventStoreMisconfigured for what a person has to mend: connection string, credentials, certificate, version
   * @throws DataDirLocked, LogUnreadable: what is wrong with the data directory, or missing in the cluster, and what to do
   * @throws the reason of `signal`
   */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
    const { url, dataDir, prefix = '', known = [], acceptLoss, explain = () => undefined, onFatal, signal } = options;
    const limits = { ...usualTimeLimits, ...options.timeLimits };
    const { shown } = readClusterAddress(url);
    assertPrefix(prefix);
    assertNoEmbeddedLog(dataDir);
    const lock = lockDataDir(dataDir);
    const file = replicaFileOf(dataDir);
    let opened: EventStoreDbEventStore | undefined;
    const onBroken = (reason: StoreUnavailable): void => {
      if (opened === undefined) return;
      opened.#end(reason);
      onFatal?.(reason);
    };
    const cluster = new Cluster({ url, prefix, file, limits, shown, acceptLoss, explain, onBroken });
    try {
      await untilAborted(cluster.opened, signal);
      const loss = (await untilAborted(assertKnown({ file, shown, known, acceptLoss, cluster, absenceMs: limits.absenceMs, explain }), signal)) ?? cluster.loss;
      const pages = new PageReader(file, onBroken);
      const where = `${shown}, copied to ${resolve(dataDir)}`;
      opened = new EventStoreDbEventStore(where, file, limits.readMs, lock, cluster, pages, loss);
      return opened;
    } catch (error) {
      await cluster.close(closed());
      lock.release();
      throw error;
    }
  }

  /** As it is now. */
  get status(): EventStoreDbStatus {
    const feed = this.cluster.status;
    return {
      ...feed,
      lagMs: feed.caughtUp ? 0 : Date.now() - feed.since,
      unknownOutcomes: this.#unknownOutcomes,
    };
  }

  /** Resolves when the events are durable in the cluster and, mostly, in the copy of the log. */
  async append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable?: () => void): Promise<AppendResult> {
    this.#assertOpen();
    if (events.length === 0) throw new TypeError(`Nothing to append to ${stream}: an append has at least one event.`);
    const append = this.cluster.append(stream, expected, events, onDurable);
    this.#underWay.add(append);
    try {
      const result = await append;
      if (result.appended) this.#told = Math.max(this.#told, result.positions.at(-1) ?? 0);
      return result;
    } catch (error) {
      if (error instanceof OutcomeUnknown) this.#unknownOutcomes += 1;
      throw error;
    } finally {
      this.#underWay.delete(append);
    }
  }

  async readStream(stream: string, range: StreamRange): Promise<readonly StoredEvent[]> {
    this.#assertOpen();
    return this.cluster.readStream(stream, range);
  }

  async readAll(range: LogRange): Promise<readonly StoredEvent[]> {
    this.#assertOpen();
    await this.#copied(this.#told);
    return this.#readCopy(range);
  }

  follow(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    const copy = {
      readAll: (range: LogRange) => this.#readCopy(range),
      grown: (position: Position, until: AbortSignal) => this.cluster.growth.grown(position, until),
    };
    return followLog(copy, after, signal);
  }

  /** Asks the cluster. What is read of this instance afterwards includes the event at this position. */
  async head(): Promise<Position> {
    this.#assertOpen();
    const head = await this.cluster.head();
    this.#told = Math.max(this.#told, head);
    return head;
  }

  async countAfter(position: Position, max: number): Promise<number> {
    this.#assertOpen();
    return position >= this.cluster.growth.head ? 0 : this.pages.countAfter(position, max);
  }

  followerPort(): MessagePort {
    return this.#ports.open();
  }

  /** Waits for appends under way, ends followers, calls and threads, gives the data directory back. In bounded time. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const reason = closed();
    const underWay = [...this.#underWay];
    this.#ended = reason;
    await Promise.allSettled(underWay);
    this.#end(reason);
    this.#ports.close();
    await Promise.all([this.cluster.close(reason), this.pages.close()]);
    this.lock.release();
  }

  #end(reason: StoreUnavailable): void {
    this.#ended ??= reason;
    this.cluster.growth.end(reason);
    this.pages.end(reason);
  }

  /** @throws StoreUnavailable if the copy does not get as far as `position` in time */
  async #copied(position: Position): Promise<void> {
    if (this.cluster.growth.head >= position) return;
    const limit = AbortSignal.timeout(this.readMs);
    await this.cluster.growth.grown(position - 1, limit);
    if (this.cluster.growth.head >= position) return;
    throw new StoreUnavailable('The copy of the log is behind what this instance has told already. It catches up by itself.');
  }

  async #readCopy(range: LogRange): Promise<readonly StoredEvent[]> {
    this.cluster.growth.assertOngoing();
    // At the head, where followers mostly are, there is nothing to ask the other thread for.
    return range.after >= this.cluster.growth.head ? [] : this.pages.read({ all: range });
  }

  #assertOpen(): void {
    if (this.#ended) throw this.#ended;
  }
}

interface KnownToBeThere {
  readonly file: string;
  readonly shown: string;
  readonly known: readonly KnownEvent[];
  readonly acceptLoss: Position | undefined;
  readonly cluster: Cluster;
  readonly absenceMs: number;
  readonly explain: (message: string) => void;
}

/**
 * A leader that was just elected may lack its newest events for a moment: what is missing behind the end of the log is
 * waited for.
 * @returns what is missing, where that is accepted
 * @throws LogUnreadable if the log lacks one of these events
 */
async function assertKnown({ file, shown, known, acceptLoss, cluster, absenceMs, explain }: KnownToBeThere): Promise<AcceptedLoss | undefined> {
  const newest = Math.max(0, ...known.map(({ position }) => position));
  try {
    return assertHasAnywhere(file, shown, known, acceptLoss);
  } catch (error) {
    if (!(error instanceof LogUnreadable) || cluster.growth.head >= newest) throw error;
    explain(`EventStoreDB at ${shown} lacks an event that this instance has seen. Its leader may be behind: it is waited for, ${absenceMs / 1000} s at most.`);
    await cluster.growth.grown(newest - 1, AbortSignal.timeout(absenceMs));
    return assertHasAnywhere(file, shown, known, acceptLoss);
  }
}

function assertPrefix(prefix: string): void {
  if (!prefix.startsWith('$')) return;
  const problem = `the prefix of streams may not begin with $, as ${JSON.stringify(prefix)} does`;
  throw new EventStoreMisconfigured(`In EventStoreDB such names belong to the server: ${problem}.`);
}

function assertNoEmbeddedLog(dataDir: string): void {
  const file = logFileOf(dataDir);
  if (!existsSync(file)) return;
  const problem =
    'this data directory holds the log of an embedded event store, which LEDGER_EVENTSTORE_URL does not replace. Name another ' +
    'data directory, or unset LEDGER_EVENTSTORE_URL to work on this one; `quota copy` brings its log into the cluster.';
  throw new LogUnreadable(dirname(file), problem);
}

function closed(): StoreUnavailable {
  return new StoreUnavailable('The event store is closed.', 'store-closed');
}

import { closeSync, existsSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { type MessagePort } from 'node:worker_threads';
import { StoreUnavailable, type AppendResult, type LocalLogStore, type LogRange, type StreamRange } from '../event-store.js';
import type { NewEvent, Position, Revision, StoredEvent } from '../../events/stored-event.js';
import { followLog } from '../follow-log.js';
import { HeadSignal } from '../head-signal.js';
import { lockDataDir, type DataDirLock } from '../log-file/data-dir-lock.js';
import { FollowerPorts } from '../log-file/follower-ports.js';
import { assertOwnWal } from '../log-file/file-by-itself.js';
import { knownByHead, readHead } from '../log-file/head-file.js';
import { assertNothingKnown, type AcceptedLoss, type KnownEvent } from '../log-file/known-event.js';
import { checkLogHeader, createLogFile, logFileOf } from '../log-file/log-file.js';
import { PageReader } from '../log-file/page-reader.js';
import { GroupCommit } from './group-commit.js';

const waitingBytesMaxDefault = 64 * 2 ** 20;

export interface EmbeddedStoreOptions {
  /** Created if it is missing. One process at a time. */
  readonly dataDir: string;
  /** Bytes of appends that may wait for the disk before further ones are turned away; left out: 64 MiB. */
  readonly waitingBytesMax?: number;
  /** Bytes the log may take; left out: what the disk has. */
  readonly logBytesMax?: number;
  /** Events that something else in the data directory knows: the log must have them, as it must have those that its head tells. */
  readonly known?: readonly KnownEvent[];
  /** The log may lack everything from this position on, if this is the first that it lacks: an operator goes on without. */
  readonly acceptLoss?: Position | undefined;
  /** The disk failed: from now on everything rejects, and only a new process can help. Called once. */
  readonly onFatal?: (reason: StoreUnavailable) => void;
}

/** The log in one SQLite file on this machine: written by one thread, read by another. */
export class EmbeddedEventStore implements LocalLogStore {
  readonly isShared = false;
  readonly appendBytesMax = Infinity;
  readonly #ports: FollowerPorts;
  #closing: Promise<void> | undefined;

  private constructor(
    readonly where: string,
    readonly logFile: string,
    private readonly lock: DataDirLock,
    private readonly descriptor: number,
    private readonly groupCommit: GroupCommit,
    private readonly pages: PageReader,
    private readonly growth: HeadSignal,
    readonly loss: AcceptedLoss | undefined,
  ) {
    this.#ports = new FollowerPorts(growth);
  }

  /**
   * @throws DataDirLocked if another process works on the data directory
   * @throws LogUnreadable if there is something that is no whole log of this format, or the log lacks what is known of it;
   * it is left as it is
   */
  static async open(options: EmbeddedStoreOptions): Promise<EmbeddedEventStore> {
    const { dataDir, waitingBytesMax = waitingBytesMaxDefault, logBytesMax, known = [], acceptLoss, onFatal } = options;
    const file = logFileOf(dataDir);
    const lock = lockDataDir(dataDir);
    const growth = new HeadSignal(0);
    let pages: PageReader | undefined;
    let descriptor: number | undefined;
    let failed = false;
    const fail = (reason: StoreUnavailable): void => {
      if (failed) return;
      failed = true;
      growth.end(reason);
      pages?.end(reason);
      onFatal?.(reason);
    };
    try {
      const head = readHead(file);
      const allKnown = [...knownByHead(file, head), ...known];
      if (!existsSync(file)) assertNothingKnown(file, allKnown, acceptLoss);
      createLogFile(file);
      checkLogHeader(file);
      descriptor = openSync(file, 'r+');
      assertOwnWal(file, descriptor, head);
      pages = new PageReader(file, fail);
      const onCommit = (head: Position): void => growth.advance(head);
      const log = { file, descriptor, head, known: allKnown, logBytesMax, acceptLoss };
      const opened = await GroupCommit.open({ ...log, waitingBytesMax, onCommit, onFatal: fail });
      growth.advance(opened.head);
      return new EmbeddedEventStore(resolve(dataDir), file, lock, descriptor, opened.groupCommit, pages, growth, opened.loss);
    } catch (error) {
      await pages?.close();
      if (descriptor !== undefined) closeSync(descriptor);
      lock.release();
      throw error;
    }
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<AppendResult> {
    if (events.length === 0) throw new TypeError(`Nothing to append to ${stream}: an append has at least one event.`);
    return this.groupCommit.append(stream, expected, events);
  }

  readStream(stream: string, range: StreamRange): Promise<readonly StoredEvent[]> {
    return this.pages.read({ stream, range });
  }

  async readAll(range: LogRange): Promise<readonly StoredEvent[]> {
    this.growth.assertOngoing();
    // At the head, where followers mostly are, there is nothing to ask the other thread for.
    return range.after >= this.growth.head ? [] : this.pages.read({ all: range });
  }

  follow(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    const log = {
      readAll: (range: LogRange) => this.readAll(range),
      grown: (position: Position, until: AbortSignal) => this.growth.grown(position, until),
    };
    return followLog(log, after, signal);
  }

  async head(): Promise<Position> {
    this.growth.assertOngoing();
    return this.growth.head;
  }

  async countAfter(position: Position, max: number): Promise<number> {
    this.growth.assertOngoing();
    return Math.min(max, Math.max(0, this.growth.head - position));
  }

  followerPort(): MessagePort {
    return this.#ports.open();
  }

  /** Writes what was accepted, ends followers and threads, gives the data directory back. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const closed = new StoreUnavailable('The event store is closed.', 'store-closed');
    await this.groupCommit.close(closed);
    this.growth.end(closed);
    this.pages.end(closed);
    this.#ports.close();
    await this.pages.close();
    // Not before: with it go the locks that SQLite has on the file in this process.
    closeSync(this.descriptor);
    this.lock.release();
  }
}

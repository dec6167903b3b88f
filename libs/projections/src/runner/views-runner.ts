import { setImmediate as nextTurn } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import type { Position, StoredEvent } from '#ledger';
import { isAsWritten } from '../file/page-sums.js';
import { ViewsFile, type Applied } from '../file/views-file.js';
import { BatchSize } from './batch-size.js';
import type { LogReading } from './log-reading.js';
import { Nap } from './nap.js';
import type { Opened, Question, RunnerMessage } from './runner-message.js';
import { ViewsDirectory } from './views-directory.js';

const batchTargetMs = 30;
const retryMs = 1_000;
/** Between two batches at the head of the log: many small ones would cost both threads more than they are worth. */
const gatherMs = 100;

export interface RunnerOptions {
  readonly log: LogReading;
  /** Folder of the views files; undefined: in memory. */
  readonly directory: string | undefined;
  readonly tell: (message: RunnerMessage) => void;
  /** Told to people: why views are built anew. */
  readonly explain: (reason: string) => void;
}

/** A rebuild on its way. */
interface Rebuilding {
  readonly file: ViewsFile;
  /** It was written without care for a power cut until it first reached the live file. */
  isHard: boolean;
  readonly done: () => void;
  readonly failed: (reason: unknown) => void;
}

/**
 * Keeps the views at the head of the log and answers questions about them. One turn applies one batch to the live file
 * or to the one that is built beside it; questions are answered between turns.
 */
export class ViewsRunner {
  readonly #log: LogReading;
  readonly #directory: ViewsDirectory;
  readonly #tell: (message: RunnerMessage) => void;
  readonly #explain: (reason: string) => void;
  readonly #size = new BatchSize(batchTargetMs);
  readonly #nap = new Nap();
  #live: ViewsFile;
  /** The live file is damaged: it stays as it is until the one beside it has caught up. */
  #isBroken = false;
  #rebuilding: Rebuilding | undefined;
  #replaced: ViewsFile | undefined;
  #isReleased = false;
  #answering = 0;
  #isWatching = false;
  /** The last batch took all that the log had. */
  #isAtHead = false;
  /** What the log had when the views began to follow it. Others may write to it without a pause. */
  #headAtStart: Position | undefined;
  #hasCaughtUp = false;
  #isStopped = false;
  #running: Promise<void> = Promise.resolve();

  /** Opens the live file, or a new one if there is none that fits the log. */
  constructor({ log, directory, tell, explain }: RunnerOptions) {
    this.#log = log;
    this.#tell = tell;
    this.#explain = explain;
    this.#directory = new ViewsDirectory(directory);
    this.#live = this.#openLive() ?? this.#create();
    this.#directory.removeAllBut(this.#live.path);
  }

  get live(): ViewsFile {
    return this.#live;
  }

  /** The live file and what is in it: what is told first. */
  get opened(): Opened {
    const { path, position, recordedAt, whole } = this.#live;
    return { type: 'opened', path, position, recordedAt, whole };
  }

  /** Begins to follow the log. */
  start(): void {
    this.#running = this.#run();
  }

  /** Somebody waits for what the log has: does not gather any longer. */
  hurry(): void {
    this.#nap.wake();
  }

  /** Whoever read the file that a rebuild has replaced reads the new one now. */
  release(): void {
    this.#isReleased = true;
    this.#closeReplaced();
  }

  async answer({ name, query }: Question): Promise<unknown> {
    this.#answering += 1;
    try {
      if (name === 'rebuild') return await this.rebuild();
      return await this.#live.ask(name, query as never);
    } finally {
      this.#answering -= 1;
      this.#closeReplaced();
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#nap.wake();
    this.#log.close();
    await this.#running;
    this.#rebuilding?.failed(new Error('The views were closed during the rebuild.'));
    for (const file of [this.#rebuilding?.file, this.#replaced, this.#live]) file?.close();
  }

  rebuild(): Promise<void> {
    if (this.#rebuilding) return Promise.reject(new Error('The views are being rebuilt already.'));
    return new Promise((done, failed) => {
      this.#rebuilding = { file: this.#open(this.#directory.unused(), true), isHard: false, done, failed };
      this.#nap.wake();
    });
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        if (!this.#turn()) {
          this.#watch();
          await this.#nap.sleep();
        } else if (this.#isAtHead && !this.#rebuilding) {
          await this.#nap.sleep(gatherMs);
        } else {
          await nextTurn();
        }
      } catch (error) {
        if (!this.#recover(error)) return;
        await this.#nap.sleep(retryMs);
      }
    }
  }

  /** Ends the next nap when the log grows. */
  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const ended = (): void => {
      this.#isWatching = false;
      this.#nap.wake();
    };
    this.#log.grown(this.#live.position).then(ended, (error: unknown) => {
      if (!this.#isStopped) this.#tell({ type: 'failed', reason: messageOf(error), isFinal: true });
    });
  }

  /** One batch for each file. Returns whether there was something to do. */
  #turn(): boolean {
    this.#headAtStart ??= this.#log.head();
    const hasApplied = !this.#isBroken && this.#applyToLive();
    if (!this.#hasCaughtUp && !this.#isBroken && this.#isAtHead && this.#live.position >= this.#headAtStart) {
      this.#hasCaughtUp = true;
      this.#tell({ type: 'caught-up' });
    }
    const isBroken = this.#isBroken;
    const hasRebuilt = this.#rebuilding !== undefined && this.#rebuildFurther(this.#rebuilding, isBroken);
    return (!isBroken && this.#live.tidy()) || hasRebuilt || hasApplied;
  }

  #applyToLive(): boolean {
    const events = this.#log.after(this.#live.position, this.#size.value);
    this.#isAtHead = events.length < this.#size.value;
    const batch = this.#apply(this.#live, events);
    if (batch) this.#tell({ type: 'applied', batch });
    return batch !== undefined;
  }

  #apply(file: ViewsFile, events: readonly StoredEvent[]): Applied | undefined {
    const start = performance.now();
    const batch = file.apply(events);
    this.#size.took(events.length, performance.now() - start);
    return batch;
  }

  /** Never past the live file, so that nothing is live that was not announced. */
  #rebuildFurther(rebuilding: Rebuilding, isAlone: boolean): boolean {
    const { file } = rebuilding;
    const last = isAlone ? Infinity : this.#live.position;
    const events = this.#log.after(file.position, this.#size.value).filter(({ position }) => position <= last);
    this.#apply(file, events);
    file.tidy();
    if (isAlone ? events.length > 0 : file.position < last) return true;
    if (rebuilding.isHard) this.#switchTo(rebuilding);
    else {
      file.harden();
      rebuilding.isHard = true;
    }
    return true;
  }

  #switchTo({ file, done }: Rebuilding): void {
    this.#directory.makeLive(file.path);
    this.#replaced?.close();
    this.#replaced = this.#live;
    this.#isReleased = false;
    this.#live = file;
    this.#rebuilding = undefined;
    this.#isBroken = false;
    this.#tell(this.opened);
    done();
  }

  #closeReplaced(): void {
    if (!this.#isReleased || this.#answering > 0 || !this.#replaced) return;
    this.#replaced.close();
    this.#replaced = undefined;
    this.#directory.removeAllBut(this.#live.path, this.#rebuilding?.file.path);
  }

  /** Returns whether it is worth going on. */
  #recover(error: unknown): boolean {
    const reason = messageOf(error);
    if (isDamage(error) && !this.#isBroken) {
      this.#explain(`The views file ${this.#live.path} is damaged (${reason}). It is built anew from the log.`);
      this.#isBroken = true;
      this.rebuild().catch(() => undefined);
      return true;
    }
    const isFinal = !isPassing(error);
    this.#rebuilding?.failed(error);
    this.#rebuilding?.file.close();
    this.#rebuilding = undefined;
    this.#tell({ type: 'failed', reason, isFinal });
    return !isFinal;
  }

  /** The live file, if it can be read and stands on this log; says why if not. */
  #openLive(): ViewsFile | undefined {
    const path = this.#directory.live();
    if (path === undefined) return undefined;
    const anew = (why: string): undefined =>
      void this.#explain(`The views file ${path} ${why}. It is built anew from the log.`);
    if (!isAsWritten(path)) return anew('is damaged: it is not what was written');
    let file: ViewsFile;
    try {
      file = this.#open(path);
    } catch (error) {
      return anew(`cannot be used: ${messageOf(error)}`);
    }
    const { position, eventId } = file;
    if (position === 0 || this.#log.at(position)?.id === eventId) return file;
    file.close();
    return anew(
      `stands at position ${position} of another log than the one at hand, which was perhaps restored from a backup`,
    );
  }

  #create(): ViewsFile {
    const path = this.#directory.unused();
    try {
      const file = this.#open(path);
      this.#directory.makeLive(path);
      return file;
    } catch (error) {
      throw new Error(
        `${path}: the views cannot be created (${messageOf(error)}). Check the rights and the free space.`,
        { cause: error },
      );
    }
  }

  #open(path: string, fast = false): ViewsFile {
    return new ViewsFile({ path, fast, readEvent: (position) => this.#log.at(position) });
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof SqliteDatabase.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

/** A full disk, a lock: things that can get better without a restart. */
function isPassing(error: unknown): boolean {
  return error instanceof SqliteDatabase.SqliteError && /^SQLITE_(FULL|IOERR|BUSY|CANTOPEN)/.test(error.code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

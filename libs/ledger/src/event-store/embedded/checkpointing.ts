import { fdatasyncSync, fsyncSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type HeadFile } from '../log-file/head-file.js';
import { fileByItself } from '../log-file/file-by-itself.js';
import { type CheckpointThreadData } from './checkpoint-thread.js';
import { type LogWriter } from './log-writer.js';

// In pages of 16 KiB.
/** So much is moved from the WAL into the file at a time. */
export const pagesPerRun = 512;
/** From here on the WAL is to be started again from its beginning, for which all of it must have been moved. */
export const walPagesGoal = 2048;
/** Then, with so little left to move, the writer moves it itself ... */
export const remainderPagesMax = 64;
/** ... or after so many attempts to get there, for each leaves what was committed meanwhile. */
const runsMax = 2;
/** From here on the writer stops to move everything: the bound of the WAL. */
export const walPagesMax = 8192;

/** Takes orders to move what the WAL holds, and tells when that is done. */
export type CheckpointThread = Pick<Worker, 'on' | 'postMessage' | 'terminate'>;

export function startCheckpointThread(workerData: CheckpointThreadData): CheckpointThread {
  return new Worker(new URL('./checkpoint-thread.js', import.meta.url), { workerData });
}

/**
 * Keeps the WAL short without holding up commits: the bulk is moved into the file by another thread, in parallel with
 * commits; the writer only moves the last few pages, between two transactions. (Moving all of it in the writer held
 * commits up for 30 ms for every 20,000 events.) The head file tells, around each, what the file holds by itself.
 */
export class Checkpointing {
  #running = false;
  #runsBeyondGoal = 0;

  /**
   * @param descriptor of the log's file
   * @param thread see `startCheckpointThread`
   */
  constructor(
    private readonly writer: Pick<LogWriter, 'walPages' | 'checkpoint'>,
    private readonly head: Pick<HeadFile, 'setFile' | 'descriptor'>,
    private readonly descriptor: number,
    private readonly thread: CheckpointThread,
  ) {
    thread.on('message', () => {
      this.#running = false;
      this.#tellFile();
    });
  }

  /** Call after a commit has been answered. */
  afterCommit(): void {
    const { log, checkpointed } = this.writer.walPages();
    const remainder = log - checkpointed;
    if (log < walPagesGoal) {
      this.#runsBeyondGoal = 0;
      if (remainder >= pagesPerRun) this.#run();
    } else if (log >= walPagesMax) {
      this.now();
    } else if (!this.#running) {
      if (remainder <= remainderPagesMax || this.#runsBeyondGoal >= runsMax) {
        this.#runsBeyondGoal = 0;
        if (remainder > 0) this.now();
      } else {
        this.#runsBeyondGoal += 1;
        this.#run();
      }
    }
  }

  /** Moves what can be moved in this thread. */
  now(): void {
    this.head.setFile(null);
    fdatasyncSync(this.head.descriptor);
    this.writer.checkpoint();
    fsyncSync(this.descriptor);
    this.#tellFile();
  }

  #tellFile(): void {
    if (!this.#running) this.head.setFile(fileByItself(this.descriptor) ?? null);
  }

  #run(): void {
    if (this.#running) return;
    this.#running = true;
    this.head.setFile(null);
    this.thread.postMessage('run');
  }

  async end(): Promise<void> {
    await this.thread.terminate();
  }
}

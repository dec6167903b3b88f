import { EventEmitter } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileByItself } from '../log-file/known-file.js';
import { createLogFile } from '../log-file/log-file.js';
import { Checkpointing, pagesPerRun, remainderPagesMax, walPagesGoal, walPagesMax, type CheckpointThread } from './checkpointing.js';

/** A thread that moves pages when the test wants it to. */
class PatientThread extends EventEmitter {
  runs = 0;

  postMessage(): void {
    this.runs += 1;
  }

  terminate(): Promise<number> {
    return Promise.resolve(0);
  }
}

let folder: string;
let descriptor: number;
let thread: PatientThread;
let checkpointing: Checkpointing;
/** Of the WAL, and of it in the file. */
let pages: { log: number; checkpointed: number };
/** How often the writer moved pages itself. */
let own: number;
let told: (FileByItself | null)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quota-ledger-checkpointing-'));
  const file = join(folder, 'ledger.sqlite');
  createLogFile(file);
  descriptor = openSync(file, 'r+');
  thread = new PatientThread();
  pages = { log: 0, checkpointed: 0 };
  own = 0;
  told = [];
  const writer = { walPages: () => pages, checkpoint: () => void (own += 1) };
  const head = { descriptor, setFile: (state: FileByItself | null) => void told.push(state) };
  checkpointing = new Checkpointing(writer, head, descriptor, thread as unknown as CheckpointThread);
});
afterEach(() => {
  closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

function commit(log: number, checkpointed = 0): void {
  pages = { log, checkpointed };
  checkpointing.afterCommit();
}

describe('what was committed is moved from the WAL into the file', () => {
  it('by the thread, a run at a time, as soon as there is enough for one', () => {
    commit(pagesPerRun - 1);
    expect(thread.runs).toBe(0);
    commit(pagesPerRun);
    commit(pagesPerRun + 100);
    expect(thread.runs).toBe(1);
    thread.emit('message', 'done');
    commit(pagesPerRun + 200, pagesPerRun);
    expect(thread.runs).toBe(1);
    commit(2 * pagesPerRun, pagesPerRun);
    expect([thread.runs, own]).toEqual([2, 0]);
  });

  it('by the writer beyond the goal, as soon as there is little left to move', () => {
    commit(walPagesGoal, walPagesGoal - remainderPagesMax - 1);
    expect([thread.runs, own]).toEqual([1, 0]);
    thread.emit('message', 'done');
    commit(walPagesGoal, walPagesGoal - remainderPagesMax);
    expect([thread.runs, own]).toEqual([1, 1]);
  });

  it('by the writer beyond the goal, when the thread tried twice and commits were faster', () => {
    for (let turn = 0; turn < 2; turn += 1) {
      commit(walPagesGoal + turn * 1000);
      expect([thread.runs, own]).toEqual([turn + 1, 0]);
      thread.emit('message', 'done');
    }
    commit(walPagesGoal + 2000);
    expect([thread.runs, own]).toEqual([2, 1]);
  });

  it('by the writer at every commit past the bound, whatever the thread does', () => {
    commit(walPagesGoal);
    expect([thread.runs, own]).toEqual([1, 0]);
    for (let commits = 1; commits <= 3; commits += 1) {
      commit(walPagesMax);
      expect([thread.runs, own]).toEqual([1, commits]);
    }
  });

  it('and the head is told before, and after with what the file holds', () => {
    commit(pagesPerRun);
    expect(told).toEqual([null]);
    thread.emit('message', 'done');
    expect(told).toEqual([null, expect.objectContaining({ position: 0 })]);
    checkpointing.now();
    expect(told.slice(2)).toEqual([null, expect.objectContaining({ position: 0 })]);
  });

  it('and the head is not told what the file holds while the thread still moves', () => {
    commit(walPagesGoal);
    commit(walPagesMax);
    expect(told.at(-1)).toBeNull();
    thread.emit('message', 'done');
    expect(told.at(-1)).toMatchObject({ position: 0 });
  });
});

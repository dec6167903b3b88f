import { jest } from '@jest/globals';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadFile, headFileOf, identityOf, readHead, type NewestEvent } from './head-file.js';

let folder: string;
let log: string;
const ids = ['3f0c4f0e-6f0a-5d7e-9d53-2f7d3b1f6c11', '6ba7b811-9dad-11d1-80b4-00c04fd430c8'] as const;
const newest = (position: number): NewestEvent => ({ position, id: ids[position % 2] as string, digest: 'd'.repeat(43) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quota-ledger-head-'));
  log = join(folder, 'ledger.sqlite');
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

describe('the head file', () => {
  it('is there as soon as it is told, and outlives the process', () => {
    expect(readHead(log)).toBeUndefined();
    const head = new HeadFile(log, { newest: newest(1), file: null });
    head.advance(newest(2));
    expect(readHead(log)).toEqual({ newest: newest(2), file: null, self: identityOf(headFileOf(log)) });
    const file = { position: 2, id: ids[0], modifiedNs: '1' };
    head.setFile(file);
    head.advance(newest(3));
    head.close();
    expect(readHead(log)).toMatchObject({ newest: newest(3), file });
  });

  it('has one size, whatever is in it: it is overwritten in place', () => {
    const head = new HeadFile(log, { newest: newest(1), file: null });
    const { size } = statSync(headFileOf(log));
    const largest = Number.MAX_SAFE_INTEGER;
    head.setFile({ position: largest, id: ids[1], modifiedNs: '9'.repeat(20) });
    head.advance({ ...newest(1), position: largest });
    head.close();
    expect(statSync(headFileOf(log)).size).toBe(size);
    expect(readHead(log)?.newest.position).toBe(largest);
  });

  it('is made durable once a second while it changes, and when it is closed', () => {
    jest.useFakeTimers();
    let syncs = 0;
    const head = new HeadFile(log, { newest: newest(1), file: null }, () => (syncs += 1));
    for (let position = 2; position <= 1_000; position += 1) head.advance(newest(position));
    expect(syncs).toBe(0);
    jest.advanceTimersByTime(1_000);
    expect(syncs).toBe(1);
    jest.advanceTimersByTime(10_000);
    expect(syncs).toBe(1);
    head.advance(newest(1_001));
    head.advance(newest(1_002));
    jest.advanceTimersByTime(1_000);
    expect(syncs).toBe(2);
    head.advance(newest(1_003));
    head.close();
    jest.advanceTimersByTime(10_000);
    expect(syncs).toBe(2);
  });

  it('is refused by name with any bit flipped, and wherever it is cut', () => {
    new HeadFile(log, { newest: newest(1), file: null }).close();
    const path = headFileOf(log);
    const whole = readFileSync(path);
    const written = whole.toString().trimEnd().length;
    for (let at = 0; at < written; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
      writeFileSync(path, flipped);
      expect(() => readHead(log)).toThrow(/ledger\.head: the head of the log is damaged.+delete this file/);
      writeFileSync(path, whole.subarray(0, at));
      expect(() => readHead(log)).toThrow('ledger.head: the head of the log is damaged');
    }
  });

  it('is another one as a copy', () => {
    new HeadFile(log, { newest: newest(1), file: null }).close();
    copyFileSync(headFileOf(log), join(folder, 'copy.head'));
    expect(identityOf(join(folder, 'copy.head'))).not.toBe(identityOf(headFileOf(log)));
  });
});

import type { EventStore, LogRange, StoredEvent } from '#ledger';
import { readLog } from './read-log.js';
import { ReadingTurns } from '../http/reading-turns.js';

/** A log of so many events that notes what was read of it. */
class WatchedLog {
  readonly pages: number[] = [];

  constructor(private readonly length: number) {}

  async readAll({ after, limit }: LogRange): Promise<readonly StoredEvent[]> {
    const count = Math.max(0, Math.min(limit, this.length - after));
    this.pages.push(count);
    return Array.from({ length: count }, (_, index) => ({ position: after + index + 1, type: 'QuotaReserved' }) as StoredEvent);
  }
}

describe('reading the log', () => {
  it('by ten at once works on a hundred events in a turn of the event loop, and takes turns', async () => {
    const log = new WatchedLog(2_000);
    const reading = { store: log as unknown as EventStore, turns: new ReadingTurns() };
    const read = Array.from({ length: 10 }, () => 0);
    let most = 0;
    let sum = 0;
    let isOver = false;
    const look = (): void => {
      const now = read.reduce((all, each) => all + each, 0);
      most = Math.max(most, now - sum);
      sum = now;
      expect(Math.max(...read) - Math.min(...read)).toBeLessThanOrEqual(100);
      if (!isOver) setImmediate(look);
    };
    setImmediate(look);
    await Promise.all(
      read.map(async (_, reader) => {
        for await (const event of readLog(reading, { after: 0, until: 2_000, stream: undefined })) read[reader] = event.position;
      }),
    );
    isOver = true;
    expect(read).toEqual(Array.from({ length: 10 }, () => 2_000));
    expect(most).toBeLessThanOrEqual(200);
  });

  it('ends when its reader has left', async () => {
    const log = new WatchedLog(1_000_000);
    let events = 0;
    const reading = { store: log as unknown as EventStore, turns: new ReadingTurns(), isOver: () => events >= 250 };
    for await (const event of readLog(reading, { after: 0, until: 1_000_000, stream: undefined })) events = event.position;
    expect(log.pages).toEqual([100, 100, 100]);
  });
});

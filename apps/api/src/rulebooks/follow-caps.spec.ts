import { jest } from '@jest/globals';
import type { Ledger } from '#ledger';
import { followCaps } from './follow-caps.js';

const change = 90_000;
const rulebook = { nextCapChange: (after: number) => (after < change ? change : undefined) } as Ledger['rulebook'];

describe('followCaps', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 0 }));
  afterEach(() => void jest.useRealTimers());

  it('goes on until the lines have followed a change, and then rests', async () => {
    const outcomes = [() => Promise.reject(new Error('no store')), () => Promise.reject(new Error('no store')), () => Promise.resolve()];
    let asked = 0;
    const reconcileLines = (): Promise<void> => (outcomes[asked++] as () => Promise<void>)();
    const said: string[] = [];
    const caps = followCaps({ rulebook, reconcileLines }, { lines: new Map() }, () => Date.now(), (message) => said.push(message));
    caps.start?.();
    const askedByMinute: number[] = [];
    for (let minute = 0; minute < 6; minute += 1) {
      await jest.advanceTimersByTimeAsync(60_000);
      askedByMinute.push(asked);
    }
    await caps.close();
    expect(jest.getTimerCount()).toBe(0);
    expect(askedByMinute).toEqual([0, 1, 2, 3, 3, 3]);
    expect(said).toEqual(Array(2).fill('Caps are not up to date: Error: no store'));
  });
});

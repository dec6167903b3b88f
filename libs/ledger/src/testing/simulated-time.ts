import { jest } from '@jest/globals';
import { settle } from './memory-ledger.js';

const stepMs = 50;

/** For specs: timers ring when time is let pass, so that no busy machine is taken for a store that does not answer. */
export function simulateTime(): void {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'Date'] }));
  afterEach(() => void jest.useRealTimers());
}

/** What this comes to, with time passing only while all that can go on has gone on. */
export async function passTime<Outcome>(outcome: Promise<Outcome>): Promise<Outcome> {
  let isOver = false;
  const over = (): void => void (isOver = true);
  outcome.then(over, over);
  for (await settle(); !isOver; await settle()) jest.advanceTimersByTime(stepMs);
  return outcome;
}

/** Lets time pass until it holds. */
export async function passTimeUntil(holds: () => Promise<boolean>): Promise<void> {
  while (!(await passTime(holds()))) jest.advanceTimersByTime(stepMs);
}

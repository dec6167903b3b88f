import type { Agenda } from '../agenda.js';
import type { Desk } from '../desk.js';
import type { Random } from '../random.js';

/** What everything that happens in the demo works with. */
export interface Stage {
  readonly desk: Desk;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly now: () => number;
  /** When the history begins and ends: milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
}

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const monthMs = 30 * dayMs;

/**
 * Does it again and again, for the first time after `fromMs`.
 * @param meanMs from one time to the next, on average
 */
export function again({ agenda, random }: Stage, fromMs: number, meanMs: number, act: () => Promise<void>): void {
  const enter = (afterMs: number): void => {
    const atMs = Math.round(afterMs + random.wait(meanMs));
    agenda.at(atMs, async () => {
      await act();
      enter(atMs);
    });
  };
  enter(fromMs);
}

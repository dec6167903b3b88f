import type { Act, Agenda } from '../agenda.js';
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

/** In the history every request is a commit; afterwards there is time for more of them. */
const livelier = 4;

/**
 * Does it again and again, for the first time after `fromMs`.
 * @param meanMs from one time to the next in the history, on average
 */
export function again({ agenda, random, endMs }: Stage, lane: string, fromMs: number, meanMs: number, act: Act): void {
  const enter = (afterMs: number): void => {
    const evenMs = afterMs + random.wait(meanMs);
    const livelyMs = Math.max(0, evenMs - Math.max(afterMs, endMs));
    const atMs = Math.round(evenMs - livelyMs + livelyMs / livelier);
    agenda.at(atMs, lane, async () => {
      const sequel = await act();
      return () => {
        sequel?.();
        enter(atMs);
      };
    });
  };
  enter(fromMs);
}

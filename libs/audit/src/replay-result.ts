import type { Difference } from './log-check.js';

export interface ReplayResult {
  /** Up to where the log was read. */
  readonly position: number;
  readonly events: number;
  readonly streams: number;
  readonly lines: number;
  readonly differences: readonly Difference[];
  /** Why there were no views to compare with; null if they were compared. */
  readonly notCompared: string | null;
}

/** Told the position that a replay has reached, now and then. */
export type OnPosition = (position: number) => void;

/** Events between two such reports. */
export const eventsPerReport = 1000;

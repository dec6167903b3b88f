import type { Recorded } from './recorded.js';

/**
 * In the stream `choice-<id of the command>`, on a log that several processes write to: the line that is to decide a
 * command next, by an append at this very revision. Whoever would have another line decide it writes the next one, and
 * may do so only where this attempt is known to have come to nothing. It answers nothing.
 */
export interface LineChosen extends Recorded {
  readonly type: 'LineChosen';
  readonly line: string;
  /** Of the line's last event, -1 for a line without history: the append goes behind it. */
  readonly lineRevision: number;
}

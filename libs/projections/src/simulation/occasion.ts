import type { LineEvent, Movement, ScannedEvent } from '#ledger';
import type { CompiledRulebook } from '#rulebook';

/** An event of a line at its place in the log, with what it did to the recorded amounts. */
export interface Occasion<Event extends LineEvent = LineEvent> {
  readonly event: Event;
  readonly line: string;
  readonly stored: ScannedEvent;
  /** `recordedAt` in milliseconds. */
  readonly nowMs: number;
  readonly change: Movement;
  /** The rulebook in force; undefined where the log does not have it. */
  readonly recordedUnder: CompiledRulebook | undefined;
}

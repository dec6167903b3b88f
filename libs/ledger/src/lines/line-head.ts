import type { MilliTpp } from '#rulebook';
import type { StoredEvent } from '../events/stored-event.js';
import { digestOf, emptyStream, type StreamEnd } from '../events/seal.js';
import { stateAfter, untouchedLine, type LineState } from '../line/line-state.js';
import { lineEventOf } from '../once/stored-line-event.js';

/** Where a line stands: of constant size, whatever its history. */
export interface LineHead {
  readonly end: StreamEnd;
  readonly state: LineState;
  /** Milliseconds; 0 before the first event. */
  readonly lastRecordedAt: number;
}

/** The line right after this event, which carries all of it. */
export function headAt(stored: StoredEvent): LineHead {
  const event = lineEventOf(stored);
  return {
    end: { revision: stored.revision, digest: digestOf(stored.json) },
    state: stateAfter(event),
    lastRecordedAt: Date.parse(event.recordedAt),
  };
}

/** The line before its first event, with the cap that the rulebook grants it. */
export function untouchedHead(cap: MilliTpp | null): LineHead {
  return { end: emptyStream, state: untouchedLine(cap), lastRecordedAt: 0 };
}

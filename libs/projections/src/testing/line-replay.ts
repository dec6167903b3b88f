import {
  decodeEvent,
  lineOfStream,
  rulebookStream,
  type LineEvent,
  type Position,
  type RulebookAdopted,
  type StoredEvent,
} from '#ledger';
import type { AlertThresholds } from '#rulebook';
import { foldLine, type LineFold, type LineView } from '../views/lines/lines.js';

/**
 * The line views folded from the bare log, without any store or saved view: what the live views are compared with.
 * Feed it the whole log in order, in pieces of any size.
 */
export class LineReplay {
  #position: Position = 0;
  #events = 0;
  #thresholds: AlertThresholds | undefined;
  readonly #folds = new Map<string, LineFold>();

  /** Position of the last event folded; 0 before the first. */
  get position(): Position {
    return this.#position;
  }

  get events(): number {
    return this.#events;
  }

  /** @throws UnknownEvent for an event that this build cannot read. */
  fold(batch: Iterable<StoredEvent>): void {
    for (const stored of batch) {
      const event = decodeEvent(stored.json);
      const line = lineOfStream(stored.stream);
      if (line !== undefined) {
        this.#folds.set(line, foldLine(this.#folds.get(line), line, stored, event as LineEvent, this.#thresholds).fold);
      } else if (stored.stream === rulebookStream) {
        this.#thresholds = (event as RulebookAdopted).document.alerts;
      }
      this.#position = stored.position;
      this.#events += 1;
    }
  }

  lines(): ReadonlyMap<string, LineView> {
    return new Map([...this.#folds].map(([line, { view }]) => [line, view]));
  }
}

/**
 * The line views right after the last of these events, which must be the log from its start.
 * @throws UnknownEvent for an event that this build cannot read.
 */
export function foldLines(log: Iterable<StoredEvent>): ReadonlyMap<string, LineView> {
  const replay = new LineReplay();
  replay.fold(log);
  return replay.lines();
}

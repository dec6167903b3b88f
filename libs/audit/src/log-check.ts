import { canonicalText } from './canonical-text.js';
import { hashOf, idOf } from './event-hash.js';
import { add, amountsBefore, amountsIn, type LineAmounts } from './line-amounts.js';
import type { LineEvent } from './line-event.js';
import { stateAfter, type LineState } from './line-state.js';
import type { LoggedEvent } from './logged-event.js';
import { lineOf, readEvent, thresholdsIn, type AnyEvent, type Thresholds } from './read-event.js';

/** Something that does not fit together, for people, with where it was found. */
export interface Difference {
  /** A country line or a stream. */
  readonly where: string;
  /** The member or amount in question. */
  readonly what: string;
  /** What follows from the log. */
  readonly expected: string;
  readonly found: string;
}

interface StreamEnd {
  readonly revision: number;
  readonly hash: string;
  readonly amounts: LineAmounts | undefined;
}

const nothing: StreamEnd = { revision: -1, hash: '', amounts: undefined };

/**
 * Checks the events of a log, one after another: positions grow, revisions are dense, each event names its predecessor's
 * hash and has the id of its content, and each line has the amounts that its events add up to. Keeps the state of each line.
 */
export class LogCheck {
  readonly differences: Difference[] = [];
  #events = 0;
  #position = 0;
  #thresholds: Thresholds | undefined;
  readonly #streams = new Map<string, StreamEnd>();
  readonly #lines = new Map<string, LineState>();

  get events(): number {
    return this.#events;
  }

  get streams(): number {
    return this.#streams.size;
  }

  /** Position of the last event; 0 before the first. */
  get position(): number {
    return this.#position;
  }

  /** By line, after the last event that could be read. */
  get lines(): ReadonlyMap<string, LineState> {
    return this.#lines;
  }

  check(logged: LoggedEvent): void {
    const { stream, revision, position, id, json } = logged;
    const event = readEvent(json);
    const hash = hashOf(json);
    const end = this.#streams.get(stream) ?? nothing;
    if (position <= this.#position) this.#differ(logged, 'position', `above ${this.#position}`, position);
    this.#differ(logged, 'revision', end.revision + 1, revision);
    if (event === undefined) this.#differ(logged, 'event', 'one that this build reads', json.slice(0, 80));
    else this.#differ(logged, 'prev (hash of the event before)', end.hash, event.prev);
    this.#differ(logged, 'id', idOf(stream, revision, hash), id);
    const amounts = event && this.#taken(logged, event, end.amounts);
    this.#streams.set(stream, { revision, hash, amounts });
    this.#position = position;
    this.#events += 1;
  }

  /** Bytes may be sealed correctly and still lack what an event of their type has: that is a difference like any other. */
  #taken(logged: LoggedEvent, event: AnyEvent, before: LineAmounts | undefined): LineAmounts | undefined {
    try {
      return this.#take(logged, event, before);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#differ(logged, 'members', `those of ${event.type}`, error.message);
      return before;
    }
  }

  /** @returns the amounts of the line that the event is about */
  #take(logged: LoggedEvent, event: AnyEvent, before: LineAmounts | undefined): LineAmounts | undefined {
    this.#thresholds = thresholdsIn(event) ?? this.#thresholds;
    const line = lineOf(logged.stream);
    if (line === undefined) return undefined;
    const lineEvent = event as LineEvent & AnyEvent;
    const expected = add(lineEvent, before ?? amountsBefore(lineEvent));
    const amounts = amountsIn(lineEvent);
    for (const name of Object.keys(expected) as (keyof LineAmounts)[]) {
      if (expected[name] === amounts[name]) continue;
      this.#differ(logged, name, amountText(name, expected[name]), amountText(name, amounts[name]));
    }
    this.#lines.set(line, stateAfter(this.#lines.get(line), line, logged, lineEvent, this.#thresholds));
    return amounts;
  }

  #differ({ stream, revision }: LoggedEvent, what: string, expected: string | number, found: string | number): void {
    if (expected === found) return;
    this.differences.push({ where: `${stream}@${revision}`, what, expected: String(expected), found: String(found) });
  }
}

function amountText(name: keyof LineAmounts, value: LineAmounts[keyof LineAmounts]): string {
  const isTpp = name === 'allocation' || name === 'exported' || name === 'reserved';
  if (isTpp && typeof value === 'number') return `${value / 1000} TPP`;
  return typeof value === 'object' && value !== null ? canonicalText(value) : String(value);
}

import { decodeEvent, digestOf, eventId, lineOfStream, UnknownEvent, type LedgerEvent, type LineEvent, type StoredEvent } from '#ledger';
import { canonicalJson } from '#rulebook';
import { add, amountsBefore, amountsIn, type LineAmounts } from './line-amounts.js';

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
  readonly digest: string;
  readonly amounts: LineAmounts | undefined;
}

/**
 * Checks that a log hangs together while it passes by: positions grow, revisions are dense, each event names its
 * predecessor's hash and has the id of its content, and each line comes to what its events add up to.
 */
export class LogCheck {
  readonly differences: Difference[] = [];
  #events = 0;
  #position = 0;
  readonly #streams = new Map<string, StreamEnd>();

  get events(): number {
    return this.#events;
  }

  get streams(): number {
    return this.#streams.size;
  }

  get position(): number {
    return this.#position;
  }

  /** @returns whether it can be read at all: an event that cannot be is a difference */
  check(stored: StoredEvent): boolean {
    const event = decoded(stored.json);
    const digest = digestOf(stored.json);
    const before = this.#streams.get(stored.stream) ?? { revision: -1, digest: '', amounts: undefined };
    const differ = (what: string, expected: string | number, found: string | number): void => {
      if (expected === found) return;
      const where = `${stored.stream}@${stored.revision}`;
      this.differences.push({ where, what, expected: String(expected), found: String(found) });
    };
    if (stored.position <= this.#position) differ('position', `above ${this.#position}`, stored.position);
    differ('revision', before.revision + 1, stored.revision);
    if (event !== undefined) differ('prev (hash of the event before)', before.digest, event.prev);
    differ('id', eventId(stored.stream, stored.revision, digest), stored.id);
    let amounts: LineAmounts | undefined;
    if (event === undefined) differ('event', 'one that this build reads', stored.json.slice(0, 80));
    else if (lineOfStream(stored.stream) !== undefined) {
      const lineEvent = event as LineEvent;
      const expected = add(lineEvent, before.amounts ?? amountsBefore(lineEvent));
      amounts = amountsIn(lineEvent);
      for (const name of Object.keys(expected) as (keyof LineAmounts)[]) {
        differ(name, amountText(name, expected[name]), amountText(name, amounts[name]));
      }
    }
    this.#streams.set(stored.stream, { revision: stored.revision, digest, amounts });
    this.#position = stored.position;
    this.#events += 1;
    return event !== undefined;
  }
}

function decoded(json: string): LedgerEvent | undefined {
  try {
    return decodeEvent(json);
  } catch (error) {
    if (error instanceof UnknownEvent) return undefined;
    throw error;
  }
}

function amountText(name: keyof LineAmounts, value: LineAmounts[keyof LineAmounts]): string {
  const isTpp = name === 'allocation' || name === 'exported' || name === 'reserved';
  if (isTpp && typeof value === 'number') return `${value / 1000} TPP`;
  // Whatever the order in which scopes and lines came.
  return typeof value === 'object' && value !== null ? canonicalJson(value) : String(value);
}

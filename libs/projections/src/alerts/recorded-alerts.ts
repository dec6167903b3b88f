import {
  assertFollows,
  alertsStreamOf,
  decodeEvent,
  digestOf,
  emptyStream,
  seal,
  type AlertClosed,
  type AlertEvent,
  type AlertRaised,
  type Draft,
  type EventStore,
  type SealedEvent,
  type StreamEnd,
} from '#ledger';
import { crossingKey, recordedCrossing } from '../file/alert-table.js';
import type { Crossing } from '../views.js';

const page = 500;

/** What the alert stream of one line contains, and what is to be appended to it. */
export class RecordedAlerts {
  readonly stream: string;
  readonly #line: string;
  readonly #recorded = new Set<string>();
  #end: StreamEnd = emptyStream;
  #lastMs = 0;

  constructor(line: string) {
    this.#line = line;
    this.stream = alertsStreamOf(line);
  }

  get end(): StreamEnd {
    return this.#end;
  }

  /** Folds what the stream has beyond what is known of it. */
  async readOn(store: EventStore): Promise<void> {
    for (;;) {
      const read = await store.readStream(this.stream, { from: this.#end.revision + 1, limit: page });
      for (const stored of read) {
        const event = decodeEvent(stored.json) as AlertEvent;
        assertFollows(stored, event.prev, this.#end);
        this.#fold(event, { revision: stored.revision, digest: digestOf(stored.json) });
      }
      if (read.length < page) return;
    }
  }

  /** The events of those crossings that the stream does not contain, in their order. */
  missing(crossings: readonly Crossing[], atMs: number): readonly SealedEvent<AlertEvent>[] {
    const recordedAt = new Date(Math.max(atMs, this.#lastMs)).toISOString();
    const events: SealedEvent<AlertEvent>[] = [];
    for (const crossing of crossings) {
      if (this.#recorded.has(crossingKey(crossing))) continue;
      events.push(seal<AlertEvent>(this.stream, events.at(-1) ?? this.#end, draftOf(this.#line, crossing, recordedAt)));
    }
    return events;
  }

  appended(events: readonly SealedEvent<AlertEvent>[]): void {
    for (const sealed of events) this.#fold(sealed.event, sealed);
  }

  #fold(event: AlertEvent, { revision, digest }: StreamEnd): void {
    const key = recordedCrossing(event);
    if (key !== undefined) this.#recorded.add(key);
    this.#end = { revision, digest };
    this.#lastMs = Date.parse(event.recordedAt);
  }
}

function draftOf(line: string, crossing: Crossing, recordedAt: string): Draft<AlertRaised> | Draft<AlertClosed> {
  const { alertId, utilization, level, threshold, balance, eventId, position } = crossing;
  const told = {
    v: 1,
    recordedAt,
    principal: 'system',
    alertId,
    line,
    utilization,
    crossing: { eventId, position, recordedAt: crossing.recordedAt },
  } as const;
  if (crossing.direction === 'closed') return { type: 'AlertClosed', ...told };
  return { type: 'AlertRaised', ...told, level, threshold, balanceMilliTpp: balance };
}

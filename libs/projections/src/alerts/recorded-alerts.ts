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
  type Position,
  type StreamEnd,
} from '#ledger';
import { measuredCrossings, type MeasuredAlert } from '../views/alerts/alerts.js';
import { crossingKey, recordedCrossing, type Crossing, type ShareMeasurement } from '../views/lines/lines.js';

const page = 500;

/** What the alert stream of one line contains, and what is to be appended to it. */
export class RecordedAlerts {
  readonly stream: string;
  readonly #line: string;
  readonly #recorded = new Set<string>();
  #end: StreamEnd = emptyStream;
  #lastMs = 0;
  #position: Position = 0;
  #measured: MeasuredAlert | undefined;

  constructor(line: string) {
    this.#line = line;
    this.stream = alertsStreamOf(line);
  }

  get end(): StreamEnd {
    return this.#end;
  }

  /** Where the newest event stands that is known of the stream; 0 without any. */
  get position(): Position {
    return this.#position;
  }

  /** Folds what the stream has beyond what is known of it. */
  async readOn(store: EventStore): Promise<void> {
    for (;;) {
      const read = await store.readStream(this.stream, { from: this.#end.revision + 1, limit: page });
      for (const stored of read) {
        const event = decodeEvent(stored.json) as AlertEvent;
        assertFollows(stored, event.prev, this.#end);
        this.#fold(event, { revision: stored.revision, digest: digestOf(stored.json) }, stored.position);
      }
      if (read.length < page) return;
    }
  }

  /**
   * The events of those crossings that the stream does not contain, in their order, and of what a reporting date does.
   * @param measured the newest measurement of the line; undefined if there is none
   * @param atMs milliseconds since 1970
   */
  missing(
    crossings: readonly Crossing[],
    measured: ShareMeasurement | undefined,
    atMs: number,
  ): readonly SealedEvent<AlertEvent>[] {
    const recordedAt = new Date(Math.max(atMs, this.#lastMs)).toISOString();
    const events: SealedEvent<AlertEvent>[] = [];
    const onDate = measured === undefined ? [] : measuredCrossings(measured, this.#measured);
    for (const crossing of [...crossings, ...onDate]) {
      if (this.#recorded.has(crossingKey(crossing))) continue;
      events.push(seal<AlertEvent>(this.stream, events.at(-1) ?? this.#end, draftOf(this.#line, crossing, recordedAt)));
    }
    return events;
  }

  /** @param positions where the events stand, in their order */
  appended(events: readonly SealedEvent<AlertEvent>[], positions: readonly Position[]): void {
    for (const [index, sealed] of events.entries()) this.#fold(sealed.event, sealed, positions[index] ?? this.#position);
  }

  #fold(event: AlertEvent, { revision, digest }: StreamEnd, position: Position): void {
    const key = recordedCrossing(event);
    if (key !== undefined) this.#recorded.add(key);
    const { alertId } = event;
    if (event.type === 'AlertRaised' && event.measuredOn !== undefined) {
      this.#measured = { alertId, measuredOn: event.measuredOn, isOpen: true };
    } else if (event.type === 'AlertClosed' && alertId === this.#measured?.alertId) {
      this.#measured = { ...this.#measured, isOpen: false };
    }
    this.#end = { revision, digest };
    this.#position = position;
    this.#lastMs = Date.parse(event.recordedAt);
  }
}

function draftOf(line: string, crossing: Crossing, recordedAt: string): Draft<AlertRaised> | Draft<AlertClosed> {
  const { alertId, utilization, level, threshold, balance, eventId, position, measuredOn } = crossing;
  const told = {
    v: 1,
    recordedAt,
    principal: 'system',
    alertId,
    line,
    utilization,
    crossing: { eventId, position, recordedAt: crossing.recordedAt },
    ...(measuredOn !== undefined && { measuredOn }),
  } as const;
  if (crossing.direction === 'closed') return { type: 'AlertClosed', ...told };
  return { type: 'AlertRaised', ...told, level, threshold, balanceMilliTpp: balance };
}

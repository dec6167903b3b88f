import { emptyStream, seal, type EventStore, type LineSuspended, type StoredEvent, type StreamEnd } from '#ledger';
import type { LogSource } from '../moving/log-source.js';

/** Sealed events in the streams that are named, in that order: for specs. */
export function sealedEvents(streams: readonly string[]): readonly StoredEvent[] {
  const ends = new Map<string, StreamEnd>();
  return streams.map((stream, index) => {
    const sealed = seal<LineSuspended>(stream, ends.get(stream) ?? emptyStream, {
      type: 'LineSuspended',
      v: 1,
      recordedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
      principal: 'regulator',
      reason: `reason ${index}: "ü" \u2028`,
      rulebook: { hash: 'sha256:0', id: 'r', version: '1' },
      balanceMilliTpp: { allocation: null, exported: 0, reserved: 0 } as LineSuspended['balanceMilliTpp'],
      counts: { exports: 0, openReservations: 0, refusals: 0 },
      commandId: null,
      idempotencyKey: null,
      requestHash: null,
    });
    ends.set(stream, sealed);
    const { id, type, json, revision } = sealed;
    return { id, type, json, stream, revision, position: index + 1 };
  });
}

/** Events as a source, in batches of a few. @param breaksOff thrown after them */
export function sourceOf(events: readonly StoredEvent[], { batch = 3, breaksOff }: { batch?: number; breaksOff?: Error } = {}): LogSource {
  return {
    name: 'the source',
    counts: 'position',
    head: undefined,
    read: async function* () {
      for (let at = 0; at < events.length; at += batch) yield events.slice(at, at + batch);
      if (breaksOff) throw breaksOff;
    },
    close: () => Promise.resolve(),
  };
}

/** Everything in a store but the positions. */
export async function contentOf(store: EventStore): Promise<readonly object[]> {
  const events = await store.readAll({ after: 0, limit: 1_000_000 });
  return events.map(({ position: _position, ...event }) => event);
}

import { endOfDay } from '#rulebook';
import type { EventStore } from '../event-store/event-store.js';
import { decodeEvent } from '../events/codec.js';
import { quotaStreamOf } from '../line/streams.js';
import { rejectedAt, type Rejected } from '../outcome/rejected.js';
import type { AttritionRequest } from '../requests/ledger-request.js';

const page = 500;

/**
 * Why items cannot have been lost on that day (UTC): nothing had been shipped on the line by then. Exports that never
 * were, as their reversals say, are left out; when a closed line whose items it took over had its first one it does not tell.
 */
export async function beforeFirstShipment(store: EventStore, line: string, { occurredAt }: AttritionRequest): Promise<Rejected | undefined> {
  const shipped = new Map<string, number>();
  for (let from = 0; ; from += page) {
    const stored = await store.readStream(quotaStreamOf(line), { from, limit: page });
    for (const { json } of stored) {
      const event = decodeEvent(json);
      if (event.type === 'AmountsTakenOver') return undefined;
      if (event.type === 'ExportDebited') shipped.set(event.exportId, Date.parse(event.exportedAt));
      if (event.type === 'ExportReversed' && event.code !== 'returned') shipped.delete(event.exportId);
    }
    if (stored.length < page) break;
  }
  const first = [...shipped.values()].reduce((earliest, at) => Math.min(earliest, at), Infinity);
  if (first === Infinity || endOfDay(occurredAt) >= first) return undefined;
  return rejectedAt('invalid-request', '/occurredAt', `Nothing was shipped on ${line} before ${new Date(first).toISOString()}: occurredAt is earlier.`);
}

import type { EventStore, Position, StoredEvent } from '../event-store/event-store.js';
import { decodeEvent } from '../events/codec.js';
import type { AlertAcknowledged, AlertEvent } from '../events/ledger-event.js';
import { digestOf, seal } from '../events/seal.js';
import { alertsStreamOf } from '../line/streams.js';
import type { Appends } from './appends.js';
import { rejected, type Rejected } from './ledger-outcome.js';

export interface Acknowledgement {
  readonly acknowledged: true;
  readonly position: Position;
}

const page = 500;

/** Records who acknowledged an alert. The first one counts: acknowledging again changes nothing. */
export async function acknowledgeAlert(
  { store, appends }: { readonly store: EventStore; readonly appends: Appends },
  request: { readonly alertId: string; readonly line: string; readonly principal: string; readonly at: number },
  onCommitted: (position: Position) => void,
): Promise<Acknowledgement | Rejected> {
  const { alertId, line, principal, at } = request;
  const stream = alertsStreamOf(line);
  for (;;) {
    const history = await readWhole(store, stream);
    const ofAlert = history.filter(({ event }) => event.alertId === alertId);
    const before = ofAlert.find(({ event }) => event.type === 'AlertAcknowledged');
    if (before) return { acknowledged: true, position: before.stored.position };
    const last = history.at(-1);
    if (!last || ofAlert.length === 0) return rejected('alert-not-found', `There is no alert ${alertId}.`);
    const sealed = seal<AlertAcknowledged>(
      stream,
      { revision: last.stored.revision, digest: digestOf(last.stored.json) },
      {
        type: 'AlertAcknowledged',
        v: 1,
        recordedAt: new Date(Math.max(at, Date.parse(last.event.recordedAt))).toISOString(),
        principal,
        alertId,
        line,
      },
    );
    const result = await appends.append(stream, last.stored.revision, [sealed]);
    if (!result.appended) continue;
    const position = result.positions[0] as Position;
    onCommitted(position);
    return { acknowledged: true, position };
  }
}

async function readWhole(store: EventStore, stream: string): Promise<{ readonly stored: StoredEvent; readonly event: AlertEvent }[]> {
  const history: { readonly stored: StoredEvent; readonly event: AlertEvent }[] = [];
  for (;;) {
    const read = await store.readStream(stream, { from: history.length, limit: page });
    for (const stored of read) history.push({ stored, event: decodeEvent(stored.json) as AlertEvent });
    if (read.length < page) return history;
  }
}

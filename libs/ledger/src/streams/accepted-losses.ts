import type { EventStore } from '../event-store/event-store.js';
import type { AcceptedLoss } from '../event-store/log-file/known-event.js';
import type { LossAccepted } from '../events/loss-event.js';
import { digestOf, emptyStream, seal } from '../events/seal.js';
import { lossesStream } from '../line/streams.js';
import { appendDurably } from '../appending/append-durably.js';

/** Records, before anything else is, that the log goes on without events that it had. @param at milliseconds */
export async function recordLoss(store: EventStore, { first, known }: AcceptedLoss, at: number): Promise<void> {
  for (;;) {
    const [last] = await store.readStream(lossesStream, { limit: 1, backwards: true });
    const end = last === undefined ? emptyStream : { revision: last.revision, digest: digestOf(last.json) };
    const before = last === undefined ? 0 : Date.parse((JSON.parse(last.json) as LossAccepted).recordedAt);
    const sealed = seal<LossAccepted>(lossesStream, end, {
      type: 'LossAccepted',
      v: 1,
      recordedAt: new Date(Math.max(at, before)).toISOString(),
      principal: 'anonymous',
      firstMissing: first,
      known: { position: known.position, eventId: known.id },
    });
    // On a conflict another instance accepted what it had seen.
    if ((await appendDurably(store, lossesStream, end.revision, [sealed])).appended) return;
  }
}

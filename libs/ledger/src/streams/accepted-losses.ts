import type { EventStore } from '../event-store/event-store.js';
import type { AcceptedLoss } from '../event-store/log-file/known-event.js';
import type { LossAccepted } from '../events/loss-event.js';
import { lossesStream } from '../line/streams.js';
import { appendOnce } from '../appending/append-once.js';

/** Records, before anything else is, that the log goes on without events that it had. @param at milliseconds */
export async function recordLoss(store: EventStore, { first, known }: AcceptedLoss, at: number): Promise<void> {
  await appendOnce<LossAccepted>({
    store,
    stream: lossesStream,
    draft: () => ({
      type: 'LossAccepted',
      v: 1,
      recordedAt: new Date(at).toISOString(),
      principal: 'anonymous',
      firstMissing: first,
      known: { position: known.position, eventId: known.id },
    }),
  });
}

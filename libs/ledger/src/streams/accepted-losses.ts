import type { EventStore } from '../event-store/event-store.js';
import type { AcceptedLoss } from '../event-store/log-file/known-event.js';
import type { LossAccepted } from '../events/loss-event.js';
import type { Issued } from '../line/line-command.js';
import { lossesStream } from '../line/streams.js';
import { appendOnce } from '../appending/append-once.js';

/** Records, before anything else is, that the log goes on without events that it had. `at` in milliseconds. */
export async function recordLoss(
  store: EventStore,
  { first, known }: AcceptedLoss,
  { at, principal }: Pick<Issued, 'at' | 'principal'>,
): Promise<void> {
  await appendOnce<LossAccepted>({
    store,
    stream: lossesStream,
    draft: () => ({
      type: 'LossAccepted',
      v: 1,
      recordedAt: new Date(at).toISOString(),
      principal,
      firstMissing: first,
      known: { position: known.position, eventId: known.id },
    }),
  });
}

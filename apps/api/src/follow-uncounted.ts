import type { Ledger } from '#ledger';
import type { Views } from '#projections';
import type { Worker } from './workers.js';

/** The process that recorded a shipment counts it at once. This one counts shipments that are still uncounted after so long. */
const laterMs = 2_000;

/**
 * Shipments that lines of validated end users are to count and do not yet some time after the views heard of them: the
 * append was in doubt, or another instance ended in between.
 */
export function followUncounted(ledger: Pick<Ledger, 'countShipments'>, views: Pick<Views, 'subscribe' | 'uncounted'>): Worker {
  let unsubscribe: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const later = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (views.uncounted.length === 0) return;
      later();
      // It goes on trying by itself while the store cannot serve.
      ledger.countShipments(views.uncounted).catch(() => undefined);
    }, laterMs + Math.random() * laterMs).unref();
  };
  return {
    start: () => {
      unsubscribe = views.subscribe(({ uncounted }) => {
        if (uncounted.length > 0) later();
      });
    },
    close: () => {
      unsubscribe?.();
      clearTimeout(timer);
    },
  };
}

import { Histogram, type Registry } from 'prom-client';
import type { Worker } from '../workers.js';

const lookMs = 20;

/**
 * Measures how long a turn of the event loop keeps requests waiting: each look at the clock, fifty a second, comes so
 * much later than it was due.
 */
export function watchEventLoop(registry: Registry, nowMs = (): number => performance.now()): Worker {
  const delays = new Histogram({
    name: 'ledger_event_loop_delay_seconds',
    help: 'How long whatever is due in the event loop of the server had to wait, looked at fifty times a second.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers: [registry],
  });
  let timer: NodeJS.Timeout | undefined;
  let dueMs = 0;
  const look = (): void => {
    const now = nowMs();
    delays.observe(Math.max(0, now - dueMs) / 1000);
    dueMs = now + lookMs;
  };
  return {
    start: () => {
      dueMs = nowMs() + lookMs;
      timer = setInterval(look, lookMs).unref();
    },
    close: () => clearInterval(timer),
  };
}

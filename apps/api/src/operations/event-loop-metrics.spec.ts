import { jest } from '@jest/globals';
import { Registry } from 'prom-client';
import { watchEventLoop } from './event-loop-metrics.js';

describe('the delay of the event loop', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is how much later than due a look at the clock comes', async () => {
    const registry = new Registry();
    let now = 0;
    const watch = watchEventLoop(registry, () => now);
    watch.start?.();
    const look = (at: number): void => {
      now = at;
      jest.advanceTimersByTime(20);
    };
    look(20);
    look(140);
    look(160);
    await watch.close();
    look(1_000);
    const text = await registry.metrics();
    expect(text).toContain('ledger_event_loop_delay_seconds_count 3');
    expect(text).toContain('ledger_event_loop_delay_seconds_sum 0.1');
    expect(text).toContain('ledger_event_loop_delay_seconds_bucket{le="0.05"} 2');
  });
});

import { Counter, Gauge, Registry } from 'prom-client';
import { registerDiskMetrics } from './disk-metrics.js';
import { metricsText } from './metrics-text.js';

describe('the text of the metrics', () => {
  it('names what cannot be had, and has all the rest', async () => {
    const registry = new Registry();
    registerDiskMetrics(registry, '/nothing/here');
    new Counter({ name: 'count_total', help: 'Counts.', registers: [registry] }).inc(3);
    new Gauge({
      name: 'sudden', help: 'Throws.', registers: [registry],
      collect() {
        throw new Error('not now');
      },
    });
    const text = await metricsText(registry);
    expect(text).toMatch(/^# HELP count_total Counts\.\n# TYPE count_total counter\ncount_total 3$/m);
    expect(text.match(/^ledger_metrics_unavailable\{.+$/gm)).toEqual(
      ['ledger_disk_free_bytes', 'ledger_disk_size_bytes', 'sudden'].map((name) => `ledger_metrics_unavailable{name="${name}"} 1`),
    );
    expect(text).not.toContain('# TYPE ledger_disk_free_bytes');
  });

  it('is that of the registry where all can be had', async () => {
    const registry = new Registry();
    registerDiskMetrics(registry, '/');
    new Counter({ name: 'count_total', help: 'Counts.', labelNames: ['a'], registers: [registry] }).inc({ a: 'b' });
    const whole = await registry.metrics();
    const free = /^ledger_disk_free_bytes .+$/m;
    expect((await metricsText(registry)).replace(free, '')).toContain(whole.replace(free, ''));
  });
});

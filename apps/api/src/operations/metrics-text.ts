import type { Registry } from 'prom-client';

const help =
  '# HELP ledger_metrics_unavailable Metrics that cannot be had now, by name; they are left out.\n# TYPE ledger_metrics_unavailable gauge';

/**
 * All metrics as Prometheus reads them. One that cannot be had (the room on a disk that is gone) is named, and takes none of
 * the others with it: they are wanted most when something is wrong.
 */
export async function metricsText(registry: Registry): Promise<string> {
  const names = registry.getMetricsAsArray().map(({ name }) => name);
  const texts = await Promise.allSettled(names.map((name) => registry.getSingleMetricAsString(name)));
  const unavailable = names.flatMap((name, index) => (texts[index]?.status === 'rejected' ? [`ledger_metrics_unavailable{name="${name}"} 1`] : []));
  const available = texts.flatMap((text) => (text.status === 'fulfilled' ? [text.value] : []));
  return `${[...available, [help, ...unavailable].join('\n')].join('\n\n')}\n`;
}

import { mountsOf, parsedYaml, read, readDeployment } from './deployment.js';
import { metricsOfInstance } from './instance-metrics.js';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly datasource: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string; readonly datasource: { readonly uid: string } }[];
}

const { services } = readDeployment('compose.cluster.yaml');
const grafana = services['grafana'] as (typeof services)[string];
const { panels, uid } = JSON.parse(read('docker/grafana', 'quota-ledger.json')) as { readonly panels: readonly Panel[]; readonly uid: string };
const [source] = parsedYaml('docker/grafana', 'datasource.yaml')['datasources'] as readonly { readonly uid: string; readonly url: string }[];
const [provider] = parsedYaml('docker/grafana', 'dashboards.yaml')['providers'] as readonly { readonly options: { readonly path: string } }[];
/** Words of a query that are no metrics. */
const language = /^(?:sum|max|rate|histogram_quantile|bottomk|by|le|level|result|country|instance|job|ledger|m)$/;

describe('the Grafana dashboard', () => {
  it('is where the container looks for it, with the source that it names', () => {
    const mounts = mountsOf(grafana);
    expect(mounts).toContainEqual({ source: './grafana/quota-ledger.json', target: `${provider?.options.path}/quota-ledger.json` });
    for (const [file, folder] of [['datasource', 'datasources'], ['dashboards', 'dashboards']] as const) {
      expect(mounts).toContainEqual({ source: `./grafana/${file}.yaml`, target: `/etc/grafana/provisioning/${folder}/${file}.yaml` });
    }
    expect(Object.keys(services)).toContain(new URL(source?.url ?? '').hostname);
    const sources = panels.flatMap(({ datasource, targets }) => [datasource.uid, ...targets.map((target) => target.datasource.uid)]);
    expect([...new Set(sources)]).toEqual([source?.uid]);
    expect(uid).toBe('quota-ledger');
  });

  it('asks for metrics that there are', async () => {
    const text = await metricsOfInstance();
    const known = new Set([...text.matchAll(/^([a-z_]+)[ {]/gm)].map(([, name]) => name));
    const asked = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => expr.replace(/"[^"]*"/g, '').match(/[a-z_]+/g) ?? [])).filter((word) => !language.test(word));
    expect(asked.length).toBeGreaterThan(12);
    expect(asked.filter((name) => !known.has(name) && !text.includes(`# TYPE ${name} `))).toEqual([]);
  });

  it('splits by labels that these metrics have', async () => {
    const text = await metricsOfInstance();
    // Prometheus itself adds these two.
    const added = ['instance', 'job'];
    const wrong = panels.flatMap(({ title, targets }) =>
      targets.flatMap(({ expr, legendFormat }) => {
        const metric = /[a-z]+_[a-z_]+(?=[[{)]|$)/.exec(expr.replace(/histogram_quantile/g, ''))?.[0] ?? '';
        const lines = text.split('\n').filter((line) => line.startsWith(`${metric}{`));
        const labels = [...(/by \(([^)]*)\)/.exec(expr)?.[1]?.split(', ') ?? []), ...[...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label)];
        return labels.filter((label) => !added.includes(label) && lines.length > 0 && !lines.some((line) => line.includes(`${label}="`))).map((label) => `${title}: ${metric} has no ${label}`);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('has panels that do not lie upon each other', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`));
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

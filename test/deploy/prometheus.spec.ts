import { existsSync } from 'node:fs';
import path from 'node:path';
import { anchorsOf } from '../e2e/documented-examples.js';
import { dockerFolder, isOurs, isStore, mountsOf, parsedYaml, read, readDeployment } from './deployment.js';
import { metricsOfInstance } from './instance-metrics.js';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

interface ScrapeConfig {
  readonly job_name: string;
  readonly static_configs: readonly { readonly targets: readonly string[] }[];
  readonly tls_config?: { readonly ca_file: string };
  readonly basic_auth?: { readonly password_file: string };
}

const { services } = readDeployment('compose.cluster.yaml');
const prometheus = services['prometheus'] as (typeof services)[string];
const config = parsedYaml('docker', 'prometheus.yaml');
const jobs = config['scrape_configs'] as readonly ScrapeConfig[];
const { groups } = parsedYaml('docker', 'alerts.yaml') as unknown as { readonly groups: readonly { readonly rules: readonly Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);

describe('docker/prometheus.yaml', () => {
  it('is what the container is started with, beside the rules that it names', () => {
    const mounts = mountsOf(prometheus);
    const [, started] = /^--config\.file=(.*)$/.exec(prometheus.command?.[0] ?? '') ?? [];
    expect(mounts).toContainEqual({ source: './prometheus.yaml', target: started });
    for (const file of config['rule_files'] as readonly string[]) {
      expect(existsSync(path.join(dockerFolder, file))).toBe(true);
      expect(mounts).toContainEqual({ source: `./${file}`, target: path.posix.join(path.posix.dirname(started ?? ''), file) });
    }
  });

  it('asks every instance, every node and the proxy', () => {
    const targets = (job: string) => jobs.find(({ job_name: name }) => name === job)?.static_configs.flatMap((each) => each.targets);
    const named = (which: typeof isOurs) => Object.keys(services).filter((name) => which(services[name] as typeof prometheus));
    expect(targets('ledger')).toEqual(named(isOurs).map((name) => `${name}:3000`));
    expect(targets('eventstore')).toEqual(named(isStore).map((name) => `${name}:2113`));
    expect(targets('proxy')).toEqual(['proxy:8404']);
    expect(jobs).toHaveLength(3);
  });

  it('finds the authority and the password that it needs for the nodes', () => {
    for (const { tls_config: tls, basic_auth: auth } of jobs.filter(({ job_name: name }) => name === 'eventstore')) {
      expect(mountsOf(prometheus)).toContainEqual({ source: 'trust', target: path.posix.dirname(tls?.ca_file ?? '') });
      expect(prometheus.secrets?.map((name) => `/run/secrets/${name}`)).toContain(auth?.password_file);
    }
  });
});

describe('docker/alerts.yaml', () => {
  it('says of each alert how bad it is, what is the matter and what to do', () => {
    expect(alerts.length).toBeGreaterThan(5);
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    for (const { alert, for: lasting, labels, annotations } of alerts) {
      expect(alert).toMatch(/^(Ledger|EventStore)[A-Za-z]+$/);
      expect(lasting).toMatch(/^\d+[sm]$/);
      expect(['critical', 'warning', 'info']).toContain(labels.severity);
      expect(annotations.summary).toMatch(/\.$/);
      const [page = '', anchor = ''] = annotations.runbook.split('#');
      expect([alert, anchorsOf(read(page)).includes(anchor)]).toEqual([alert, true]);
    }
  });

  it('asks for metrics and labels that there are', async () => {
    const text = await metricsOfInstance();
    const asked = alerts.flatMap(({ expr }) => seriesIn(expr));
    expect(asked.length).toBeGreaterThan(alerts.length);
    for (const { name, labels } of asked) {
      if (name === 'up') continue;
      // No request is answered with 5xx here, so of labels only the names are compared.
      const samples = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
      expect([name, samples.length > 0]).toEqual([name, true]);
      for (const label of labels) expect([name, label, samples.every((line) => line.includes(`${label}="`))]).toEqual([name, label, true]);
    }
  });

  it('asks for jobs that Prometheus has', () => {
    const known = jobs.map(({ job_name: name }) => name);
    for (const { expr } of alerts) for (const [, job] of expr.matchAll(/job="(\w+)"/g)) expect(known).toContain(job);
  });
});

/** The series that an expression asks for, with the names of the labels that it compares. */
function seriesIn(expression: string): readonly { readonly name: string; readonly labels: readonly string[] }[] {
  const series = expression.matchAll(/\b((?:ledger|nodejs|process|eventstore)_\w+|up)\b(?:\{([^}]*)\})?/g);
  return [...series].map(([, name = '', comparisons = '']) => {
    return { name, labels: [...comparisons.matchAll(/(\w+)!?=/g)].map(([, label = '']) => label) };
  });
}

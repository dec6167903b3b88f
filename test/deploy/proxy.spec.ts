import { readConfig } from '../../apps/api/src/config.js';
import { LedgerUnderTest } from '../e2e/ledger-under-test.js';
import type { Json } from '../e2e/answer.js';
import { isOurs, read, readDeployment } from './deployment.js';
import { secondsOf, sectionsOf, valuesOf, type ProxySection } from './haproxy-file.js';

const text = read('docker/haproxy.cfg');
const sections = sectionsOf(text);
const { services } = readDeployment('compose.cluster.yaml');
const section = (name: string): ProxySection => {
  const found = sections.find((each) => each.name === name || each.kind === name);
  if (found === undefined) throw new Error(`haproxy.cfg has no section ${name}.`);
  return found;
};

/** The directives of HAProxy's manual that this file uses, by the sections in which the manual allows them. */
const directives: Readonly<Record<string, readonly string[]>> = {
  global: ['log', 'maxconn'],
  defaults: ['mode', 'log', 'option', 'timeout', 'retries'],
  resolvers: ['parse-resolv-conf', 'hold'],
  frontend: ['bind', 'option', 'http-request', 'use_backend', 'default_backend'],
  backend: ['option', 'http-check', 'balance', 'hash-type', 'stick-table', 'stick', 'default-server', 'server'],
};

describe('docker/haproxy.cfg', () => {
  it('uses directives where they belong', () => {
    for (const { kind, name, lines } of sections) {
      const strange = lines.filter((line) => !directives[kind]?.includes(line.split(' ')[0] ?? ''));
      expect([kind, name, strange]).toEqual([kind, name, []]);
    }
  });

  it('sends requests to every instance, at the port that it listens on', () => {
    const instances = Object.keys(services).filter((name) => isOurs(services[name] as (typeof services)[string]));
    for (const backend of sections.filter(({ kind }) => kind === 'backend')) {
      expect(valuesOf(backend, 'server')).toEqual(instances.map((name) => `${name} ${name}:3000`));
      expect(valuesOf(backend, 'default-server')[0]).toMatch(/^check .*\bresolvers system\b/);
    }
  });

  it('names only backends that it has, and knows when none is ready', () => {
    const frontend = section('api');
    const used = [...valuesOf(frontend, 'use_backend'), ...valuesOf(frontend, 'default_backend')].map((rest) => rest.split(' ')[0]);
    const known = sections.filter(({ kind }) => kind === 'backend').map(({ name }) => name);
    expect([...used].sort()).toEqual([...known].sort());
    expect(valuesOf(frontend, 'use_backend')).toContain('anybody if { nbsrv(ready) eq 0 }');
  });

  it('waits longer than what it forwards may take', () => {
    const timeouts = new Map(valuesOf(section('defaults'), 'timeout').map((rest) => rest.split(/\s+/) as [string, string]));
    const seconds = (name: string) => secondsOf(timeouts.get(name) ?? '');
    expect(seconds('server')).toBeGreaterThan(readConfig({}).simulationMaxMs / 1000);
    const heartbeat = /const heartbeatMs = (\d+)_000;/.exec(read('apps/api/src/stream/stream-client.ts'))?.[1];
    expect(seconds('client')).toBeGreaterThan(2 * Number(heartbeat));
  });

  it('listens where compose publishes it and Prometheus asks', () => {
    expect(valuesOf(section('api'), 'bind')).toEqual([`:${services['proxy']?.ports?.[0]?.split(':').at(-1)}`]);
    const [port] = valuesOf(section('metrics'), 'bind');
    expect(read('docker/prometheus.yaml')).toContain(`[proxy${port}]`);
    expect(services['proxy']?.healthcheck?.test.at(-1)).toContain(`/127.0.0.1/${port?.slice(1)}`);
  });

  it('asks and tells apart paths that the API has', async () => {
    const ledger = await LedgerUnderTest.start();
    try {
      const { paths } = (await ledger.get('/v1/openapi.json')).body as unknown as { readonly paths: Json };
      const known = Object.keys(paths);
      for (const path of ['/v1/stream', '/v1/countries/{code}', '/v1/lines/{line}', '/v1/reservations/{id}', '/v1/exports/{id}']) {
        expect(known).toContain(path);
        expect(text).toContain(path.includes('{') ? path.split('/')[2] : path);
      }
      for (const check of text.matchAll(/^ +option httpchk GET (\S+)$/gm)) expect(known).toContain(check[1]);
      const { headers } = await ledger.reserve(1);
      expect(headers.get('Location')).toMatch(/^\/v1\/reservations\/[0-9a-f-]{36}$/);
    } finally {
      await ledger.stop();
    }
  });
});

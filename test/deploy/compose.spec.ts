import { existsSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../../apps/api/src/config.js';
import { readClusterAddress } from '../../libs/ledger/src/event-store/eventstoredb/connection/cluster-address.js';
import {
  dependenciesOf,
  dockerFolder,
  isOurs,
  isStore,
  mountsOf,
  namesInEnvFile,
  parsedYaml,
  read,
  readDeployment,
  variables,
  variablesOf,
  type Service,
} from './deployment.js';
import { environmentOf, instructionsOf, sayingsOf, stagesOf } from './dockerfile.js';
import { settingsOfEventStoreDb } from './eventstoredb-settings.js';

const image = stagesOf(instructionsOf(read('docker/Dockerfile'))).at(-1) ?? [];

/** What the Compose Specification knows, as far as these files use it: a misspelt key is in neither list. */
const knownKeys = {
  file: ['name', 'services', 'networks', 'volumes', 'secrets'],
  service: [
    ...['build', 'image', 'environment', 'ports', 'volumes', 'depends_on', 'restart', 'stop_grace_period', 'read_only'],
    ...['tmpfs', 'cap_drop', 'security_opt', 'healthcheck', 'networks', 'user', 'entrypoint', 'command', 'network_mode', 'secrets'],
  ],
  healthcheck: ['test', 'interval', 'timeout', 'retries', 'start_period'],
};

describe.each(['compose.yaml', 'compose.cluster.yaml'])('docker/%s', (file) => {
  const deployment = readDeployment(file);
  const services = Object.entries(deployment.services);
  const names = services.map(([name]) => name);
  const withName = (which: (service: Service) => boolean) => services.filter(([, service]) => which(service));

  it('has both parts', () => {
    expect(withName(isOurs).length).toBeGreaterThan(0);
    expect(withName(isStore).length).toBeGreaterThan(0);
  });

  it('says nothing that compose does not know', () => {
    const own = Object.keys(parsedYaml('docker', file)).filter((key) => !key.startsWith('x-'));
    expect(knownKeys.file).toEqual(expect.arrayContaining(own));
    for (const [name, service] of services) {
      const strange = Object.keys(service).filter((key) => !knownKeys.service.includes(key));
      const strangeCheck = Object.keys(service.healthcheck ?? {}).filter((key) => !knownKeys.healthcheck.includes(key));
      expect([name, strange, strangeCheck]).toEqual([name, [], []]);
    }
  });

  it('pins every image to a version', () => {
    for (const [, service] of services) expect(service.image).toMatch(/^[a-z0-9./-]+:v?\d+\.\d+\.\d+(-[a-z-]+)?$/);
  });

  it('takes the image of the nodes from a variable, and restarts them whatever they ended with', () => {
    expect(read('docker', file)).toContain('${NODE_IMAGE:-eventstore/eventstore:23.10.');
    for (const [, service] of withName(isStore)) expect(service.restart).toBe('unless-stopped');
  });

  it('mounts files that exist and volumes that it declares, all of them used', () => {
    const mounts = services.flatMap(([, service]) => mountsOf(service));
    for (const { source } of mounts.filter((mount) => mount.source.startsWith('.'))) {
      expect([source, existsSync(path.join(dockerFolder, source))]).toEqual([source, true]);
    }
    const used = new Set(mounts.flatMap(({ source }) => (source.startsWith('.') ? [] : [source])));
    expect([...used].sort()).toEqual(Object.keys(deployment.volumes).sort());
    const secrets = services.flatMap(([, service]) => service.secrets ?? []);
    expect(secrets.sort()).toEqual(Object.keys(deployment.secrets ?? {}).sort());
  });

  it('builds from the folder of package.json', () => {
    for (const [, { build }] of withName(isOurs)) {
      expect(existsSync(path.join(dockerFolder, build?.context ?? '', build?.dockerfile ?? ''))).toBe(true);
      expect(existsSync(path.join(dockerFolder, build?.context ?? '', 'package-lock.json'))).toBe(true);
    }
  });

  it('gives each instance and each node data of its own', () => {
    const homes = services.flatMap(([name, service]) => {
      const target = isOurs(service) ? '/data' : isStore(service) ? '/var/lib/eventstore' : undefined;
      return target === undefined ? [] : [[name, mountsOf(service).find((mount) => mount.target === target)?.source]];
    });
    expect(homes.map(([, volume]) => volume)).not.toContain(undefined);
    expect(new Set(homes.map(([, volume]) => volume)).size).toBe(homes.length);
  });

  it('starts EventStoreDB with settings that it documents, without telemetry and projections', () => {
    for (const [, { environment = {} }] of withName(isStore)) {
      expect(Object.keys(environment).filter((name) => !settingsOfEventStoreDb.has(name))).toEqual([]);
      expect(Object.values(environment).every((value) => typeof value === 'string')).toBe(true);
      expect(environment).toMatchObject({ EVENTSTORE_RUN_PROJECTIONS: 'None', EVENTSTORE_TELEMETRY_OPTOUT: 'true' });
      expect(environment['EVENTSTORE_CLUSTER_SIZE']).toBe(String(withName(isStore).length));
    }
  });

  it('starts the API with settings that it reads', () => {
    for (const [, { environment = {} }] of withName(isOurs)) {
      const strange = Object.keys(environment).filter((name) => !/^(HOST|PORT|LEDGER_\w+)$/.test(name));
      expect(strange).toEqual([]);
      expect(readConfig({ ...environmentOf(image), ...environment }).eventStoreUrl).toMatch(/^esdb:/);
    }
  });

  it('points the API to every node, with TLS where the nodes have it', () => {
    const nodes = withName(isStore).map(([name]) => ({ address: name, port: 2113 }));
    const isInsecure = withName(isStore).every(([, { environment }]) => environment?.['EVENTSTORE_INSECURE'] === 'true');
    for (const [, service] of withName(isOurs)) {
      const url = service.environment?.['LEDGER_EVENTSTORE_URL'] ?? '';
      const [, authority] = /tlsCAFile=([^&]+)/.exec(url) ?? [];
      // The file is made when the cluster is; another one that is there takes its place.
      const address = readClusterAddress(authority === undefined ? url : url.replace(authority, path.join(dockerFolder, 'Dockerfile')));
      expect(address.hosts).toEqual(nodes);
      expect(address.security.insecure).toBe(isInsecure);
      if (isInsecure) continue;
      expect(address.credentials).toEqual({ username: 'admin', password: variables['ADMIN_PASSWORD'] });
      expect(mountsOf(service)).toContainEqual({ source: 'trust', target: path.posix.dirname(authority ?? '') });
    }
  });

  it('waits for services that exist and can say that they are ready', () => {
    for (const [, service] of services) {
      for (const [other, condition] of dependenciesOf(service)) {
        const awaited = deployment.services[other];
        expect([other, names.includes(other)]).toEqual([other, true]);
        if (condition === 'service_healthy') expect(awaited?.healthcheck).toBeDefined();
        if (condition === 'service_completed_successfully') expect(awaited?.restart).toBeUndefined();
      }
    }
  });

  it('keeps everything running that is meant to run, and knows whether it does', () => {
    const once = services.flatMap(([, service]) =>
      dependenciesOf(service).flatMap(([other, condition]) => (condition === 'service_completed_successfully' ? [other] : [])),
    );
    for (const [name, service] of services.filter(([other]) => !once.includes(other))) {
      const checked = service.healthcheck !== undefined || (isOurs(service) && sayingsOf(image, 'HEALTHCHECK').length === 1);
      expect([name, service.restart, checked]).toEqual([name, 'unless-stopped', true]);
    }
  });

  it('opens ports to this machine only, those that the service has', () => {
    const published = services.flatMap(([name, service]) => (service.ports ?? []).map((port) => [name, port] as const));
    expect(published.length).toBeGreaterThan(1);
    const inside: Readonly<Record<string, string>> = { proxy: '8080', prometheus: '9090', grafana: '3000', api: sayingsOf(image, 'EXPOSE')[0] ?? '' };
    for (const [name, port] of published) {
      const [, , target] = /^127\.0\.0\.1:(\d+):(\d+)$/.exec(port) ?? [];
      expect([name, target]).toEqual([name, name in inside ? inside[name] : '2113']);
    }
  });
});

describe('docker/vars.env.example', () => {
  it('has the variables that the compose files use, without a value that somebody could forget to change', () => {
    const text = read('docker/vars.env.example');
    const used = variablesOf(read('docker/compose.yaml') + read('docker/compose.cluster.yaml'));
    expect(namesInEnvFile(text)).toEqual([...used].sort());
    expect(text.match(/^\w+=.+$/m)).toBeNull();
    expect(read('.gitignore').split('\n')).toContain('vars.env');
  });
});

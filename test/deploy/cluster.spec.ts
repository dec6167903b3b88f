import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isStore, mountsOf, read, readDeployment, variables } from './deployment.js';

const { services, networks } = readDeployment('compose.cluster.yaml');
const nodes = Object.entries(services)
  .filter(([, service]) => isStore(service))
  .map(([name, service]) => {
    const { ledger } = service.networks as Readonly<Record<string, { readonly ipv4_address: string }>>;
    return { name, address: ledger?.ipv4_address ?? '', settings: service.environment ?? {}, mounts: mountsOf(service) };
  });

describe('the nodes of docker/compose.cluster.yaml', () => {
  it('are three, each at an address of the network', () => {
    const subnet = new BlockList();
    const [address = '', bits] = networks?.['ledger']?.ipam.config[0]?.subnet.split('/') ?? [];
    subnet.addSubnet(address, Number(bits));
    expect(new Set(nodes.map((node) => node.address)).size).toBe(3);
    for (const node of nodes) expect([node.name, subnet.check(node.address)]).toEqual([node.name, true]);
  });

  it('know each other, and tell clients the names that the API knows', () => {
    for (const { name, address, settings } of nodes) {
      const others = nodes.filter((node) => node.name !== name).map((node) => `${node.address}:2113`);
      expect(settings).toMatchObject({
        EVENTSTORE_REPLICATION_IP: address,
        EVENTSTORE_GOSSIP_SEED: others.join(','),
        EVENTSTORE_ADVERTISE_HOST_TO_CLIENT_AS: name,
      });
    }
  });

  it('let nobody in without a password, and none has a known one', () => {
    for (const { settings } of nodes) {
      expect(settings).toMatchObject({
        EVENTSTORE_ALLOW_ANONYMOUS_ENDPOINT_ACCESS: 'false',
        EVENTSTORE_ALLOW_ANONYMOUS_STREAM_ACCESS: 'false',
        EVENTSTORE_DEFAULT_ADMIN_PASSWORD: variables['ADMIN_PASSWORD'],
        EVENTSTORE_DEFAULT_OPS_PASSWORD: variables['OPS_PASSWORD'],
      });
      expect(settings).not.toHaveProperty('EVENTSTORE_INSECURE');
    }
  });

  it('never see the key that signs certificates', () => {
    const seeing = Object.entries(services).filter(([, service]) => mountsOf(service).some(({ source }) => source === 'authority'));
    expect(seeing.map(([name]) => name)).toEqual(['certificates']);
  });
});

/** Writes what es-gencert-cli writes, and notes down what it was asked for. */
const generator = `#!/usr/bin/env bash
echo "$@" >> "$ASKED"
case "$1" in
  create-ca) mkdir ca && touch ca/ca.crt ca/ca.key ;;
  create-node) while [ "$1" != -out ]; do shift; done; mkdir "$2" && echo "$RANDOM$RANDOM" > "$2/node.crt" && touch "$2/node.key" ;;
esac
`;

describe('docker/certificates.sh', () => {
  let folder = '';
  const inside = (...place: string[]) => path.join(folder, ...place);
  const asked = () => readFileSync(inside('asked'), 'utf8').trim().split('\n');

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'quota-certificates-'));
    for (const name of ['bin', 'authority', 'certificates', 'trust']) mkdirSync(inside(name));
    writeFileSync(inside('bin/es-gencert-cli'), generator, { mode: 0o755 });
    writeFileSync(inside('bin/chown'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(inside('asked'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run(): void {
    const script = read('docker/certificates.sh').replace(/(?<=[ =])\/(authority|certificates|trust)\b/g, inside('$1'));
    const env = { PATH: `${inside('bin')}:${process.env['PATH']}`, ASKED: inside('asked') };
    const { status, stderr } = spawnSync('bash', ['--norc', '-c', script], { env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  }

  it('makes a certificate for every name and address by which a node is reached', () => {
    run();
    for (const { name, address, settings } of nodes) {
      const request = asked().find((line) => line.includes(`-out ./${name} `)) ?? '';
      expect(request).toContain(`-ip-addresses 127.0.0.1,${address} `);
      // localhost is what the health check asks.
      expect(request).toMatch(new RegExp(`-dns-names localhost,${name}$`));
      for (const setting of ['EVENTSTORE_CERTIFICATE_FILE', 'EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE']) {
        expect([setting, existsSync(inside(settings[setting] ?? ''))]).toEqual([setting, true]);
      }
    }
    expect(existsSync(inside('trust/ca.crt'))).toBe(true);
  });

  it('leaves alone what there is, and renews what was removed', () => {
    run();
    const before = readFileSync(inside('certificates/node2/node.crt'), 'utf8');
    run();
    expect(asked()).toHaveLength(4);
    expect(readFileSync(inside('certificates/node2/node.crt'), 'utf8')).toBe(before);
    rmSync(inside('certificates/node2'), { recursive: true });
    run();
    expect(asked()).toHaveLength(5);
    expect(readFileSync(inside('certificates/node2/node.crt'), 'utf8')).not.toBe(before);
  });
});

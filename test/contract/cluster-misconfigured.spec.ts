import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDbEventStore } from '#ledger';
import { EventStoreDb } from '../eventstoredb/event-store-db.js';
import type { ServerOptions } from '../eventstoredb/server-options.js';
import { testCertificate } from '../eventstoredb/test-certificate.js';
import { rejection } from './cluster-under-test.js';

const dir = mkdtempSync(join(tmpdir(), 'quota-ledger-cluster-'));
const authority = join(dir, 'ca.crt');
const secret = 'hunter2-%25';
let server: EventStoreDb | undefined;

beforeAll(() => writeFileSync(authority, testCertificate.cert));
afterEach(() => server?.close());
afterAll(() => rmSync(dir, { recursive: true }));

let opened = 0;
function open(url: string, signal?: AbortSignal, explain?: (text: string) => void): Promise<EventStoreDbEventStore> {
  opened += 1;
  return EventStoreDbEventStore.open({
    url,
    dataDir: join(dir, String(opened)),
    ...(signal && { signal }),
    ...(explain && { explain }),
  });
}

async function serve(options: ServerOptions): Promise<string> {
  server = await EventStoreDb.start(options);
  // TLS has no names for addresses.
  return server.url.replaceAll('127.0.0.1', 'localhost');
}

describe('a connection string that cannot be used', () => {
  it.each([
    ['http://node:2113', 'not a connection string'],
    ['esdb://', 'no host:port'],
    ['esdb://node:99999?tls=false', '"node:99999"'],
    ['esdb://node1:2113,,node2:2113', 'no host:port'],
    ['esdb+discover://node1:2113,node2:2113', 'one host name'],
    ['esdb://user@node:2113', 'user:password'],
    ['esdb://user:pass:word@node:2113', '%3A'],
    ['esdb://user:pass@word@node:2113', '%40'],
    ['esdb://user:%zz@node:2113', '%25'],
    ['esdb://user:password@node:2113?tls=false', 'without TLS no password is sent'],
    ['esdb://node:2113?tls=no', 'true or false'],
    ['esdb://node:2113?tlsVerifyCert=false', 'tlsCAFile'],
    ['esdb://node:2113?tls=false&tlsCAFile=/ca.crt', 'of no use with tls=false'],
    ['esdb://node:2113?tlsCAFile=/does/not/exist', '/does/not/exist cannot be read'],
    [`esdb://node:2113?userCertFile=${authority}`, 'userKeyFile'],
    ['esdb://node:2113?nodePreference=follower', 'can only be leader'],
    ['esdb://node:2113?keepAliveInterval=5', 'whole number from 10000'],
    ['esdb://node:2113?tls', 'needs one value'],
    ['esdb://node:2113?colour=red', 'Known are tls'],
  ])('is refused at once: %s', async (url, words) => {
    const error = await rejection(open(url));

    expect(error).toMatchObject({ name: 'EventStoreMisconfigured', message: expect.stringContaining(words) });
  });

  it('is not repeated in messages: it may hold a password', async () => {
    for (const url of [`esdb://user:${secret}@node:2113?tls=false`, `esdb:/user:${secret}@node`, `esdb://user:${secret}:x@node`]) {
      expect((await rejection(open(url))).message).not.toContain('hunter2');
    }
  });
});

describe('a cluster that only a person can mend', () => {
  const tls = testCertificate;
  const credentials = { username: 'ledger', password: decodeURIComponent(secret) };

  it.each<[string, ServerOptions, (url: string) => string, RegExp]>([
    ['is too old', { version: '22.10.3' }, (url) => url, /version 22\.10\.3: at least 23\.10/],
    ['has a certificate that nobody vouches for', { tls }, (url) => url, /not trusted \(self-signed certificate\).*tlsCAFile/],
    ['has it on each of its nodes', { tls, nodes: 3 }, (url) => url, /not trusted/],
    ['does not speak TLS', {}, (url) => url.replace('tls=false', 'tls=true'), /does not speak TLS.*tls=false/],
    [
      'refuses the password',
      { tls, credentials },
      (url) => `${url.replace(/:[^:@]*@/, ':wrong@')}&tlsCAFile=${authority}`,
      /refuses the user ledger/,
    ],
    ['wants a user', { tls, credentials }, (url) => `${url.replace(/\/\/.*@/, '//')}&tlsCAFile=${authority}`, /wants a user and a password/],
  ])('is not tried again when it %s', async (_, options, change, words) => {
    const error = await rejection(open(change(await serve(options))));

    expect(error).toMatchObject({ name: 'EventStoreMisconfigured', message: expect.stringMatching(words) });
    expect(error.message).not.toContain('hunter2');
  });

  it('opens with the right authority, user and password', async () => {
    const store = await open(`${await serve({ tls, credentials })}&tlsCAFile=${authority}`);
    expect(store.status).toMatchObject({ caughtUp: true });
    await store.close();
  });
});

describe('a cluster that is away', () => {
  it.each<[string, () => Promise<string>, RegExp]>([
    ['refuses connections', async () => 'esdb://127.0.0.1:1,127.0.0.1:2?tls=false', /connect ECONNREFUSED 127\.0\.0\.1:1/],
    ['has a name that nobody knows', async () => 'esdb://no.such.host.invalid:2113?tls=false', /Name resolution failed/],
    ['is spoken to without TLS', async () => (await serve({ tls: testCertificate })).replace('tls=true', 'tls=false'), /does it use TLS\?/],
  ])('is tried until one gives up, and it is said why: it %s', async (_, url, words) => {
    const told: string[] = [];
    const give = new AbortController();
    const opening = open(await url(), give.signal, (text) => {
      told.push(text);
      if (words.test(text)) give.abort(new Error('enough'));
    });

    expect(await rejection(opening)).toMatchObject({ message: 'enough' });
    expect(told).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
  });

  it('is opened as soon as it is there, and has a leader', async () => {
    const url = await serve({ nodes: 3 });
    server?.elect(undefined);
    await server?.stop();
    const told: string[] = [];
    const opening = open(url, undefined, (text) => told.push(text));
    while (!told.some((text) => text.includes('ECONNREFUSED'))) await new Promise((resolve) => setTimeout(resolve, 10));
    await server?.startAgain();
    while (!told.some((text) => text.includes('Not Ready'))) await new Promise((resolve) => setTimeout(resolve, 10));
    server?.elect(1);
    const store = await opening;

    expect(await store.head()).toBe(0);
    await store.close();
  });
});

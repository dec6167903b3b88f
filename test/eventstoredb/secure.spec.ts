import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { all, connect, event, NO_STREAM, refusalOf, until } from './client-under-test.js';
import { EventStoreDb } from './event-store-db.js';
import { testCertificate } from './test-certificate.js';

describe('over TLS', () => {
  const credentials = { username: 'ledger', password: 's3cret:/@' };
  let dir: string;
  let db: EventStoreDb;

  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'secure-'));
    await writeFile(path.join(dir, 'ca.crt'), testCertificate.cert);
    db = await EventStoreDb.start({ tls: testCertificate, credentials });
  });
  afterAll(async () => {
    await db.close();
    await rm(dir, { recursive: true });
  });

  const trusting = (): string => `&tlsCAFile=${path.join(dir, 'ca.crt')}`;
  const asSomebody = (user: string): string => db.url.replace(/\/\/.*@/, user === '' ? '//' : `//${user}@`);

  it('serves those who trust the certificate and bring the credentials', async () => {
    const client = connect(db.url, trusting());
    await client.appendToStream('a', event(0), { expectedRevision: NO_STREAM });
    await client.appendToStream('a', event(1), { expectedRevision: 0n, credentials });
    await expect(all(client.readStream('a'))).resolves.toHaveLength(2);
    await client.dispose();
  });

  it('is not reached by those who do not trust the certificate', async () => {
    const client = connect(db.url);
    await expect(refusalOf(all(client.readStream('a')))).resolves.toMatchObject({ type: 'unavailable' });
    await client.dispose();
  });

  it.each([
    ['nobody', ''],
    ['somebody else', 'ledger:wrong'],
  ])('denies %s every call', async (_, user) => {
    const client = connect(asSomebody(user), trusting());
    const calls = [
      () => client.appendToStream('b', event(0), { expectedRevision: NO_STREAM }),
      () => client.appendToStream('b', event(0), { expectedRevision: NO_STREAM, credentials: { username: 'x', password: 'y' } }),
      () => all(client.readStream('a')),
      () => client.deleteStream('a'),
    ];
    for (const call of calls) await expect(refusalOf(call())).resolves.toMatchObject({ type: 'access-denied' });
    let failure: unknown;
    client.subscribeToAll().on('error', (error) => (failure = error));
    await until(() => failure !== undefined);
    expect(failure).toMatchObject({ type: 'access-denied' });
    expect(db.appends('b')).toEqual([]);
    await client.dispose();
  });
});

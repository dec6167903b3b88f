import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer } from './answer.js';

let ledger: LedgerUnderTest;
beforeEach(async () => {
  ledger = await LedgerUnderTest.start();
});
afterEach(() => ledger.stop());

/** One of each operation, with keys that stay the same. */
async function everything(): Promise<Answer[]> {
  const send = (path: string, body: unknown, key: string) =>
    ledger.post(path, body, { 'Idempotency-Key': `restart-${key}` });
  const held = await send(
    '/v1/reservations',
    {
      destination: 'AE',
      exporter: 'acme',
      items: [{ chip: 'nvidia-h100-sxm5', quantity: 9 }],
      expiresAt: '2026-06-20T00:00:00Z',
    },
    'reserve',
  );
  const other = await send(
    '/v1/reservations',
    { destination: 'SA', items: [{ chip: 'nvidia-h100-sxm5', quantity: 9 }] },
    'other',
  );
  const path = `/v1/reservations/${held.body.id}`;
  const amended = await ledger.call('PATCH', path, {
    body: { reference: 'r' },
    headers: { 'If-Match': held.headers.get('etag') ?? '', 'Idempotency-Key': 'restart-amend' },
  });
  const exported = await send(`${path}/exports`, { exportedAt: '2026-06-15T00:00:00Z', tpp: 15_832 }, 'export');
  const released = await send(`/v1/reservations/${other.body.id}/release`, { reason: 'x' }, 'release');
  const direct = await send(
    '/v1/exports',
    { destination: 'QA', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], exportedAt: '2026-06-15T00:00:00Z' },
    'direct',
  );
  const filed = await send(`/v1/exports/${direct.body.id}/filing`, { itn: 'X1' }, 'file');
  const reversed = await send(`/v1/exports/${direct.body.id}/reversal`, { code: 'duplicate', reason: 'x' }, 'reverse');
  const refused = await send(
    '/v1/reservations',
    { destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity: 60_000 }] },
    'refused',
  );
  return [held, other, amended, exported, released, direct, filed, reversed, refused];
}

const told = ({ status, text, headers }: Answer) => [
  status,
  text,
  headers.get('etag'),
  headers.get('location'),
  headers.get('ledger-position'),
];

describe('a retry', () => {
  it.each([
    ['right away', async () => undefined],
    ['after a restart', () => ledger.restart()],
    [
      'after the views were deleted',
      () => ledger.restart({}, () => rm(join(ledger.dataDir, 'views'), { recursive: true })),
    ],
    [
      'after a month, when holds have ended',
      async () => {
        ledger.now += 30 * 86_400_000;
        await ledger.restart();
      },
    ],
  ])('gets the first answer of every operation, byte for byte, %s', async (_, between) => {
    const first = await everything();
    expect(first.map(({ status }) => status)).toEqual([201, 201, 200, 201, 200, 201, 200, 201, 409]);
    await between();
    const head = await ledger.head();
    const again = await everything();
    expect(again.map(told)).toEqual(first.map(told));
    expect(again.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual(Array(9).fill('true'));
    expect(await ledger.head()).toBeLessThanOrEqual(head + 1);
  });
});

describe('a restart', () => {
  it('shows no hold that ended while nobody was there', async () => {
    const expiresAt = '2026-06-20T00:00:00Z';
    const items = Array.from({ length: 1_500 }, (_, index) => ({ idempotencyKey: `overdue-${index}`, destination: 'AE', items: [{ chip: 'nvidia-a100', quantity: 1 }], expiresAt }));
    const body = items.map((line) => JSON.stringify(line)).join('\n');
    expect((await ledger.post('/v1/reservations/bulk', body, { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': '' })).status).toBe(200);
    const other = await ledger.reserve(1, { destination: 'SA', expiresAt });
    await ledger.reserve(1, { destination: 'SA', expiresAt: '2026-08-01T00:00:00Z' });
    await ledger.head();
    ledger.now = Date.parse(expiresAt);
    await ledger.restart();
    // The very first reads.
    const [country, held, one] = await Promise.all(['/v1/countries/AE', '/v1/reservations?status=held', `/v1/reservations/${other.body.id}`].map((path) => ledger.get(path)));
    expect(country?.body).toMatchObject({ reserved: 0, openReservations: 0 });
    expect(held?.body.items).toHaveLength(1);
    expect(one?.body.status).toBe('lapsed');
  });

  it('changes nothing that can be read', async () => {
    await everything();
    const paths = [
      '/v1/countries',
      '/v1/reservations',
      '/v1/exports',
      '/v1/alerts',
      '/v1/events',
      '/v1/rulebooks',
      '/v1/countries/AE/history?interval=month',
    ];
    const before = await Promise.all(paths.map((path) => ledger.get(path)));
    for (const between of [undefined, () => rm(join(ledger.dataDir, 'views'), { recursive: true })]) {
      await ledger.restart({}, between);
      const after = await Promise.all(paths.map((path) => ledger.get(path)));
      expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    }
  });
});

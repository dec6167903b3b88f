import { builtInRulebook } from '#rulebook';
import { EventStoreDb } from '../eventstoredb/event-store-db.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer } from './answer.js';

let db: EventStoreDb;
let one: LedgerUnderTest;
let other: LedgerUnderTest;

beforeAll(async () => {
  db = await EventStoreDb.start();
  [one, other] = await Promise.all([db, db].map(({ url }) => LedgerUnderTest.start({ eventStoreUrl: url }))) as [LedgerUnderTest, LedgerUnderTest];
});

afterAll(async () => {
  await Promise.all([one, other].map((instance) => instance.stop()));
  await db.close();
});

const after = ({ headers }: Answer): Record<string, string> => ({ 'Min-Position': headers.get('ledger-position') ?? '' });
const lppShipment = {
  destination: 'IN',
  ultimateConsignee: { name: 'Falcon Cloud', headquarters: 'IN', ultimateParent: { name: 'Falcon', headquarters: 'IN' } },
};

/** Asks both in turn until it holds for both. */
async function untilBoth(holds: (instance: LedgerUnderTest) => Promise<boolean>): Promise<void> {
  for (const instance of [one, other]) {
    while (!(await holds(instance))) await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('two instances of one cluster', () => {
  it('show each other\'s writes to whoever brings their position', async () => {
    const reserved = await one.reserve(10, { destination: 'SA' });
    const { id, position } = reserved.body;
    expect(reserved.status).toBe(201);
    const { body: country } = await other.get('/v1/countries/SA', after(reserved));
    expect(country).toMatchObject({ reserved: 158_320, openReservations: 1 });
    expect((await other.get(`/v1/reservations/${id}`)).body).toMatchObject({ id, status: 'held', position });
    expect((await other.get(`/v1/events?from=${Number(position) - 1}&limit=1`)).body.items).toMatchObject([{ position, type: 'org.quotaledger.quota-reserved.v1' }]);
  });

  it('take the next step of what the other has just begun, without any header', async () => {
    const { body } = await one.reserve(3, { destination: 'SA' });
    const exported = await other.post(`/v1/reservations/${body.id}/exports`, { items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], exportedAt: '2026-06-15T11:00:00Z' });
    expect(exported.status).toBe(201);
    expect((await one.post(`/v1/reservations/${body.id}/release`, {})).status).toBe(200);
    expect((await other.post(`/v1/reservations/${body.id}/release`, {})).body.code).toBe('reservation-closed');
  });

  it.each([
    ['a shipment without parties', 'country:AE', {}],
    ['a shipment that draws on the limit of its ultimate parent', 'lpp:falcon:2026', lppShipment],
  ])('give one answer to one key: %s', async (_, line, parties) => {
    const keys = Array.from({ length: 8 }, () => one.key());
    const pairs = await Promise.all(
      keys.map((key) => Promise.all([one, other].map((instance) => instance.reserve(1, { destination: 'AE', ...parties }, { 'Idempotency-Key': `pair-${key}` })))),
    );
    expect(pairs[0]?.[0]?.body).toMatchObject({ status: 'held', line });
    for (const [first, second] of pairs) expect(second?.text).toBe(first?.text);
    const ids = pairs.map(([first]) => first?.body.id);
    expect(new Set(ids).size).toBe(keys.length);
    const written = db.appends().filter(({ type, data }) => type === 'QuotaReserved' && ids.includes((JSON.parse(data) as { reservationId: string }).reservationId));
    expect(written).toHaveLength(keys.length);
  });

  it('raise an alert once', async () => {
    await one.post('/v1/lines/country:KW/allocation', { tpp: 40_000, reason: 'a small cap' });
    await Promise.all([one, other].map((instance) => instance.reserve(1, { destination: 'KW' })));
    await untilBoth(async (instance) => {
      const { body } = await instance.get('/v1/alerts?country=KW&state=open');
      return body.items.length === 0 ? db.appends('alerts-country:KW').length === 0 : true;
    });
    const raised = db.appends('alerts-country:KW').map(({ type, data }) => `${type} ${(JSON.parse(data) as { level: string }).level}`);
    expect(raised).toEqual([...new Set(raised)]);
  });

  it('let go of a hold once, when the one that took it is gone', async () => {
    const expiresAt = new Date(one.now + 60_000).toISOString();
    const reserved = await one.reserve(1, { destination: 'OM', expiresAt });
    await other.get('/v1/countries/OM', after(reserved));
    one.now = other.now += 61_000;
    await untilBoth(async (instance) => (await instance.get('/v1/countries/OM')).body.reserved === 0);
    expect(db.appends('quota-country:OM').map(({ type }) => type)).toEqual(['QuotaReserved', 'ReservationLapsed']);
  });

  it('answer 503 while the cluster does not answer, and by themselves again afterwards', async () => {
    db.faults.inject({ kind: 'hang', on: ['append', 'read'], times: Infinity });
    const key = { 'Idempotency-Key': 'while-it-hangs' };
    const answers = await Promise.all([one, other].map((instance) => instance.reserve(1, { destination: 'QA' }, key)));
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    expect((await one.get('/readyz')).status).toBe(503);
    expect((await one.get('/v1/countries/QA')).status).toBe(200);
    db.faults.lift();
    await untilBoth(async (instance) => (await instance.get('/readyz')).status === 200);
    await untilBoth(async (instance) => (await instance.reserve(1, { destination: 'QA' }, key)).status === 201);
    expect(db.appends('quota-country:QA')).toHaveLength(1);
  });

  it('work on under a rulebook that one of them adopts: that one at once, the other when it is started again', async () => {
    const cluster = await EventStoreDb.start();
    const eventStoreUrl = cluster.url;
    const superseded: string[] = [];
    const third = await LedgerUnderTest.start({ eventStoreUrl });
    const fourth = await LedgerUnderTest.start({ eventStoreUrl }, (reason) => superseded.push(reason));
    const rulebook = { ...builtInRulebook().document, version: 'next' };
    const versionAt = async (instance: LedgerUnderTest): Promise<string> =>
      ((await instance.reserve(1, { destination: 'AE' })).body as unknown as { rulebook: { version: string } }).rulebook.version;
    try {
      await Promise.all([third, fourth].map((instance) => instance.reserve(1, { destination: 'AE' })));
      expect((await third.post('/v1/rulebooks/adoption', { rulebook })).status).toBe(201);
      expect(await versionAt(third)).toBe('next');
      while (superseded.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      expect((await fourth.reserve(1, { destination: 'AE' })).status).toBe(503);
      await fourth.restart();
      expect(await versionAt(fourth)).toBe('next');
      expect((await third.get('/readyz')).status).toBe(200);
    } finally {
      await Promise.all([third, fourth].map((instance) => instance.stop()));
      await cluster.close();
    }
  });

  it('tell in /metrics how they stand to the cluster', async () => {
    const text = (await (await fetch(`${one.url}/metrics`)).text()).split('\n').filter((line) => line.startsWith('ledger_cluster')).join('\n');
    expect(text).toMatch(/^ledger_cluster_connected 1$/m);
    expect(text).toMatch(/^ledger_cluster_caught_up 1$/m);
    for (const reason of ['interruption', 'overflow']) expect(text).toMatch(new RegExp(`^ledger_cluster_reconnects_total\\{reason="${reason}"\\} \\d+$`, 'm'));
  });

  it('start with what is there, also without their data directory', async () => {
    const fresh = await LedgerUnderTest.start({ eventStoreUrl: db.url });
    try {
      const [here, there] = await Promise.all([fresh, one].map(async (instance) => (await instance.get('/v1/countries')).body.countries));
      expect(here).toEqual(there);
    } finally {
      await fresh.stop();
    }
  });
});

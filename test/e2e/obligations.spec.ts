import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer, Json } from './answer.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const exportedAt = '2026-06-10T10:00:00Z';
const b200 = [{ chip: 'nvidia-b200', quantity: 10 }];
const maker = { name: 'Penang Assembly', country: 'MY', headquarters: 'MY', ultimateParent: { name: 'Penang Holding', headquarters: 'MY' } };
const supplyChain = { endUse: 'production', privateSector: true, customersOutsideD5: true };

/** Exports under AIA for an exporter of its own: to a partner country. */
async function aia(exporter: string, more: Json = {}): Promise<Answer> {
  const ultimateConsignee = { name: `Consignee of ${exporter}`, country: 'DE', headquarters: 'DE' };
  const answer = await ledger.post('/v1/exports', { destination: 'DE', exporter, items: b200, exportedAt, ultimateConsignee, ...more });
  expect(answer).toMatchObject({ status: 201, body: { route: 'aia' } });
  return answer;
}

async function owed(query: string): Promise<readonly Json[]> {
  const { status, body } = await ledger.get(`/v1/obligations?${query}`);
  expect(status).toBe(200);
  return body.items;
}

const fulfil = (id: unknown, body: Json, headers: Record<string, string> = {}): Promise<Answer> =>
  ledger.post(`/v1/obligations/${String(id)}/fulfilment`, body, headers);

describe('GET /v1/obligations', () => {
  it('lists what follows from an export, by due date, the very moment it was answered', async () => {
    const posted = await aia('first');
    const items = await owed('exporter=first');
    expect(items.map(({ kind, status }) => [kind, status])).toEqual([
      ['aia-records', 'open'],
      ['aia-shipment-notice', 'open'],
      ['aia-certification', 'open'],
      ['aia-eccn', 'open'],
    ].sort((a, b) => order(a[0], items) - order(b[0], items)));
    const [one] = items;
    expect(one).toMatchObject({
      party: { role: 'exporter', id: 'first' }, consignee: 'Consignee of first', route: 'aia', line: 'country:DE',
      exportId: posted.body.id, period: null, dueAt: '2026-06-10T10:00:00.000Z', evidence: null,
      raisedBy: { position: posted.body.position },
    });
    const { body } = await ledger.get(`/v1/obligations/${String(one?.['id'])}`);
    expect(body).toEqual(one);
    expect(await owed('exporter=first&status=overdue')).toEqual([]);
    expect(await owed('exporter=first&dueBefore=2026-06-10T10:00:00Z')).toEqual([]);
    expect(await owed('exporter=first&kind=aia-eccn')).toHaveLength(1);
    expect(await owed('party=first&route=acm')).toEqual([]);
  });

  it('lists what an open hold will owe, and nothing once it is released', async () => {
    const held = await ledger.post('/v1/reservations', { destination: 'DE', exporter: 'holder', items: b200 });
    expect(await owed('exporter=holder&status=open')).toMatchObject([
      { kind: 'aia-certification', exportId: null, reservationId: held.body.id },
      { kind: 'aia-eccn', exportId: null, dueAt: held.body['expiresAt'] },
    ]);
    await ledger.post(`/v1/reservations/${held.body.id}/release`, {});
    expect(await owed('exporter=holder')).toEqual([]);
  });

  it('asks for the ECCN of other items anew, and for that of the same ones once', async () => {
    const h200 = [{ chip: 'nvidia-h200-sxm', quantity: 1 }];
    await aia('furnisher');
    await aia('furnisher', { items: [{ chip: 'nvidia-b200', quantity: 99 }] });
    expect(await owed('exporter=furnisher&kind=aia-eccn')).toHaveLength(1);
    await aia('furnisher', { items: h200 });
    expect(await owed('exporter=furnisher&kind=aia-eccn')).toHaveLength(2);
    expect(await owed('exporter=furnisher&kind=aia-certification')).toHaveLength(1);
  });

  it('asks for it of other items that a hold is amended to once they leave', async () => {
    const held = await ledger.post('/v1/reservations', { destination: 'DE', exporter: 'amender', items: b200 });
    const [before] = await owed('exporter=amender&kind=aia-eccn');
    await ledger.call('PATCH', `/v1/reservations/${held.body.id}`, {
      body: { items: [{ chip: 'nvidia-h200-sxm', quantity: 1 }] },
      headers: { 'If-Match': held.headers.get('etag') ?? '' },
    });
    expect(await owed('exporter=amender&kind=aia-eccn')).toEqual([before]);
    await ledger.post(`/v1/reservations/${held.body.id}/exports`, { exportedAt });
    const [after, ...others] = await owed('exporter=amender&kind=aia-eccn');
    expect(others).toEqual([]);
    expect(after?.['id']).not.toBe(before?.['id']);
    expect((await ledger.get(`/v1/obligations/${String(after?.['id'])}`)).body).toEqual(after);
    expect((await fulfil(after?.['id'], { reference: 'letter of 1 June' })).status).toBe(201);
    expect(await owed('exporter=amender&kind=aia-eccn')).toMatchObject([{ id: after?.['id'], status: 'done' }]);
  });

  it('says of a NAC notification that it was given in time', async () => {
    const items = [{ chip: 'nvidia-geforce-rtx-4090', quantity: 100 }];
    const facts = { noticeGivenAt: '2026-05-01T00:00:00Z' };
    const posted = await ledger.post('/v1/exports', { destination: 'CN', exporter: 'notifier', items, facts, exportedAt });
    expect(await owed('exporter=notifier')).toMatchObject([
      {
        kind: 'nac-notification', status: 'done', dueAt: '2026-05-16T23:59:59.999Z',
        evidence: { position: posted.body.position, fulfilledAt: '2026-05-01T00:00:00.000Z', reference: null },
      },
    ]);
  });

  it('brings the account of a facility back every six months', async () => {
    const shipment = { destination: 'MY', exporter: 'distributor', items: b200, ultimateConsignee: maker, facts: supplyChain };
    await ledger.post('/v1/exports', { ...shipment, exportedAt: '2025-09-01T00:00:00Z' });
    expect(await owed('kind=acm-accounting')).toMatchObject([
      { dueAt: '2026-03-01T23:59:59.999Z', status: 'open', period: { from: '2025-09-01T00:00:00.000Z', until: '2026-03-01T00:00:00.000Z' } },
      { dueAt: '2026-09-01T23:59:59.999Z', status: 'open', exportId: null, party: { id: 'distributor' } },
    ]);
  });

  it('finds what a company owes by every name that means it, and calls it by the registered one', async () => {
    const shipment = (name: string): Json => ({
      destination: 'IN', exporter: 'filler', route: 'lpp', exportedAt, items: [{ description: 'Wafer', eccn: '3A090.a', tppPerUnit: 2_690_000, quantity: 10 }],
      ultimateConsignee: { name: 'Saker Cloud', country: 'IN', headquarters: 'IN', ultimateParent: { name, headquarters: 'IN' } },
    });
    expect((await ledger.post('/v1/exports', shipment('Saker'))).status).toBe(201);
    const half = { ...shipment('Saker Group'), items: [{ chip: 'nvidia-b200', quantity: 1 }] };
    expect((await ledger.post('/v1/exports', half)).status).toBe(201);
    const before = await owed('kind=lpp-limit-reached&party=saker');
    expect((await ledger.post('/v1/companies/saker/merger', { into: 'saker-group', reason: 'one company' })).status).toBe(200);
    await ledger.post('/v1/companies/saker-group/amendment', { name: 'Saker Holding', reason: 'renamed' });
    const party = { role: 'consignee', id: 'saker-group', name: 'Saker Holding' };
    const now = await owed('kind=lpp-limit-reached&party=saker-group');
    expect(before).toMatchObject([{ party: { id: 'saker', name: 'Saker' } }]);
    expect(now).toEqual(now.map((each) => ({ ...each, party })));
    expect(now.map(({ id }) => id)).toContain(before[0]?.['id']);
    for (const name of ['saker', 'Saker', 'Saker Group', 'Saker Holding', 'saker-holding']) {
      expect(await owed(`kind=lpp-limit-reached&party=${encodeURIComponent(name)}`)).toEqual(now);
    }
    expect((await ledger.get(`/v1/obligations/${String(before[0]?.['id'])}`)).body).toEqual(now.find(({ id }) => id === before[0]?.['id']));
    const done = await fulfil(before[0]?.['id'], { reference: 'told BIS' });
    expect(done.body).toMatchObject({ party, status: 'done' });
    expect(await owed('party=saker&status=done')).toEqual([done.body]);
    expect(await owed('party=nobody')).toEqual([]);
  });

  it('pages through all of them without missing or repeating one', async () => {
    const whole = await owed('limit=200');
    const seen: Json[] = [];
    for (let path = '/v1/obligations?limit=3'; ;) {
      const { body, headers } = await ledger.get(path);
      seen.push(...body.items);
      if (body.nextCursor === null) break;
      path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? '';
    }
    expect(seen).toEqual(whole);
    expect(whole.length).toBeGreaterThan(6);
  });

  it.each([
    ['/v1/obligations?status=late', '/status'],
    ['/v1/obligations?route=air', '/route'],
    ['/v1/obligations?dueBefore=tomorrow', '/dueBefore'],
    ['/v1/obligations?limit=0', '/limit'],
    ['/v1/obligations?owner=me', '/owner'],
    ['/v1/obligations?kind=', '/kind'],
    ['/v1/obligations?kind=foo', '/kind'],
  ])('refuses %s', async (path, pointer) => {
    expect(await ledger.get(path)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  it('names the kinds that there are to who asks for another one', async () => {
    const { body } = await ledger.get('/v1/obligations?kind=foo');
    expect(body.errors?.[0]?.message).toMatch(/^kind must be one of acm-accounting, .*lpp-certification-copy, /);
  });

  it.each(['x', 'WzEsMiwzXQ', Buffer.from('[1,2,"k",4.5]').toString('base64url'), 'PDE+'])('refuses the cursor %s', async (cursor) => {
    expect(await ledger.get(`/v1/obligations?cursor=${encodeURIComponent(cursor)}`)).toMatchObject({ status: 400, body: { code: 'invalid-cursor' } });
  });

  it('knows no obligation that nothing gave rise to', async () => {
    const unknown = await ledger.get('/v1/obligations/2ed6657d-e927-568b-95e1-2665a8aea6a2');
    expect(unknown).toMatchObject({ status: 404, body: { code: 'obligation-not-found' } });
    expect(unknown.body.detail).toMatch(/the id is wrong, or the export that gave rise to it was reversed/);
  });
});

describe('POST /v1/obligations/{id}/fulfilment', () => {
  it('records the evidence once and for ever', async () => {
    const posted = await aia('faithful');
    const [one] = await owed('exporter=faithful&kind=aia-certification');
    const fulfilledAt = '2026-06-09T08:00:00Z';
    const done = await fulfil(one?.['id'], { fulfilledAt, reference: 'letter 17', note: 'signed by both' });
    expect(done).toMatchObject({
      status: 201,
      body: { ...one, status: 'done', position: expect.any(String) as string, evidence: { fulfilledAt: '2026-06-09T08:00:00.000Z', reference: 'letter 17', note: 'signed by both' } },
    });
    expect((await ledger.get(`/v1/obligations/${String(one?.['id'])}`)).body).toEqual(done.body);
    const again = await fulfil(one?.['id'], { reference: 'letter 18' });
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, done.text, 'true']);
    await ledger.post(`/v1/exports/${posted.body.id}/reversal`, { code: 'misreported', reason: 'typo' });
    expect(await owed('exporter=faithful')).toEqual([done.body]);
    await ledger.restart();
    expect(await owed('exporter=faithful')).toEqual([done.body]);
    expect(await ledger.get(`/v1/events?stream=obligation-${String(one?.['id'])}`)).toMatchObject({ body: { items: [{ data: { type: 'ObligationFulfilled', reference: 'letter 17' } }] } });
  });

  it('fulfils one period of an account and leaves the next one open', async () => {
    const [past, next] = await owed('kind=acm-accounting');
    expect((await fulfil(past?.['id'], { reference: 'account 2026-1' })).status).toBe(201);
    expect(await owed('kind=acm-accounting')).toMatchObject([{ id: past?.['id'], status: 'done' }, { id: next?.['id'], status: 'open' }]);
    expect(await owed('kind=acm-accounting&status=overdue')).toEqual([]);
  });

  it('uses a key for one request only', async () => {
    await aia('keyed');
    const [one, two] = await owed('exporter=keyed');
    const key = { 'Idempotency-Key': 'key of an obligation' };
    const first = await fulfil(one?.['id'], { reference: 'a' }, key);
    expect((await fulfil(one?.['id'], { reference: 'a' }, key)).text).toBe(first.text);
    const dated = { reference: 'b', fulfilledAt: new Date(ledger.now).toISOString() };
    const done = await fulfil(two?.['id'], dated, { 'Idempotency-Key': 'dated-1-of-two' });
    ledger.now -= 1000;
    const again = await fulfil(two?.['id'], dated, { 'Idempotency-Key': 'dated-1-of-two' });
    expect([done.status, again.status, again.text]).toEqual([201, 201, done.text]);
    expect(await fulfil(two?.['id'], { reference: 'a' }, key)).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it.each<[string, Json, string]>([
    ['no reference', {}, '/reference'],
    ['a reference that is none', { reference: '' }, '/reference'],
    ['the future', { reference: 'a', fulfilledAt: '2026-06-15T12:00:01Z' }, '/fulfilledAt'],
    ['no time', { reference: 'a', fulfilledAt: 'yesterday' }, '/fulfilledAt'],
    ['members that are not known', { reference: 'a', by: 'me' }, '/by'],
    ['a note that is no text', { reference: 'a', note: 5 }, '/note'],
  ])('refuses %s and records nothing', async (_, body, pointer) => {
    const [one] = await owed('exporter=first');
    const before = await ledger.head();
    expect(await fulfil(one?.['id'], body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(await ledger.head()).toBe(before);
  });

  it('takes one piece of evidence for many, answers each as if it were alone, and records nothing twice', async () => {
    await aia('thorough');
    const ids = (await owed('exporter=thorough')).map(({ id }) => id);
    const list = { ids: [...ids, 'nothing'], reference: 'binder 5' };
    const key = { 'Idempotency-Key': 'many-at-once-1' };
    const first = await ledger.post('/v1/obligations/fulfilments', list, key);
    expect([first.status, first.body.items.map(({ status }) => status)]).toEqual([200, [201, 201, 201, 201, 404]]);
    expect(first.body.items[0]).toMatchObject({ id: ids[0], body: { id: ids[0], status: 'done', evidence: { reference: 'binder 5' } } });
    expect(first.body.items[4]).toMatchObject({ id: 'nothing', body: { code: 'obligation-not-found' } });
    expect(await owed('exporter=thorough')).toHaveLength(4);
    expect(await owed('exporter=thorough&status=done')).toHaveLength(4);
    const head = await ledger.head();
    expect((await ledger.post('/v1/obligations/fulfilments', list, key)).text).toBe(first.text);
    expect(await ledger.head()).toBe(head);
    expect(await ledger.post('/v1/obligations/fulfilments', { reference: 'a', ids: [] })).toMatchObject({
      status: 400, body: { errors: [{ pointer: '/ids' }] },
    });
  });

  it('refuses what is not there, and a request without a key', async () => {
    expect(await fulfil('nothing', { reference: 'a' })).toMatchObject({ status: 404, body: { code: 'obligation-not-found' } });
    const [one] = await owed('exporter=first');
    expect(await fulfil(one?.['id'], { reference: 'a' }, { 'Idempotency-Key': '' })).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
  });
});

function order(kind: unknown, items: readonly Json[]): number {
  return items.findIndex((item) => item['kind'] === kind);
}

import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer, Json } from './answer.js';

let ledger: LedgerUnderTest;

beforeEach(async () => {
  ledger = await LedgerUnderTest.start();
});
afterEach(() => ledger.stop());

const reason = 'for the record';
const item = { chip: 'nvidia-h100-sxm5', quantity: 10 };

function register(name: string, more: Json = {}): Promise<Answer> {
  return ledger.post('/v1/companies', { name, headquarters: 'IN', ...more });
}

function amend(id: string, change: Json): Promise<Answer> {
  return ledger.post(`/v1/companies/${id}/amendment`, { reason, ...change });
}

function grant(companyId: string, more: Json = {}): Promise<Answer> {
  return ledger.post('/v1/authorisations', { kind: 'nveu', companyId, country: 'IN', reason, ...more });
}

/** A shipment that LPP takes: its line is that of the ultimate parent. */
function shipTo(parent: Json, more: Json = {}): Json {
  const ultimateConsignee = { name: 'Falcon Cloud', country: 'IN', headquarters: 'IN', ultimateParent: parent };
  return { destination: 'IN', items: [item], ultimateConsignee, route: 'lpp', ...more };
}

describe('companies', () => {
  it('are registered, read, listed and amended', async () => {
    const created = await register('Falcon Holding', { aliases: ['FH Group'] });
    expect(created).toMatchObject({
      status: 201,
      body: {
        id: 'falcon-holding', name: 'Falcon Holding', headquarters: 'IN', aliases: ['FH Group'], declaredTpp: null,
        mergedInto: null, authorisations: [], createdAt: '2026-06-15T12:00:00.000Z', revision: 0,
      },
    });
    expect(created.headers.get('location')).toBe('/v1/companies/falcon-holding');
    expect((await ledger.get('/v1/companies/falcon-holding')).body).toEqual(created.body);
    const amended = await amend('falcon-holding', { declaredTpp: 250_000_000.5, name: 'Falcon Group' });
    expect(amended).toMatchObject({ status: 200, body: { name: 'Falcon Group', declaredTpp: 250_000_000.5, aliases: ['FH Group', 'Falcon Holding'], revision: 1 } });
    expect((await ledger.get('/v1/companies/falcon-holding')).body).toEqual(amended.body);
  });

  it('with letters of other scripts have a path of their own', async () => {
    const created = await register('アクメ');
    const path = created.headers.get('location') ?? '';
    expect((await ledger.get(path)).body).toMatchObject({ name: 'アクメ' });
  });

  it('are listed newest first, by name and headquarters, page by page', async () => {
    for (const name of ['Falcon', 'Orion', 'Falcon Two']) await register(name);
    await register('Albion', { headquarters: 'GB' });
    const names = async (query: string): Promise<readonly unknown[]> =>
      (await ledger.get(`/v1/companies${query}`)).body.items.map((each) => each['name']);
    expect(await names('')).toEqual(['Albion', 'Falcon Two', 'Orion', 'Falcon']);
    expect(await names('?headquarters=GB')).toEqual(['Albion']);
    expect(await names('?name=FALCON')).toEqual(['Falcon Two', 'Falcon']);
    const first = await ledger.get('/v1/companies?limit=3');
    expect(first.headers.get('link')).toContain('rel="next"');
    expect(await names(`?limit=3&cursor=${first.body.nextCursor ?? ''}`)).toEqual(['Falcon']);
    expect((await ledger.get('/v1/companies?limit=4')).body.nextCursor).toBeNull();
    expect((await ledger.get('/v1/companies?cursor=x')).body.code).toBe('invalid-cursor');
    expect((await ledger.get('/v1/companies', { 'Min-Position': '9000' })).body.code).toBe('position-unknown');
  });

  it('are merged: every name of the one means the other', async () => {
    await register('Falcon');
    await register('Falkon', { headquarters: 'FR' });
    const merged = await ledger.post('/v1/companies/falkon/merger', { into: 'falcon', reason });
    expect(merged).toMatchObject({ status: 200, body: { id: 'falkon', mergedInto: 'falcon', aliases: [] } });
    expect((await ledger.get('/v1/companies/falkon')).body).toEqual(merged.body);
    expect((await ledger.get('/v1/companies/falcon')).body).toMatchObject({ headquarters: 'IN', aliases: ['Falkon'] });
    expect(await amend('falkon', { headquarters: 'IN' })).toMatchObject({ status: 409, body: { code: 'company-merged' } });
    expect(await register('Falkon')).toMatchObject({ status: 409, body: { code: 'company-exists', detail: expect.stringContaining('falcon') } });
  });

  it('survive a restart, and so do the first answers', async () => {
    const headers = { 'Idempotency-Key': 'register-falcon' };
    const first = await ledger.post('/v1/companies', { name: 'Falcon' }, headers);
    const amended = await ledger.post('/v1/companies/falcon/amendment', { headquarters: 'IN', reason }, { 'Idempotency-Key': 'amend-falcon' });
    await grant('falcon');
    await ledger.restart();
    const again = await ledger.post('/v1/companies', { name: 'Falcon' }, headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('ledger-position')).toBe(first.headers.get('ledger-position'));
    const amendedAgain = await ledger.post('/v1/companies/falcon/amendment', { headquarters: 'IN', reason }, { 'Idempotency-Key': 'amend-falcon' });
    expect(amendedAgain.body).toEqual(amended.body);
    expect((await ledger.get('/v1/companies/falcon')).body['authorisations']).toHaveLength(1);
    expect((await ledger.post('/v1/companies', { name: 'Orion' }, headers)).body.code).toBe('idempotency-key-reused');
    expect((await ledger.reserve(1, {}, headers)).body.code).toBe('idempotency-key-reused');
  });
});

describe('authorisations', () => {
  it('are granted, read, listed, amended and revoked', async () => {
    await register('Falcon');
    const granted = await grant('FALCON', { until: '2026-12-31T00:00:00Z', citation: 'Supplement No. 7' });
    expect(granted).toMatchObject({
      status: 201,
      body: {
        kind: 'nveu', companyId: 'falcon', country: 'IN', from: '2026-06-15T12:00:00.000Z', until: '2026-12-31T00:00:00.000Z',
        status: 'in-force', revokedAt: null, reason, citation: 'Supplement No. 7',
      },
    });
    const path = granted.headers.get('location') ?? '';
    expect(path).toBe(`/v1/authorisations/${granted.body.id}`);
    expect((await ledger.get(path)).body).toEqual(granted.body);
    const amended = await ledger.post(`${path}/amendment`, { until: null, reason: 'renewed' });
    expect(amended).toMatchObject({ status: 200, body: { until: null, reason: 'renewed', revision: 2 } });
    const revoked = await ledger.post(`${path}/revocation`, { effective: '2026-07-01T00:00:00Z', reason: 'withdrawn' });
    expect(revoked.body).toMatchObject({ revokedAt: '2026-07-01T00:00:00.000Z', status: 'in-force' });
    ledger.now = Date.parse('2026-07-01T00:00:00Z');
    expect((await ledger.get(path)).body).toMatchObject({ status: 'revoked' });
    expect((await ledger.get('/v1/companies/falcon')).body).toMatchObject({ authorisations: [{ id: granted.body.id, status: 'revoked' }] });
    expect(await ledger.post(`${path}/revocation`, { reason })).toMatchObject({ status: 409, body: { code: 'authorisation-ended' } });
  });

  it('are listed by kind, company, country and status', async () => {
    await register('Falcon');
    await register('Albion', { headquarters: 'GB', aliases: ['Perfidious'] });
    await grant('falcon');
    await grant('falcon', { country: 'SA', from: '2026-08-01T00:00:00Z' });
    await grant('albion', { kind: 'uveu', country: undefined });
    const count = async (query: string): Promise<number> => (await ledger.get(`/v1/authorisations${query}`)).body.items.length;
    const queries = ['', '?kind=uveu', '?company=Falcon', '?company=perfidious', '?company=nobody', '?country=SA', '?status=planned', '?limit=1'];
    expect(await Promise.all(queries.map(count))).toEqual([3, 1, 2, 1, 0, 1, 1, 1]);
  });

  it.each<[string, Json, number, string]>([
    ['a UVEU outside of the partner countries', { kind: 'uveu', country: undefined }, 422, 'authorisation-not-allowed'],
    ['an embargoed country', { country: 'CN' }, 422, 'authorisation-not-allowed'],
    ['a second one', {}, 409, 'authorisation-exists'],
    ['nobody', { companyId: 'nobody' }, 404, 'company-not-found'],
    ['an end before its beginning', { country: 'SA', from: '2026-08-01T00:00:00Z', until: '2026-07-01T00:00:00Z' }, 400, 'invalid-request'],
  ])('are not granted for %s', async (_, more, status, code) => {
    await register('Falcon');
    await grant('falcon');
    const head = await ledger.head();
    expect(await grant('falcon', more)).toMatchObject({ status, body: { code } });
    expect(await ledger.head()).toBe(head);
  });
});

describe('shipments and the register', () => {
  it('a parent whom nobody has named is registered by the shipment that draws on its line', async () => {
    const reserved = await ledger.post('/v1/reservations', shipTo({ name: 'Falcon Holding', headquarters: 'IN' }));
    expect(reserved).toMatchObject({ status: 201, body: { line: 'lpp:falcon-holding:2026' } });
    expect(reserved.body).not.toHaveProperty('nearMatches');
    expect((await ledger.get('/v1/companies/falcon-holding')).body).toMatchObject({ name: 'Falcon Holding', headquarters: 'IN' });
  });

  it('an alias draws on the same line, and other headquarters contradict', async () => {
    await register('Falcon Holding', { aliases: ['FH Group'] });
    expect((await ledger.post('/v1/reservations', shipTo({ name: 'FH group' }))).body.line).toBe('lpp:falcon-holding:2026');
    const head = await ledger.head();
    const wrong = shipTo({ name: 'FH Group', headquarters: 'SA' });
    for (const path of ['/v1/reservations', '/v1/determinations']) {
      expect(await ledger.post(path, wrong)).toMatchObject({ status: 422, body: { code: 'contradictory-facts' } });
    }
    expect(await register('Falcon Holding', { headquarters: 'SA' })).toMatchObject({ status: 422, body: { code: 'contradictory-facts' } });
    expect(await ledger.head()).toBe(head);
  });

  it('headquarters that a shipment leaves out are those of the register', async () => {
    await register('Dragon Holding', { headquarters: 'CN' });
    const refused = await ledger.post('/v1/reservations', shipTo({ name: 'Dragon Holding' }, { route: undefined }));
    expect(refused).toMatchObject({ status: 422, body: { code: 'no-allocation', reasons: [{ code: 'parent-headquarters-embargoed' }] } });
  });

  it('a misspelt parent is noticed before and after, also by a retry', async () => {
    await register('Falcon Holding');
    const companies = [{ id: 'falcon-holding', name: 'Falcon Holding', headquarters: 'IN' }];
    const nearMatches = [{ pointer: '/ultimateConsignee/ultimateParent', name: 'Falcn Holdng', companies }];
    const misspelt = shipTo({ name: 'Falcn Holdng', headquarters: 'IN' });
    const determined = await ledger.post('/v1/determinations', misspelt);
    expect(determined.body['nearMatches']).toEqual(expect.arrayContaining(nearMatches));
    const headers = { 'Idempotency-Key': 'misspelt-parent' };
    const reserved = await ledger.post('/v1/reservations', misspelt, headers);
    expect(reserved).toMatchObject({ status: 201, body: { nearMatches } });
    await ledger.restart();
    expect((await ledger.post('/v1/reservations', misspelt, headers)).body).toEqual(reserved.body);
    const shipped = { ...shipTo({ name: 'Falcom Holding', headquarters: 'IN' }), exportedAt: '2026-06-01T00:00:00Z' };
    expect((await ledger.post('/v1/exports', shipped)).body['nearMatches']).toHaveLength(1);
  });

  it('after a merger the survivor\'s line counts what the other had', async () => {
    await ledger.post('/v1/reservations', shipTo({ name: 'Falcon', headquarters: 'IN' }));
    await ledger.post('/v1/reservations', shipTo({ name: 'Falcn', headquarters: 'IN' }));
    await ledger.post('/v1/companies/falcn/merger', { into: 'falcon', reason });
    const { body } = await ledger.post('/v1/reservations', shipTo({ name: 'FALCN', headquarters: 'IN' }));
    expect(body).toMatchObject({ line: 'lpp:falcon:2026', balance: { reserved: 3 * 158_320 } });
  });

  it('an authorisation opens its route, and its end closes it', async () => {
    await register('Falcon Cloud');
    const asked = { destination: 'IN', items: [item], route: 'nveu', ultimateConsignee: { name: 'Falcon Cloud', country: 'IN', headquarters: 'IN' } };
    expect((await ledger.post('/v1/reservations', asked)).body.code).toBe('route-not-applicable');
    const { body: { id } } = await grant('falcon-cloud');
    expect((await ledger.post('/v1/reservations', asked)).body).toMatchObject({ route: 'nveu', line: 'nveu:falcon-cloud:IN' });
    await ledger.post(`/v1/authorisations/${id}/revocation`, { reason });
    expect((await ledger.post('/v1/reservations', asked)).body.code).toBe('route-not-applicable');
  });
});

it('requests that are malformed record nothing and are named by member', async () => {
  await register('Falcon');
  const head = await ledger.head();
  const wrong: readonly (readonly [path: string, body: Json, pointer: string])[] = [
    ['companies', {}, '/name'],
    ['companies', { name: '' }, '/name'],
    ['companies', { name: '***' }, '/name'],
    ['companies', { name: 'X', headquarters: 'ae' }, '/headquarters'],
    ['companies', { name: 'X', headquarters: 'ZZ' }, '/headquarters'],
    ['companies', { name: 'X', aliases: 'Y' }, '/aliases'],
    ['companies', { name: 'X', aliases: ['Y', 7] }, '/aliases'],
    ['companies', { name: 'X', aliases: ['Y', 'y'] }, '/aliases/1'],
    ['companies', { name: 'X', aliases: Array.from({ length: 51 }, (_, n) => `Y${n}`) }, '/aliases'],
    ['companies', { name: 'X', declaredTpp: 1 }, '/declaredTpp'],
    ['companies/falcon/amendment', { declaredTpp: 1 }, '/reason'],
    ['companies/falcon/amendment', { reason, declaredTpp: -1 }, '/declaredTpp'],
    ['companies/falcon/amendment', { reason, declaredTpp: 0.0001 }, '/declaredTpp'],
    ['companies/falcon/merger', { reason }, '/into'],
    ['authorisations', { companyId: 'falcon', reason }, '/kind'],
    ['authorisations', { kind: 'veu', companyId: 'falcon', reason }, '/kind'],
    ['authorisations', { kind: 'nveu', companyId: 'falcon', reason }, '/country'],
    ['authorisations', { kind: 'nveu', companyId: 'falcon', country: 'IN', reason, until: '2026-12-31' }, '/until'],
    ['authorisations', { kind: 'uveu', companyId: 'falcon', country: 'IN', reason }, '/country'],
  ];
  for (const [path, body, pointer] of wrong) {
    const answer = await ledger.post(`/v1/${path}`, body);
    const { status, body: { code, errors } } = answer;
    expect([path, body, status, code, errors.map((each) => each.pointer)]).toEqual([path, body, 400, 'invalid-request', expect.arrayContaining([pointer])]);
  }
  expect((await ledger.post('/v1/companies', { name: 'X' }, { 'Idempotency-Key': '' })).body.code).toBe('idempotency-key-missing');
  expect((await ledger.post('/v1/companies/nobody/amendment', { reason, headquarters: 'IN' })).body.code).toBe('company-not-found');
  expect((await ledger.post('/v1/companies/falcon/merger', { reason, into: 'falcon' })).body.code).toBe('invalid-merger');
  expect((await ledger.post('/v1/authorisations/none/revocation', { reason })).body.code).toBe('authorisation-not-found');
  expect((await ledger.get('/v1/companies/nobody')).body.code).toBe('company-not-found');
  expect((await ledger.get('/v1/authorisations/none')).body.code).toBe('authorisation-not-found');
  expect((await ledger.get('/v1/companies?kind=x')).status).toBe(400);
  expect(await ledger.head()).toBe(head);
});

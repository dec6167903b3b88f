import { quota } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Json } from './answer.js';

let ledger: LedgerUnderTest;

beforeEach(async () => {
  ledger = await LedgerUnderTest.start();
});

afterEach(() => ledger.stop());

/** Falcon Cloud of IN; what LPP permits its parent in a year are 1,699 H100s. */
const ultimateConsignee = {
  name: 'Falcon Cloud',
  country: 'IN',
  headquarters: 'IN',
  ultimateParent: { name: 'Falcon Holding', country: 'IN', headquarters: 'IN' },
};
const lpp = 'lpp:falcon-holding:2026';
const unit = 15_832;
const limit = 26_900_000;

const reserve = (quantity: number, more: Json = {}) => ledger.reserve(quantity, { destination: 'IN', ultimateConsignee, ...more });

describe('the line of an ultimate parent', () => {
  it('takes a shipment that names the parent, and is read like that of a country', async () => {
    const { body } = await reserve(1000, { expiresAt: '2027-06-01T00:00:00Z' });
    expect(body).toMatchObject({ route: 'lpp', line: lpp, expiresAt: '2027-01-01T00:00:00.000Z' });
    expect((await ledger.get(`/v1/lines/${lpp}`)).body).toMatchObject({
      line: lpp,
      kind: 'lpp',
      holder: 'falcon-holding',
      country: null,
      year: 2026,
      allocation: limit,
      reserved: 1000 * unit,
      available: limit - 1000 * unit,
      status: 'open',
      openReservations: 1,
      closedInto: null,
      takenOver: [],
    });
    expect((await ledger.get('/v1/countries/IN')).body.reserved).toBe(0);
  });

  it('is answered with the same bytes again, whatever the order of the members that named the parent', async () => {
    const body = { destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], ultimateConsignee, facts: { endUse: 'production', cluster: true } };
    const headers = { 'Idempotency-Key': 'same-bytes-1' };
    const first = await ledger.post('/v1/reservations', body, headers);
    const again = await ledger.post('/v1/reservations', body, headers);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true']);
  });

  it('is listed by kind, holder and status, in pages', async () => {
    await reserve(1600);
    await reserve(1, { ultimateConsignee: { ...ultimateConsignee, ultimateParent: { name: 'Óther Høuse', country: 'IN', headquarters: 'IN' } } });
    const names = async (query: string) => (await ledger.get(`/v1/lines?${query}`)).body.items.map(({ line }) => line);
    expect(await names('kind=lpp')).toEqual([lpp, 'lpp:other-høuse:2026']);
    expect(await names('holder=falcon-holding')).toEqual([lpp]);
    expect(await names('kind=lpp&status=critical')).toEqual([lpp]);
    expect(await names('kind=nveu')).toEqual([]);
    const first = await ledger.get('/v1/lines?kind=lpp&limit=1');
    const second = await ledger.get(`/v1/lines?kind=lpp&limit=1&cursor=${first.body.nextCursor ?? ''}`);
    expect(second.body).toMatchObject({ items: [{ line: 'lpp:other-høuse:2026' }], nextCursor: null });
    expect((await ledger.get(`/v1/lines/${encodeURIComponent('lpp:other-høuse:2026')}`)).status).toBe(200);
    expect((await ledger.get('/v1/lines?limit=200')).body.items).toHaveLength(200);
  });

  it('has a history and events', async () => {
    const { body: hold } = await reserve(100);
    await ledger.post(`/v1/reservations/${hold.id}/exports`, { exportedAt: '2026-06-15T11:00:00Z' });
    const { body: history } = await ledger.get(`/v1/lines/${lpp}/history`);
    expect(history).toMatchObject({ line: lpp, from: '2026-01-01', to: '2026-06-15' });
    expect(history.points.at(-1)).toMatchObject({ exported: 100 * unit, allocation: limit });
    expect(history.points[0]).toMatchObject({ exported: 0, allocation: limit });
    const { body: events } = await ledger.get(`/v1/lines/${lpp}/events`);
    expect(events.items.map(({ data }) => data['type'])).toEqual(['ExportDebited', 'QuotaReserved']);
  });

  it('raises alerts of its own, which are of no country', async () => {
    await reserve(1400);
    await ledger.head();
    expect((await ledger.get('/v1/alerts')).body.items).toMatchObject([{ line: lpp, country: null, level: 'watch' }]);
  });

  it('serves one of many clients who race for what it has left; the others go by licence and nobody is refused', async () => {
    await reserve(1690);
    const answers = await Promise.all(Array.from({ length: 12 }, () => reserve(5)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 201));
    expect(answers.map(({ body }) => body['route']).sort()).toEqual([...Array.from({ length: 11 }, () => 'licence'), 'lpp']);
    expect(await reserve(5, { route: 'lpp' })).toMatchObject({
      status: 409,
      body: { code: 'insufficient-quota', line: lpp, largestThatFits: limit - 1695 * unit },
    });
  });

  it('refuses an export of a hold that is dated in another year', async () => {
    ledger.now = Date.parse('2026-01-03T00:00:00Z');
    const { body: hold } = await reserve(10);
    const answer = await ledger.post(`/v1/reservations/${hold.id}/exports`, { exportedAt: '2025-12-31T12:00:00Z' });
    expect(answer).toMatchObject({ status: 409, body: { code: 'outside-quota-period', line: lpp, reasons: [{ code: 'outside-calendar-year' }] } });
  });

  it('shows what a registered parent may have before anything is recorded', async () => {
    await reserve(1);
    expect((await ledger.get('/v1/lines/lpp:falcon-holding:2027')).body).toMatchObject({ allocation: limit, available: limit, revision: -1, lastEventAt: null });
    expect((await ledger.get('/v1/lines/lpp:falcon-holding:2028')).status).toBe(404);
    expect((await ledger.get('/v1/lines/uveu:falcon-holding')).body).toMatchObject({ allocation: null, status: 'no-cap', limits: [] });
    expect((await ledger.get('/v1/lines/nveu:falcon-holding:AE')).body).toMatchObject({ allocation: 2_690_250_000, country: 'AE' });
  });

  it('is found by quota replay as the views have it', async () => {
    const { body: hold } = await reserve(100);
    await ledger.post(`/v1/reservations/${hold.id}/exports`, { items: [{ chip: 'nvidia-h100-sxm5', quantity: 40 }], exportedAt: '2026-06-15T11:00:00Z' });
    await reserve(2, { route: 'licence' });
    const { code, out } = await quota('replay', '--json', '--url', ledger.url);
    expect({ code, ...(JSON.parse(out) as Json) }).toMatchObject({ code: 0, differences: [], lines: 2 });
  });
});

describe('the lines of validated end users', () => {
  const reason = 'for the record';
  const register = async (name: string, headquarters: string, authorisation: Json, declaredTpp?: number): Promise<void> => {
    const { body } = await ledger.post('/v1/companies', { name, headquarters });
    await ledger.post('/v1/authorisations', { companyId: body.id, reason, ...authorisation });
    if (declaredTpp !== undefined) await ledger.post(`/v1/companies/${body.id}/amendment`, { declaredTpp, reason });
  };
  const gulf = { name: 'Gulf Cloud', country: 'AE', headquarters: 'AE' };
  const nordic = (country: string) => ({ destination: country, ultimateConsignee: { name: 'Nordic', country, headquarters: 'NO' } });

  it('count what is installed in a country, as far as the quarter permits, and attrition gives back', async () => {
    await register('Gulf Cloud', 'AE', { kind: 'nveu', country: 'AE' });
    const line = 'nveu:gulf-cloud:AE';
    const inQuarter = Math.floor(2_690_250_000 / unit);
    const { body: hold } = await ledger.reserve(inQuarter, { ultimateConsignee: gulf });
    expect(hold).toMatchObject({ route: 'nveu', line });
    expect(await ledger.reserve(100, { ultimateConsignee: gulf, route: 'nveu' })).toMatchObject({ status: 409, body: { code: 'insufficient-quota' } });
    expect((await ledger.reserve(100, { ultimateConsignee: gulf })).body).toMatchObject({ route: 'licence', line: 'country:AE' });
    ledger.now = Date.parse('2026-07-01T00:00:00Z');
    expect((await ledger.reserve(100, { ultimateConsignee: gulf })).body).toMatchObject({ line, balance: { allocation: 3_481_500_000 } });

    await ledger.post(`/v1/reservations/${hold.id}/exports`, { items: [{ chip: 'nvidia-h100-sxm5', quantity: 50 }], exportedAt: '2026-06-30T00:00:00Z' });
    const lost = { tpp: 10 * unit, cause: 'loss', occurredAt: '2026-06-30T12:00:00Z', reason };
    const headers = { 'Idempotency-Key': 'attrition-1' };
    const first = await ledger.post(`/v1/lines/${line}/attrition`, lost, headers);
    expect(first).toMatchObject({ status: 201, body: { line, tpp: 10 * unit, cause: 'loss', balance: { exported: 40 * unit } } });
    expect(first.headers.get('location')).toBe('/v1/lines/nveu%3Agulf-cloud%3AAE');
    const again = await ledger.post(`/v1/lines/${line}/attrition`, lost, headers);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true']);
    const tooMuch = await ledger.post(`/v1/lines/${line}/attrition`, { ...lost, tpp: 41 * unit });
    expect(tooMuch).toMatchObject({ status: 409, body: { code: 'exceeds-installed' } });
    expect((await ledger.get(`/v1/lines/${line}`)).body).toMatchObject({ exported: 40 * unit, country: 'AE', holder: 'gulf-cloud' });
  });

  it('count shares of what the company declares, and follow what it declares anew', async () => {
    await register('Nordic', 'NO', { kind: 'uveu' }, 100 * unit);
    const line = 'uveu:nordic';
    expect((await ledger.get(`/v1/lines/${line}`)).body).toMatchObject({ allocation: 25 * unit, revision: -1 });
    expect((await ledger.reserve(6, nordic('AE'))).body).toMatchObject({ route: 'uveu', line, balance: { allocation: 25 * unit, reserved: 6 * unit } });
    expect(await ledger.reserve(2, { ...nordic('AE'), route: 'uveu' })).toMatchObject({ status: 409, body: { code: 'insufficient-quota', largestThatFits: unit } });
    await ledger.reserve(7, nordic('SA'));
    expect((await ledger.get(`/v1/lines/${line}`)).body).toMatchObject({
      reserved: 13 * unit,
      available: 12 * unit,
      utilization: 1,
      status: 'exhausted',
      limits: expect.arrayContaining([
        { scope: 'outside-partners', limit: 25 * unit, used: 13 * unit, available: 12 * unit },
        { scope: 'country:SA', limit: 7 * unit, used: 7 * unit, available: 0 },
      ]) as unknown,
    });
    await ledger.head();
    expect((await ledger.get('/v1/alerts')).body.items).toMatchObject([{ line, level: 'exhausted' }, { level: 'critical' }, { level: 'watch' }]);
    await ledger.post('/v1/companies/nordic/amendment', { declaredTpp: 200 * unit, reason });
    expect((await ledger.get(`/v1/lines/${line}`)).body).toMatchObject({ allocation: 50 * unit, status: 'open', utilization: 0.5 });
    expect((await ledger.reserve(8, nordic('AE'))).body).toMatchObject({ line });
  });

  it('count what comes by other routes, and what is declared, as the views and a replay find it', async () => {
    await register('Nordic', 'NO', { kind: 'uveu' }, 100 * unit);
    const line = 'uveu:nordic';
    const limitOf = async (scope: string): Promise<unknown> => {
      const { body } = await ledger.get(`/v1/lines/${line}`);
      return (body as unknown as { readonly limits: readonly { readonly scope: string }[] }).limits.find((each) => each.scope === scope);
    };
    const { body: hold } = await ledger.reserve(10, { ...nordic('AE'), route: 'licence' });
    expect(hold).toMatchObject({ line: 'country:AE', route: 'licence' });
    expect(await limitOf('country:AE')).toEqual({ scope: 'country:AE', limit: 7 * unit, used: 10 * unit, available: 0 });
    expect(await ledger.reserve(1, { ...nordic('AE'), route: 'uveu' })).toMatchObject({ status: 409, body: { code: 'insufficient-quota', available: 0 } });
    await ledger.post(`/v1/reservations/${hold.id}/exports`, { items: [{ chip: 'nvidia-h100-sxm5', quantity: 4 }], exportedAt: '2026-06-15T11:00:00Z', final: true });
    expect(await limitOf('country:AE')).toMatchObject({ used: 4 * unit, available: 3 * unit });
    const declaredElsewhere = [{ country: 'AE', tpp: 2 * unit }, { country: 'IN', tpp: unit }];
    const { body: amended } = await ledger.post('/v1/companies/nordic/amendment', { declaredElsewhere, reason });
    expect(amended).toMatchObject({ declaredElsewhere });
    expect(await limitOf('outside-partners')).toMatchObject({ used: 7 * unit, available: 18 * unit });
    expect((await ledger.reserve(1, nordic('AE'))).body).toMatchObject({ line });
    await ledger.restart();
    expect(await limitOf('country:AE')).toMatchObject({ used: 7 * unit, available: 0 });
    const { body } = await ledger.get(`/v1/lines/${line}/events`);
    expect(body.items.map((each) => (each as unknown as { readonly type: string }).type).sort()).toEqual(
      ['holdings-declared', 'quota-reserved', 'reservation-refused', 'shipment-counted', 'shipment-counted'].map((each) => `org.quotaledger.${each}.v1`),
    );
    const { code, out } = await quota('replay', '--json', '--url', ledger.url);
    expect({ code, ...(JSON.parse(out) as Json) }).toMatchObject({ code: 0, differences: [] });
  });

  it.each([
    [[{ country: 'AE', tpp: 1 }, { country: 'AE', tpp: 2 }], '/declaredElsewhere/1/country'],
    [[{ country: 'ae', tpp: 1 }], '/declaredElsewhere/0/country'],
    [[{ country: 'AE', tpp: -1 }], '/declaredElsewhere/0/tpp'],
    [[{ country: 'QQ', tpp: 1 }], '/declaredElsewhere'],
    [[{ country: 'AE', tpp: 101 * unit }], '/declaredElsewhere'],
  ])('of a company that declares %j from elsewhere stay as they are: %s', async (declaredElsewhere, pointer) => {
    await register('Nordic', 'NO', { kind: 'uveu' }, 100 * unit);
    const refused = await ledger.post('/v1/companies/nordic/amendment', { declaredElsewhere, reason });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect((await ledger.get('/v1/companies/nordic')).body).toMatchObject({ declaredElsewhere: [] });
  });

  it('close into each other when companies are merged, and the survivor counts both', async () => {
    const owned = (name: string) => ({ destination: 'IN', ultimateConsignee: { ...ultimateConsignee, ultimateParent: { name, country: 'IN', headquarters: 'IN' } } });
    const { body: hold } = await ledger.reserve(1000, owned('Falcon'));
    await ledger.reserve(600, owned('Falcon Group'));
    expect((await ledger.post('/v1/companies/falcon/merger', { into: 'falcon-group', reason })).status).toBe(200);
    const survivor = '/v1/lines/lpp:falcon-group:2026';
    const closed = { status: 'suspended', closedInto: 'lpp:falcon-group:2026', reserved: 1000 * unit, available: 0 };
    expect((await ledger.get('/v1/lines/lpp:falcon:2026')).body).toMatchObject(closed);
    expect((await ledger.get(survivor)).body).toMatchObject({
      reserved: 1600 * unit,
      takenOver: [{ line: 'lpp:falcon:2026', reserved: 1000 * unit, exported: 0 }],
    });
    expect((await ledger.reserve(100, owned('Falcon'))).body).toMatchObject({ route: 'licence' });
    expect((await ledger.reserve(99, owned('Falcon'))).body).toMatchObject({ line: 'lpp:falcon-group:2026' });
    await ledger.post(`/v1/reservations/${hold.id}/release`, {});
    await ledger.restart();
    expect((await ledger.get(survivor)).body).toMatchObject({ reserved: 699 * unit });
    const { code, out } = await quota('replay', '--json', '--url', ledger.url);
    expect({ code, ...(JSON.parse(out) as Json) }).toMatchObject({ code: 0, differences: [] });
  });
});

describe('a line that is asked for by mistake', () => {
  it.each([
    ['/v1/lines/lpp:nobody:2026', 404, 'line-not-found'],
    ['/v1/lines/lpp:nobody', 404, 'line-not-found'],
    ['/v1/lines/nveu:nobody:XX/history', 404, 'line-not-found'],
    ['/v1/lines/train/events', 404, 'line-not-found'],
  ])('%s answers %i %s', async (path, status, code) => {
    expect(await ledger.get(path)).toMatchObject({ status, body: { code } });
  });

  it('gives nothing back for attrition unless it counts what is installed', async () => {
    const body = { tpp: 1, cause: 'failure', occurredAt: '2026-06-01T00:00:00Z', reason: 'burnt out' };
    const answer = async (line: string, more: Json = {}) => {
      const { status, body: problem } = await ledger.post(`/v1/lines/${line}/attrition`, { ...body, ...more });
      return [status, problem.code, problem.errors?.[0]?.pointer];
    };
    for (const line of ['nveu:falcon-cloud:AE', lpp, 'nveu:__proto__:AE', 'nveu:a%0ab:AE', 'uveu:Falcon%20Cloud']) {
      expect([line, ...(await answer(line))]).toEqual([line, 404, 'line-not-found', undefined]);
    }
    expect((await ledger.get('/v1/events')).body.items).toMatchObject([{ data: { type: 'RulebookAdopted' } }]);
    for (const name of ['Falcon Cloud', 'Falcon Holding']) await ledger.post('/v1/companies', { name, headquarters: 'AE' });
    expect(await answer('country:AE')).toEqual([409, 'attrition-not-credited', undefined]);
    expect(await answer(lpp)).toEqual([409, 'attrition-not-credited', undefined]);
    expect(await answer('train')).toEqual([404, 'line-not-found', undefined]);
    expect(await answer('nveu:falcon-cloud:AE')).toEqual([409, 'exceeds-installed', undefined]);
    expect(await answer('nveu:falcon-cloud:AE', { tpp: 0 })).toEqual([400, 'invalid-request', '/tpp']);
    expect(await answer('nveu:falcon-cloud:AE', { cause: 'age' })).toEqual([400, 'invalid-request', '/cause']);
    expect(await answer('nveu:falcon-cloud:AE', { occurredAt: '2026-06-16T00:00:00Z' })).toEqual([400, 'invalid-request', '/occurredAt']);
    const types = (await ledger.get('/v1/events')).body.items.map(({ data }) => data['type']);
    expect(types).toEqual(['RulebookAdopted', 'CompanyRegistered', 'CompanyRegistered']);
  });
});

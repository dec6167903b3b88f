import type { Json } from './answer.js';
import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const card = [{ chip: 'nvidia-geforce-rtx-4090', quantity: 100 }];
const b200 = [{ chip: 'nvidia-b200', quantity: 10 }];
const maker = {
  name: 'Penang Assembly',
  country: 'MY',
  headquarters: 'MY',
  ultimateParent: { name: 'Penang Holding', headquarters: 'MY' },
};
const notice = { noticeGivenAt: '2026-05-01T00:00:00Z' };
const met = { exceptionConditionsMet: true };
const supplyChain = { endUse: 'production', privateSector: true, customersOutsideD5: true };

describe('POST /v1/reservations, the route', () => {
  it.each<[string, Json, Json]>([
    ['none, uncontrolled', { destination: 'CN', items: [{ chip: 'nvidia-h20', quantity: 5 }] }, { route: 'none' }],
    ['aia, to a partner', { destination: 'DE', items: b200 }, { route: 'aia', debitedTpp: 360_000 }],
    ['aca, consumer cards', { destination: 'VN', items: card }, { route: 'aca', debitedTpp: 0, tpp: 528_480 }],
    ['nac, with notice in time', { destination: 'CN', items: card, facts: notice }, { route: 'nac', debitedTpp: 0 }],
    [
      'acm, supply chain',
      { destination: 'MY', items: b200, ultimateConsignee: maker, facts: supplyChain },
      { route: 'acm', debitedTpp: 0, line: 'country:MY' },
    ],
    ['licence, else', { destination: 'AE', items: b200 }, { route: 'licence', debitedTpp: 360_000 }],
    ['rpl, asked for by name', { destination: 'CN', items: b200, route: 'rpl', facts: met }, { route: 'rpl', debitedTpp: 0, line: 'country:CN' }],
    [
      'hbm, asked for by name',
      { destination: 'CN', items: [{ description: 'stack', eccn: '3A090.c', quantity: 8, tppPerUnit: 0 }], route: 'hbm', facts: met },
      { route: 'hbm', tpp: 0, debitedTpp: 0 },
    ],
  ])('%s', async (_, shipment, expected) => {
    const { status, body } = await ledger.post('/v1/reservations', shipment);
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'held', ...expected });
    const { body: read } = await ledger.get(`/v1/reservations/${body.id}`);
    expect(read).toEqual(body);
    expect(read['facts']).toEqual(shipment['facts']);
  });

  it('follows the circuits of a described computer', async () => {
    const computer = (circuits: readonly Json[]): Json => ({ destination: 'CN', items: [{ description: 'node', quantity: 3, circuits }] });
    const small = { tppPerUnit: 1000, quantity: 8 };
    const held = await ledger.post('/v1/reservations', computer([small]));
    expect(held.body).toMatchObject({ route: 'none', tpp: 24_000, debitedTpp: 0, items: [{ description: 'node', eccn: 'none', tpp: 24_000 }] });
    const controlled = await ledger.post('/v1/determinations', { ...computer([small, { tppPerUnit: 4800, quantity: 1 }]), destination: 'AE' });
    expect(controlled.body).toMatchObject({ route: 'licence', debitedTpp: 38_400 });
    const undecided = await ledger.post('/v1/determinations', computer([small, { tppPerUnit: 2000, quantity: 1 }]));
    expect(undecided).toMatchObject({ status: 422, body: { code: 'classification-unknown', errors: [{ pointer: '/items/0/circuits/1/dieAreaMm2' }] } });
  });

  it('of a mixed shipment debits what needs the licence, and the rest leaves beside it with 0', async () => {
    const shipment = { destination: 'IN', exporter: 'mixed', items: [...b200, ...card] };
    const determined = await ledger.post('/v1/determinations', shipment);
    expect(determined.body).toMatchObject({ route: 'licence', tpp: 888_480, debitedTpp: 360_000 });
    const licence = (determined.body['routesConsidered'] as readonly Json[]).find(({ route }) => route === 'licence');
    expect(licence).toMatchObject({ reasons: [{ code: 'within-allocation' }, { code: 'item-debits' }, { code: 'leaves-under-aca' }] });
    const { body } = await ledger.post('/v1/reservations', shipment);
    expect(body).toMatchObject({ route: 'licence', debitedTpp: 360_000, items: [{ chip: 'nvidia-b200' }, { chip: card[0]?.chip, tpp: 528_480, route: 'aca' }] });
    expect(body['items']).not.toMatchObject([{ route: expect.anything() }, {}]);
    const cards = await ledger.post(`/v1/reservations/${body.id}/exports`, { items: card, exportedAt: '2026-06-15T00:00:00Z' });
    expect(cards.body).toMatchObject({ tpp: 528_480, debitedTpp: 0, items: [{ route: 'aca' }] });
    const rest = await ledger.post(`/v1/reservations/${body.id}/exports`, { exportedAt: '2026-06-15T00:00:00Z' });
    expect(rest.body).toMatchObject({ tpp: 360_000, debitedTpp: 360_000 });
    expect((await ledger.get(`/v1/reservations/${body.id}`)).body).toMatchObject({ status: 'exported', exportedTpp: 360_000, heldTpp: 0 });
  });

  it('is refused with the reason where the notice was too late, and records what was stated', async () => {
    const facts = { noticeGivenAt: '2026-06-01T00:00:00Z' };
    const { status, body } = await ledger.post('/v1/reservations', {
      destination: 'CN',
      items: card,
      facts,
      route: 'nac',
    });
    expect({ status, code: body.code, reasons: body['reasons'] }).toMatchObject({
      status: 422,
      code: 'route-not-applicable',
      reasons: [{ code: 'notice-too-short' }],
    });
    const [event] = (await ledger.get(`/v1/events?from=${Number(body['position']) - 1}&limit=1`)).body.items;
    expect(event?.['data']).toMatchObject({ type: 'ReservationRefused', facts, asked: 'nac' });
  });

  it.each<[string, Json, Json]>([
    [
      'an end use that part 744 prohibits',
      { prohibitedEndUse: true },
      { code: 'route-not-applicable', reasons: [{ code: 'prohibited-end-use' }] },
    ],
    [
      'an operator whose ultimate parent is embargoed',
      { operator: { name: 'Opera', headquarters: 'AE', ultimateParent: { name: 'Mother', headquarters: 'CN' } } },
      { code: 'no-allocation', reasons: [{ code: 'operator-parent-headquarters-embargoed' }] },
    ],
  ])('is refused for %s', async (_, facts, problem) => {
    const { status, body } = await ledger.post('/v1/reservations', { destination: 'AE', items: b200, facts });
    expect(status).toBe(422);
    expect(body).toMatchObject(problem);
  });

  it('is refused with what the exception lacks where only that stands in the way', async () => {
    const { body } = await ledger.post('/v1/reservations', { destination: 'CN', items: card });
    expect(body.code).toBe('no-allocation');
    expect((body['reasons'] as Json[]).map(({ code }) => code)).toEqual([
      'destination-embargoed',
      'consignee-headquarters-embargoed',
      'missing-fact',
    ]);
    const chips = await ledger.post('/v1/reservations', { destination: 'CN', items: b200 });
    expect((chips.body['reasons'] as Json[]).map(({ code }) => code)).not.toContain('designed-for-datacenters');
  });

  it('keeps what was stated when the items are amended', async () => {
    const { body, headers } = await ledger.post('/v1/reservations', { destination: 'CN', items: card, facts: notice });
    const amended = await ledger.call('PATCH', `/v1/reservations/${body.id}`, {
      body: { items: [{ ...card[0], quantity: 50 }] },
      headers: { 'If-Match': headers.get('etag') ?? '' },
    });
    expect(amended).toMatchObject({ status: 200, body: { route: 'nac', tpp: 264_240, facts: notice } });
  });
});

describe('obligations', () => {
  it('come with a reservation undated and with its export dated', async () => {
    const { body } = await ledger.post('/v1/reservations', { destination: 'CN', items: card, facts: notice });
    expect(body['obligations']).toMatchObject([
      { kind: 'nac-notification', due: { when: 'before-export', days: 25 }, dueAt: null },
    ]);
    const exported = await ledger.post(`/v1/reservations/${body.id}/exports`, { exportedAt: '2026-06-10T00:00:00Z' });
    expect(exported.body['facts']).toEqual(notice);
    expect(exported.body['obligations']).toMatchObject([
      { kind: 'nac-notification', dueAt: '2026-05-16T23:59:59.999Z', citation: '15 CFR 740.8(c)(1)' },
    ]);
    const id = exported.body.id;
    await ledger.post(`/v1/exports/${id}/reversal`, { code: 'duplicate', reason: 'booked twice' });
    expect((await ledger.get(`/v1/exports/${id}`)).body['obligations']).toEqual([]);
  });
});

describe('POST /v1/determinations', () => {
  it('names every route with its reasons, and the facts that would open one', async () => {
    const { body } = await ledger.post(
      '/v1/determinations',
      { destination: 'MY', items: b200, ultimateConsignee: maker },
      { 'Idempotency-Key': '' },
    );
    expect((body['routesConsidered'] as Json[]).map(({ route }) => route)).toEqual([
      'none', 'aia', 'aca', 'nac', 'acm', 'uveu', 'nveu', 'lpp', 'licence',
    ]);
    for (const { reasons } of body['routesConsidered'] as { reasons: Json[] }[]) {
      expect(reasons.every(({ citation }) => String(citation).includes('CFR'))).toBe(true);
    }
    expect(body['missingFacts']).toEqual(expect.arrayContaining([{ route: 'acm', fact: 'facts.endUse' }]));
  });
});

describe('facts', () => {
  it.each<[string, Json, Json]>([
    [
      'a name that no route asks for',
      { facts: { colour: 'red' } },
      { status: 400, body: { errors: [{ pointer: '/facts/colour' }] } },
    ],
    [
      'a value of another form',
      { facts: { endUse: 'resale' } },
      { status: 400, body: { errors: [{ pointer: '/facts/endUse' }] } },
    ],
    [
      'an operator in no country',
      { facts: { operator: { name: 'Cloud', headquarters: 'ZZ' } } },
      { status: 400, body: { errors: [{ pointer: '/facts/operator/headquarters' }] } },
    ],
    [
      "an operator's parent in no country",
      { facts: { operator: { name: 'Cloud', ultimateParent: { name: 'Mother', headquarters: 'ZZ' } } } },
      { status: 400, body: { errors: [{ pointer: '/facts/operator/ultimateParent/headquarters' }] } },
    ],
    [
      'an operator in an embargoed country with a blank name',
      { facts: { operator: { name: ' ', headquarters: 'CN' } } },
      { status: 400, body: { errors: [{ pointer: '/facts/operator/name' }] } },
    ],
    [
      'a consignee headquartered in no country',
      { ultimateConsignee: { name: 'Falcon', headquarters: 'XX' } },
      { status: 400, body: { errors: [{ pointer: '/ultimateConsignee/headquarters' }] } },
    ],
    [
      'facts that cannot both be true',
      { facts: { privateSector: true, governmentOwned: true } },
      { status: 422, body: { code: 'contradictory-facts', reasons: [{ citation: '15 CFR 740.28(d)' }] } },
    ],
    [
      'a partner headquarters for a parent in an embargoed country',
      {
        ultimateConsignee: {
          name: 'Falcon',
          headquarters: 'AE',
          ultimateParent: { name: 'Northern', country: 'CN', headquarters: 'DE' },
        },
      },
      { status: 422, body: { code: 'contradictory-facts' } },
    ],
  ])('with %s record nothing', async (_, stated, expected) => {
    const before = await ledger.head();
    const answer = await ledger.post('/v1/reservations', { destination: 'AE', items: b200, ...stated });
    expect(answer).toMatchObject(expected);
    expect(await ledger.head()).toBe(before);
  });
});

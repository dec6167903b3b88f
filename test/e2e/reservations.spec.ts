import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const h100 = 'nvidia-h100-sxm5';

describe('POST /v1/reservations', () => {
  it('holds quota and shows the balance right after', async () => {
    const { status, headers, body } = await ledger.reserve(1000, {
      exporter: 'acme-semi',
      reference: 'PO-4711',
      expiresAt: '2026-12-31T00:00:00Z',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'held',
      route: 'licence',
      line: 'country:AE',
      destination: 'AE',
      exporter: 'acme-semi',
      tpp: 15_832_000,
      debitedTpp: 15_832_000,
      heldTpp: 15_832_000,
      exportedTpp: 0,
      reference: 'PO-4711',
      createdAt: '2026-06-15T12:00:00.000Z',
      expiresAt: '2026-12-31T00:00:00.000Z',
      items: [{ chip: h100, eccn: '3A090.a', quantity: 1000, tppPerUnit: 15_832, tpp: 15_832_000 }],
      balance: { allocation: 790_000_000, reserved: 15_832_000, exported: 0, available: 774_168_000 },
      obligations: [],
    });
    expect(headers.get('location')).toBe(`/v1/reservations/${body.id}`);
    expect(headers.get('etag')).toBe(`"${body.revision}"`);
    expect(headers.get('ledger-position')).toBe(body.position);
    expect(headers.get('idempotency-replayed')).toBeNull();
  });

  it('takes the example of the contract', async () => {
    const { status, body } = await ledger.post('/v1/reservations', {
      destination: 'SA',
      exporter: 'acme-semi',
      route: 'licence',
      ultimateConsignee: {
        name: 'Falcon Cloud',
        country: 'SA',
        headquarters: 'SA',
        ultimateParent: { name: 'Falcon Holding', headquarters: 'SA' },
      },
      items: [
        { chip: h100, quantity: 1000 },
        { description: 'custom board', eccn: '4A090.a', tppPerUnit: 20919.2, quantity: 3 },
      ],
      expiresAt: '2026-12-31T00:00:00Z',
      reference: 'PO-4711',
    });
    expect({ status, tpp: body['tpp'], item: body.items[1] }).toEqual({
      status: 201,
      tpp: 15_894_757.6,
      item: { description: 'custom board', eccn: '4A090.a', quantity: 3, tppPerUnit: 20919.2, tpp: 62757.6 },
    });
  });

  it('ends a hold after 90 days where nothing else is said', async () => {
    const { body } = await ledger.reserve(1);
    expect(body).toMatchObject({ exporter: 'anonymous', expiresAt: '2026-09-13T12:00:00.000Z' });
  });

  it('answers a retry with the same bytes, and says so', async () => {
    const key = { 'Idempotency-Key': 'retry-1-of-reserve' };
    const first = await ledger.reserve(2, {}, key);
    await ledger.reserve(3);
    const again = await ledger.reserve(2, {}, key);
    expect(again.text).toBe(first.text);
    expect([
      again.status,
      again.headers.get('idempotency-replayed'),
      again.headers.get('etag'),
      again.headers.get('location'),
      again.headers.get('ledger-position'),
    ]).toEqual([
      201,
      'true',
      first.headers.get('etag'),
      first.headers.get('location'),
      first.headers.get('ledger-position'),
    ]);
  });

  it('takes members in another order for the same request', async () => {
    const key = { 'Idempotency-Key': 'retry-2-of-reserve' };
    const first = await ledger.post(
      '/v1/reservations',
      { destination: 'AE', items: [{ chip: h100, quantity: 2 }] },
      key,
    );
    const again = await ledger.post(
      '/v1/reservations',
      { items: [{ quantity: 2, chip: h100 }], destination: 'AE' },
      key,
    );
    expect(again.text).toBe(first.text);
  });

  it.each([
    ['another quantity', { items: [{ chip: h100, quantity: 3 }] }],
    ['another destination', { destination: 'SA' }],
  ])('refuses a key used for %s', async (name, change) => {
    const key = { 'Idempotency-Key': `reused key for ${name}` };
    await ledger.reserve(2, {}, key);
    const before = await ledger.head();
    const { status, body } = await ledger.reserve(2, change, key);
    expect({ status, code: body.code, head: await ledger.head() }).toEqual({
      status: 422,
      code: 'idempotency-key-reused',
      head: before,
    });
  });

  it('lets two exporters use the same key', async () => {
    const key = { 'Idempotency-Key': 'one key, two exporters' };
    const [a, b] = [await ledger.reserve(1, { exporter: 'a' }, key), await ledger.reserve(2, { exporter: 'b' }, key)];
    expect([a.status, b.status]).toEqual([201, 201]);
  });

  it('answers many retries at once with one effect', async () => {
    const key = { 'Idempotency-Key': 'sixteen at once' };
    const answers = await Promise.all(Array.from({ length: 16 }, () => ledger.reserve(5, { destination: 'QA' }, key)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await ledger.get('/v1/countries/QA')).body).toMatchObject({ openReservations: 1 });
  });

  it('refuses what does not fit and says what would', async () => {
    const { status, body } = await ledger.reserve(60_000, { destination: 'IN' });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      type: '/problems/insufficient-quota',
      code: 'insufficient-quota',
      requested: 949_920_000,
      available: 790_000_000,
      largestThatFits: 790_000_000,
      line: 'country:IN',
    });
    const refused = await ledger.get(`/v1/reservations/${body.reservationId}`);
    expect(refused.body).toMatchObject({ status: 'refused', heldTpp: 0, position: body.position });
    expect((await ledger.get('/v1/countries/IN')).body).toMatchObject({ refusals: 1, reserved: 0 });
  });

  it('answers a retried refusal with the same refusal', async () => {
    const key = { 'Idempotency-Key': 'refused once, refused ever' };
    const first = await ledger.reserve(60_000, {}, key);
    const again = await ledger.reserve(60_000, {}, key);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([409, first.text, 'true']);
  });

  it('refuses embargoed destinations with the reasons', async () => {
    const { status, body } = await ledger.reserve(1, { destination: 'CN' });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'no-allocation' });
    expect(body.reasons.length).toBeGreaterThan(0);
    expect((await ledger.get('/v1/countries/CN')).body).toMatchObject({
      refusals: 1,
      status: 'no-allocation',
      allocation: 0,
      available: 0,
      utilization: null,
    });
  });

  it('counts exports to partners without a cap', async () => {
    const { status, body } = await ledger.reserve(100_000, { destination: 'NL' });
    expect({ status, route: body['route'], balance: body.balance }).toEqual({
      status: 201,
      route: 'aia',
      balance: { allocation: null, reserved: 1_583_200_000, exported: 0, available: null },
    });
  });

  it.each([
    ['unknown-chip', 422, { items: [{ chip: 'nvidia-h1000', quantity: 1 }] }, '/items/0/chip'],
    ['unknown-destination', 422, { destination: 'XX' }, '/destination'],
    ['not-an-export', 422, { destination: 'US' }, '/destination'],
    ['not-an-export', 422, { destination: 'PR' }, '/destination'],
    ['invalid-request', 400, { expiresAt: '2026-06-15T11:59:59Z' }, '/expiresAt'],
    ['invalid-request', 400, { expiresAt: '2029-01-01T00:00:00Z' }, '/expiresAt'],
    [
      'invalid-request',
      400,
      {
        items: [
          { chip: h100, quantity: 1 },
          { chip: h100, quantity: 2 },
        ],
      },
      '/items/1',
    ],
  ])('answers %s and records nothing', async (code, status, change, pointer) => {
    const before = await ledger.head();
    const key = ledger.key();
    const answer = await ledger.reserve(1, change, { 'Idempotency-Key': key });
    expect(answer).toMatchObject({ status, body: { code, errors: [{ pointer }] } });
    expect(await ledger.head()).toBe(before);
    // The key is still free.
    expect((await ledger.reserve(1, {}, { 'Idempotency-Key': key })).status).toBe(201);
  });

  it('lets a second request through once its hold has lapsed', async () => {
    const { body } = await ledger.reserve(49_000, { destination: 'OM', expiresAt: '2026-06-15T13:00:00Z' });
    expect((await ledger.reserve(2000, { destination: 'OM' })).status).toBe(409);
    ledger.now += 3_600_000;
    expect((await ledger.reserve(2000, { destination: 'OM' })).status).toBe(201);
    expect((await ledger.get(`/v1/reservations/${body.id}`)).body).toMatchObject({ status: 'lapsed', heldTpp: 0 });
    ledger.now -= 3_600_000;
  });
});

describe('POST /v1/determinations', () => {
  it('says what would happen and records nothing', async () => {
    const before = await ledger.head();
    const { status, body } = await ledger.post(
      '/v1/determinations',
      { destination: 'TH', items: [{ chip: h100, quantity: 1 }] },
      { 'Idempotency-Key': '' },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      route: 'licence',
      line: 'country:TH',
      tpp: 15_832,
      debitedTpp: 15_832,
      balanceAfter: { reserved: 15_832 },
      wouldBeRefused: null,
    });
    expect(await ledger.head()).toBe(before);
  });

  it('says what would be refused, and why', async () => {
    const { body } = await ledger.post('/v1/determinations', {
      destination: 'TH',
      items: [{ chip: h100, quantity: 60_000 }],
    });
    expect(body['wouldBeRefused']).toMatchObject({
      code: 'insufficient-quota',
      status: 409,
      largestThatFits: 790_000_000,
    });
    expect(
      (await ledger.post('/v1/determinations', { destination: 'RU', items: [{ chip: h100, quantity: 1 }] })).body[
        'wouldBeRefused'
      ],
    ).toMatchObject({ code: 'no-allocation' });
    expect(
      await ledger.post('/v1/determinations', { destination: 'US', items: [{ chip: h100, quantity: 1 }] }),
    ).toMatchObject({ status: 422, body: { code: 'not-an-export' } });
  });
});

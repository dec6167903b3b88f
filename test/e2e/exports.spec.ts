import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer, Json } from './answer.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const exportedAt = '2026-06-15T10:00:00Z';

function exportOf(reservation: Answer, body: Json, headers: Record<string, string> = {}): Promise<Answer> {
  return ledger.post(`/v1/reservations/${reservation.body.id}/exports`, { exportedAt, ...body }, headers);
}

describe('an export of a reservation', () => {
  it('debits the hold in parts until nothing is left', async () => {
    const held = await ledger.reserve(10, { exporter: 'acme-semi' });
    const first = await exportOf(held, { items: [{ chip: 'nvidia-h100-sxm5', quantity: 4 }], itn: 'X20260615000001' });
    expect(first).toMatchObject({
      status: 201,
      body: {
        status: 'posted',
        reservationId: held.body.id,
        exporter: 'acme-semi',
        tpp: 63_328,
        debitedTpp: 63_328,
        itn: 'X20260615000001',
        exportedAt: '2026-06-15T10:00:00.000Z',
        balance: { exported: 63_328, reserved: 94_992 },
      },
    });
    expect(first.headers.get('location')).toBe(`/v1/exports/${first.body.id}`);
    expect((await ledger.get(`/v1/reservations/${held.body.id}`)).body).toMatchObject({
      status: 'partly-exported',
      heldTpp: 94_992,
      exportedTpp: 63_328,
      items: [{ exportedTpp: 63_328 }],
    });
    expect(await exportOf(held, { tpp: 15_832 })).toMatchObject({
      status: 201,
      body: { tpp: 15_832, items: [{ quantity: 1 }] },
    });
    expect(await exportOf(held, { tpp: 94_992 })).toMatchObject({ status: 409, body: { code: 'exceeds-hold' } });
    expect(await exportOf(held, {})).toMatchObject({ status: 201, body: { tpp: 79_160, final: true } });
    expect((await ledger.get(`/v1/reservations/${held.body.id}`)).body).toMatchObject({
      status: 'exported',
      heldTpp: 0,
      exportedTpp: 158_320,
    });
  });

  it('gives back the rest when it is final', async () => {
    const held = await ledger.reserve(10, { destination: 'SA' });
    const last = await exportOf(held, { tpp: 15_832, final: true });
    expect(last.body).toMatchObject({ releasedTpp: 142_488, final: true, balance: { exported: 15_832, reserved: 0 } });
    expect(await exportOf(held, {})).toMatchObject({ status: 409, body: { code: 'reservation-closed' } });
  });

  it('is one export however often it is sent', async () => {
    const held = await ledger.reserve(10, { destination: 'QA' });
    const key = { 'Idempotency-Key': 'exported twice' };
    const [first, again] = [await exportOf(held, { tpp: 15_832 }, key), await exportOf(held, { tpp: 15_832 }, key)];
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true']);
    expect((await ledger.get('/v1/countries/QA')).body).toMatchObject({ exported: 15_832, exports: 1 });
  });

  it('takes no stale If-Match', async () => {
    const held = await ledger.reserve(10, { destination: 'KW' });
    const etag = held.headers.get('etag') ?? '';
    expect((await exportOf(held, { tpp: 15_832 }, { 'If-Match': etag })).status).toBe(201);
    expect(await exportOf(held, { tpp: 15_832 }, { 'If-Match': etag })).toMatchObject({ status: 412 });
  });

  it.each([
    ['items and tpp', { items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], tpp: 1 }, '/tpp'],
    ['an item named twice over', { items: [{ chip: 'nvidia-h100-sxm5', description: 'x', quantity: 1 }] }, '/items/0'],
    ['an item without a name', { items: [{ quantity: 1 }] }, '/items/0'],
    ['an item that it does not hold', { items: [{ chip: 'nvidia-a100', quantity: 1 }] }, '/items/0'],
    ['a time too far ahead', { exportedAt: '2026-06-16T12:00:01Z' }, '/exportedAt'],
  ])('refuses %s', async (_, body, pointer) => {
    const held = await ledger.reserve(1);
    const before = await ledger.head();
    expect(await exportOf(held, body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(await ledger.head()).toBe(before);
  });
});

describe('a direct export', () => {
  it('reserves and debits at once, and is listed', async () => {
    const posted = await ledger.post('/v1/exports', {
      destination: 'IN',
      exporter: 'direct',
      items: [{ chip: 'nvidia-h100-sxm5', quantity: 8 }],
      exportedAt,
    });
    expect(posted).toMatchObject({
      status: 201,
      body: {
        status: 'posted',
        reservationId: null,
        line: 'country:IN',
        debitedTpp: 126_656,
        balance: { exported: 126_656, reserved: 0 },
      },
    });
    expect((await ledger.get(`/v1/exports/${posted.body.id}`)).text).toBe(posted.text);
    expect((await ledger.get('/v1/exports?exporter=direct&destination=IN&status=posted&line=country:IN')).body).toEqual(
      { items: [posted.body], nextCursor: null },
    );
    expect((await ledger.get(`/v1/exports?reservationId=${posted.body.id}`)).body.items).toEqual([]);
  });

  it('from before the rule took effect needs no route and debits nothing', async () => {
    const early = { items: [{ chip: 'nvidia-h100-sxm5', quantity: 8 }], exportedAt: '2024-12-31T23:59:59Z' };
    const { status, body } = await ledger.post('/v1/exports', { destination: 'CN', ...early });
    expect({ status, body }).toMatchObject({ status: 201, body: { route: 'none', line: 'country:CN', tpp: 126_656, debitedTpp: 0 } });
    const licensed = await ledger.post('/v1/exports', { destination: 'IN', route: 'licence', ...early });
    expect(licensed.body).toMatchObject({ route: 'licence', tpp: 126_656, debitedTpp: 0 });
  });

  it('of a hold on an allocation is refused outside the quota period', async () => {
    const held = await ledger.post('/v1/reservations', { destination: 'IN', items: [{ chip: 'nvidia-h100-sxm5', quantity: 8 }] });
    const { status, body } = await ledger.post(`/v1/reservations/${held.body.id}/exports`, { exportedAt: '2024-12-31T23:59:59Z' });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'outside-quota-period' });
  });

  it('is refused where it does not fit', async () => {
    const { status, body } = await ledger.post('/v1/exports', {
      destination: 'IN',
      items: [{ chip: 'nvidia-h100-sxm5', quantity: 80_000 }],
      exportedAt,
    });
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'insufficient-quota' });
  });

  it('is not found by another id', async () => {
    expect(await ledger.get('/v1/exports/nonsense')).toMatchObject({ status: 404, body: { code: 'export-not-found' } });
  });
});

describe('a filing', () => {
  async function unfiled(destination: string, itn?: string) {
    const items = [{ chip: 'nvidia-h100-sxm5', quantity: 1 }];
    return (await ledger.post('/v1/exports', { destination, items, exportedAt, ...(itn && { itn }) })).body;
  }

  it('records the ITN that came later, in every view, and debits nothing', async () => {
    const posted = await unfiled('CL');
    expect(posted).toMatchObject({ itn: null });
    const path = `/v1/exports/${posted.id}`;
    const before = (await ledger.get('/v1/countries/CL')).body;
    const filed = await ledger.post(`${path}/filing`, { itn: 'X20260331000001' });
    const { revision, position, obligations, ...same } = filed.body;
    expect(filed.status).toBe(200);
    expect(posted).toMatchObject({ ...same, itn: null });
    expect(filed.body).toMatchObject({ id: posted.id, itn: 'X20260331000001', obligations });
    expect(revision).toBeGreaterThan(posted.revision);
    expect(filed.headers.get('ledger-position')).toBe(position);
    const read = await ledger.get(path);
    expect([read.body, read.headers.get('etag')]).toEqual([filed.body, filed.headers.get('etag')]);
    expect((await ledger.get('/v1/exports?destination=CL')).body.items).toEqual([filed.body]);
    const { exported, available, exports } = before;
    expect((await ledger.get('/v1/countries/CL')).body).toMatchObject({ exported, available, exports });
    const events = (await ledger.get('/v1/events?stream=quota-country:CL')).body.items;
    expect((events as unknown[]).at(-1)).toMatchObject({ revision, position, data: { type: 'ExportFiled', itn: 'X20260331000001' } });
  });

  it('with the same ITN again changes nothing, with another one is refused', async () => {
    const posted = await unfiled('CO', 'X1');
    const path = `/v1/exports/${posted.id}`;
    const again = await ledger.post(`${path}/filing`, { itn: 'X1' });
    expect([again.status, again.body]).toEqual([200, (await ledger.get(path)).body]);
    expect(again.body.revision).toBe(posted.revision);
    const other = await ledger.post(`${path}/filing`, { itn: 'X2' });
    expect(other).toMatchObject({ status: 409, body: { code: 'itn-recorded' } });
    expect(other.body.detail).toContain('X1');
  });

  it('with the same key is one filing, answered as at first after the export is reversed', async () => {
    const posted = await unfiled('CR');
    const send = () => ledger.post(`/v1/exports/${posted.id}/filing`, { itn: 'X3' }, { 'Idempotency-Key': 'filed twice' });
    const first = await send();
    await ledger.post(`/v1/exports/${posted.id}/reversal`, { code: 'duplicate', reason: 'twice' });
    const again = await send();
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([200, first.text, 'true']);
    const anew = await ledger.post(`/v1/exports/${posted.id}/filing`, { itn: 'X3' });
    expect(anew).toMatchObject({ status: 409, body: { code: 'already-reversed' } });
    expect((await ledger.get(`/v1/exports/${posted.id}`)).body).toMatchObject({ status: 'reversed', itn: 'X3' });
  });

  it('needs an export', async () => {
    const body = { itn: 'X1' };
    expect(await ledger.post('/v1/exports/nonsense/filing', body)).toMatchObject({ status: 404, body: { code: 'export-not-found' } });
  });
});

describe('a reversal', () => {
  it.each([
    ['misreported', 0, 'EG'],
    ['duplicate', 0, 'MA'],
    ['not-shipped', 0, 'TN'],
    ['returned', 15_832, 'DZ'],
  ])('with the code %s leaves %d TPP exported', async (code, exported, destination) => {
    const posted = await ledger.post('/v1/exports', {
      destination,
      items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }],
      exportedAt,
    });
    const path = `/v1/exports/${posted.body.id}`;
    const reversed = await ledger.post(`${path}/reversal`, { code, reason: 'as the test says' });
    expect(reversed).toMatchObject({
      status: 201,
      body: {
        exportId: posted.body.id,
        status: 'reversed',
        code,
        creditedTpp: 15_832 - exported,
        balance: { exported },
      },
    });
    expect((await ledger.get(path)).body).toMatchObject({ status: 'reversed', reversal: reversed.body });
    expect(await ledger.post(`${path}/reversal`, { code, reason: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'already-reversed' },
    });
  });

  it('is one reversal however often it is sent', async () => {
    const posted = await ledger.post('/v1/exports', {
      destination: 'PE',
      items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }],
      exportedAt,
    });
    const send = () =>
      ledger.post(
        `/v1/exports/${posted.body.id}/reversal`,
        { code: 'duplicate', reason: 'twice' },
        { 'Idempotency-Key': 'reversed twice' },
      );
    const [first, again] = [await send(), await send()];
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true']);
  });

  it('comes too late after 30 days', async () => {
    const posted = await ledger.post('/v1/exports', {
      destination: 'PE',
      items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }],
      exportedAt,
    });
    ledger.now += 30 * 86_400_000 + 1;
    expect(
      await ledger.post(`/v1/exports/${posted.body.id}/reversal`, { code: 'duplicate', reason: 'late' }),
    ).toMatchObject({ status: 409, body: { code: 'reversal-window-closed' } });
    ledger.now -= 30 * 86_400_000 + 1;
  });

  it('needs an export', async () => {
    expect(await ledger.post('/v1/exports/nonsense/reversal', { code: 'duplicate', reason: 'x' })).toMatchObject({
      status: 404,
      body: { code: 'export-not-found' },
    });
  });
});

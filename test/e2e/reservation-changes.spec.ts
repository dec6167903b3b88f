import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const h100 = 'nvidia-h100-sxm5';

describe('a reservation', () => {
  it('is read with its ETag', async () => {
    const created = await ledger.reserve(7, { destination: 'KW' });
    const { status, headers, body } = await ledger.get(`/v1/reservations/${created.body.id}`);
    expect({ status, etag: headers.get('etag'), body }).toEqual({
      status: 200,
      etag: created.headers.get('etag'),
      body: created.body,
    });
    expect(Number(headers.get('ledger-position'))).toBeGreaterThanOrEqual(Number(created.body.position));
  });

  it('grows, shrinks and changes its reference with the ETag in hand', async () => {
    const { body, headers } = await ledger.reserve(10, { destination: 'BH' });
    const path = `/v1/reservations/${body.id}`;
    const grown = await ledger.call('PATCH', path, {
      body: { items: [{ chip: h100, quantity: 20 }] },
      headers: { 'If-Match': headers.get('etag') ?? '' },
    });
    expect({ status: grown.status, heldTpp: grown.body['heldTpp'], reserved: grown.body.balance.reserved }).toEqual({
      status: 200,
      heldTpp: 316_640,
      reserved: 316_640,
    });
    const shrunk = await ledger.call('PATCH', path, {
      body: { items: [{ chip: h100, quantity: 5 }], reference: 'PO-2', expiresAt: '2026-07-01T00:00:00Z' },
      headers: { 'If-Match': grown.headers.get('etag') ?? '' },
    });
    expect(shrunk.body).toMatchObject({ heldTpp: 79_160, reference: 'PO-2', expiresAt: '2026-07-01T00:00:00.000Z' });
    const cleared = await ledger.call('PATCH', path, { body: { reference: null }, headers: { 'If-Match': '*' } });
    expect(cleared.body).toMatchObject({ reference: null, heldTpp: 79_160 });
    expect((await ledger.get(path)).text).toBe(cleared.text);
  });

  it('is changed once by a retried PATCH', async () => {
    const { body, headers } = await ledger.reserve(10, { destination: 'BH' });
    const options = {
      body: { reference: 'twice' },
      headers: { 'If-Match': headers.get('etag') ?? '', 'Idempotency-Key': 'patched twice' },
    };
    const first = await ledger.call('PATCH', `/v1/reservations/${body.id}`, options);
    const again = await ledger.call('PATCH', `/v1/reservations/${body.id}`, options);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([200, first.text, 'true']);
  });

  it('takes the tag as a proxy that compresses hands it on, and a list that has it', async () => {
    const held = await ledger.reserve(1);
    const path = `/v1/reservations/${held.body.id}`;
    const amend = (tag: string, reference: string) =>
      ledger.call('PATCH', path, { body: { reference }, headers: { 'If-Match': tag } });
    expect(await amend('W/"0"', 'weak')).toMatchObject({ status: 200, body: { reference: 'weak', revision: 1 } });
    expect(await amend('"5", "1"', 'listed')).toMatchObject({ status: 200, body: { reference: 'listed', revision: 2 } });
    expect(await amend('"2-gzip"', 'coded')).toMatchObject({ status: 200, body: { reference: 'coded', revision: 3 } });
    expect(await amend('W/"1", "2"', 'stale')).toMatchObject({ status: 412, body: { code: 'version-mismatch' } });
    const weak = { 'If-Match': 'W/"3"' };
    expect((await ledger.post(`${path}/release`, {}, weak)).status).toBe(200);
  });

  it('takes no PATCH without If-Match, and none with a stale one', async () => {
    const { body, headers } = await ledger.reserve(10, { destination: 'BH' });
    const path = `/v1/reservations/${body.id}`;
    expect(await ledger.call('PATCH', path, { body: { reference: 'x' } })).toMatchObject({
      status: 428,
      body: { code: 'precondition-required' },
    });
    const changed = await ledger.call('PATCH', path, {
      body: { reference: 'x' },
      headers: { 'If-Match': headers.get('etag') ?? '' },
    });
    const stale = await ledger.call('PATCH', path, {
      body: { reference: 'y' },
      headers: { 'If-Match': headers.get('etag') ?? '' },
    });
    expect(stale).toMatchObject({ status: 412, body: { code: 'version-mismatch' } });
    expect(stale.headers.get('etag')).toBe(changed.headers.get('etag'));
  });

  it('gives its quota back when it is released, and stays closed', async () => {
    const { body } = await ledger.reserve(10, { destination: 'JO' });
    const path = `/v1/reservations/${body.id}`;
    const released = await ledger.post(`${path}/release`, { reason: 'not needed' });
    expect(released).toMatchObject({ status: 200, body: { status: 'released', heldTpp: 0, balance: { reserved: 0 } } });
    expect(await ledger.post(`${path}/release`)).toMatchObject({ status: 409, body: { code: 'reservation-closed' } });
    expect(await ledger.post(`${path}/exports`, { exportedAt: '2026-06-15T00:00:00Z' })).toMatchObject({
      status: 409,
      body: { code: 'reservation-closed' },
    });
  });

  it('is released without a body, and once by a retry', async () => {
    const { body } = await ledger.reserve(10, { destination: 'JO' });
    const key = { 'Idempotency-Key': 'released twice' };
    const first = await ledger.post(`/v1/reservations/${body.id}/release`, undefined, key);
    const again = await ledger.post(`/v1/reservations/${body.id}/release`, undefined, key);
    expect([first.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([200, first.text, 'true']);
  });

  it.each(['nonsense', '00000000-0000-0000-0000-000000000000', '%F0%9F%92%A5', "'; drop table"])(
    'is not found by the id %s',
    async (id) => {
      const path = `/v1/reservations/${id}`;
      const found = [
        await ledger.get(path),
        await ledger.post(`${path}/release`),
        await ledger.post(`${path}/exports`, { exportedAt: '2026-06-15T00:00:00Z' }),
        await ledger.call('PATCH', path, { body: { reference: 'x' }, headers: { 'If-Match': '"1"' } }),
      ];
      expect(found.map(({ status, body }) => [status, body.code])).toEqual(
        Array(4).fill([404, 'reservation-not-found']),
      );
    },
  );
});

describe('GET /v1/reservations', () => {
  it('lists newest first, in pages, narrowed', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1)
      ids.unshift((await ledger.reserve(1, { destination: 'VN', exporter: 'lister' })).body.id);
    await ledger.post(`/v1/reservations/${ids[0]}/release`);
    const seen: string[] = [];
    let path: string | undefined = '/v1/reservations?exporter=lister&limit=2';
    while (path !== undefined) {
      const { body, headers } = await ledger.get(path);
      seen.push(...body.items.map(({ id }) => id));
      path = /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      expect(path === undefined).toBe(body.nextCursor === null);
    }
    expect(seen).toEqual(ids);
    const held = await ledger.get('/v1/reservations?exporter=lister&status=held&destination=VN&line=country:VN');
    expect(held.body.items.map(({ id }) => id)).toEqual(ids.slice(1));
    expect((await ledger.get('/v1/reservations?exporter=nobody')).body).toEqual({ items: [], nextCursor: null });
  });
});

import { LedgerUnderTest, type CallOptions } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
let reservationId: string;
let exportId: string;
let head: number;

beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  const held = await ledger.reserve(100);
  reservationId = held.body.id;
  const posted = await ledger.post('/v1/exports', {
    destination: 'SA',
    items: [item],
    exportedAt: '2026-06-01T00:00:00Z',
  });
  exportId = posted.body.id;
  head = await ledger.head();
});
afterAll(() => ledger.stop());

/** Nothing of all this leaves an event. */
afterEach(async () => expect(await ledger.head()).toBe(head));

const item = { chip: 'nvidia-h100-sxm5', quantity: 1 };
const reservation = { destination: 'AE', items: [item] };
const exportedAt = '2026-06-15T00:00:00Z';
describe('bodies', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['no JSON', '{"destination":', 'malformed-json'],
    ['two values', '{} {}', 'malformed-json'],
    ['JavaScript', "{destination:'AE'}", 'malformed-json'],
    ['two byte order marks', `\ufeff\ufeff${JSON.stringify(reservation)}`, 'malformed-json'],
    ['nothing but a byte order mark', '\ufeff', 'malformed-json'],
    [
      'a duplicate member',
      '{"destination":"AE","destination":"SA","items":[{"chip":"nvidia-h100-sxm5","quantity":1}]}',
      'malformed-json',
    ],
    [
      'a duplicate member by another spelling',
      '{"destination":"AE","d\\u0065stination":"SA","items":[{"chip":"nvidia-h100-sxm5","quantity":1}]}',
      'malformed-json',
    ],
    [
      'a duplicate member of an item',
      '{"destination":"AE","items":[{"chip":"nvidia-h100-sxm5","quantity":1,"quantity":2}]}',
      'malformed-json',
    ],
    [
      '__proto__',
      '{"destination":"AE","items":[{"chip":"nvidia-h100-sxm5","quantity":1}],"__proto__":{"exporter":"x"}}',
      'invalid-request',
    ],
    [
      '__proto__ in an item',
      '{"destination":"AE","items":[{"chip":"nvidia-h100-sxm5","quantity":1,"__proto__":{}}]}',
      'invalid-request',
    ],
    ['bytes that are no UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'malformed-json'],
    ['UTF-16', new Uint8Array(Buffer.from(JSON.stringify(reservation), 'utf16le')), 'malformed-json'],
    ['an overlong encoding', Uint8Array.from([0x22, 0xc0, 0xaf, 0x22]), 'malformed-json'],
    ['deep nesting', `{"items":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'malformed-json'],
    ['deep nesting of objects', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 'malformed-json'],
    ['an array', '[]', 'invalid-request'],
    ['text', '"AE"', 'invalid-request'],
    ['null', 'null', 'invalid-request'],
    ['a number', '1', 'invalid-request'],
    ['NaN', '{"destination":NaN}', 'malformed-json'],
    [
      'an infinite quantity',
      '{"destination":"AE","items":[{"chip":"nvidia-h100-sxm5","quantity":1e999}]}',
      'invalid-request',
    ],
    [
      'a total beyond all bounds',
      '{"destination":"AE","items":[{"description":"x","tppPerUnit":9007199254740.991,"quantity":2}]}',
      'invalid-request',
    ],
    ['a NUL', '{"destination":"AE\u0000"}', 'malformed-json'],
    ['nothing', '', 'invalid-request'],
  ])('that are %s are refused', async (_, body, code) => {
    const answer = await ledger.call('POST', '/v1/reservations', {
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(answer.body.detail.length).toBeGreaterThan(10);
  });

  it.each([
    ['of more than 64 kB', 413, 'body-too-large', { body: { ...reservation, reference: 'x'.repeat(65_536) } }],
    [
      'as a form',
      415,
      'unsupported-media-type',
      { body: 'destination=AE', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    ],
    [
      'as text',
      415,
      'unsupported-media-type',
      { body: JSON.stringify(reservation), headers: { 'Content-Type': 'text/plain' } },
    ],
    [
      'as NDJSON',
      415,
      'unsupported-media-type',
      { body: JSON.stringify(reservation), headers: { 'Content-Type': 'application/x-ndjson' } },
    ],
    [
      'without a type',
      415,
      'unsupported-media-type',
      { body: new Uint8Array(Buffer.from(JSON.stringify(reservation))), headers: { 'Content-Type': '' } },
    ],
    [
      'of a broken type',
      415,
      'unsupported-media-type',
      { body: JSON.stringify(reservation), headers: { 'Content-Type': 'json' } },
    ],
    [
      'in Latin-1',
      415,
      'unsupported-media-type',
      { body: JSON.stringify(reservation), headers: { 'Content-Type': 'application/json; charset=iso-8859-1' } },
    ],
    [
      'compressed',
      415,
      'unsupported-media-type',
      { body: JSON.stringify(reservation), headers: { 'Content-Encoding': 'gzip' } },
    ],
  ] as readonly (readonly [string, number, string, CallOptions])[])(
    '%s are refused',
    async (_, status, code, options) => {
      expect(await ledger.call('POST', '/v1/reservations', options)).toMatchObject({ status, body: { code, status } });
    },
  );

  it('may begin with a byte order mark', async () => {
    expect((await ledger.post('/v1/determinations', `\ufeff${JSON.stringify(reservation)}`)).status).toBe(200);
  });

  it('may say that they are UTF-8, in a determination too', async () => {
    const answer = await ledger.post('/v1/determinations', reservation, {
      'Content-Type': 'application/json; charset="UTF-8"',
    });
    expect(answer.status).toBe(200);
  });
});

describe('headers', () => {
  const hold = () => `/v1/reservations/${reservationId}`;

  it.each([
    ['a missing key', '', 'idempotency-key-missing'],
    ['a short key', '1234567', 'idempotency-key-invalid'],
    ['a long key', 'x'.repeat(201), 'idempotency-key-invalid'],
    ['a key beyond ASCII', 'schl\u00fcssel-1', 'idempotency-key-invalid'],
  ])('%s is refused by everything that decides', async (_, key, code) => {
    const headers = { 'Idempotency-Key': key };
    const answers = [
      await ledger.post('/v1/reservations', reservation, headers),
      await ledger.post('/v1/exports', { ...reservation, exportedAt }, headers),
      await ledger.post(`${hold()}/exports`, { exportedAt }, headers),
      await ledger.post(`${hold()}/release`, {}, headers),
      await ledger.post(`/v1/exports/${exportId}/reversal`, { code: 'duplicate', reason: 'x' }, headers),
      await ledger.post('/v1/alerts/none/acknowledgement', {}, headers),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({
        status: 400,
        body: { code, errors: [{ in: 'header', pointer: '/Idempotency-Key' }] },
      });
  });

  it.each(['17', '"x"', '"0" "1"', 'W/0', '"-1"', '"99999999999999999999"'])(
    'If-Match %s is refused',
    async (tag) => {
      const headers = { 'If-Match': tag };
      const answers = [
        await ledger.call('PATCH', hold(), { body: { reference: 'x' }, headers }),
        await ledger.post(`${hold()}/release`, {}, headers),
        await ledger.post(`${hold()}/exports`, { exportedAt }, headers),
      ];
      for (const answer of answers)
        expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'header', pointer: '/If-Match' }] } });
    },
  );

  it.each(['x', '-1', '1.5', '9007199254740993', '0x10'])('Min-Position %s is refused', async (position) => {
    for (const path of [
      '/v1/countries',
      '/v1/countries/AE',
      '/v1/reservations',
      '/v1/exports',
      '/v1/alerts',
      '/v1/events',
      '/v1/lines',
      '/v1/rulebooks',
    ]) {
      expect(await ledger.get(path, { 'Min-Position': position })).toMatchObject({
        status: 400,
        body: { errors: [{ in: 'header', pointer: '/Min-Position' }] },
      });
    }
  });

  it('Accept that rules JSON out is refused, before anything is decided', async () => {
    const headers = { Accept: 'text/html' };
    const answers = [
      await ledger.get('/v1/countries', headers),
      await ledger.post('/v1/reservations', reservation, headers),
      await ledger.get('/v1/chips', headers),
      await ledger.get('/v1/events', headers),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ status: 406, body: { code: 'not-acceptable' } });
  });

  it.each(['x', '-1', '1.5'])('Last-Event-ID %s is refused', async (id) => {
    expect(await ledger.get('/v1/stream', { 'Last-Event-ID': id, Accept: 'text/event-stream' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/Last-Event-ID' }] },
    });
  });

  it('Authorization is taken and has no effect yet', async () => {
    expect((await ledger.post('/v1/determinations', reservation, { Authorization: 'Bearer x' })).status).toBe(200);
  });
});

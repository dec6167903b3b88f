import { LedgerUnderTest, type CallOptions, type Json } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
let reservationId: string;
let etag: string;
let exportId: string;
let head: number;

beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  const held = await ledger.reserve(100);
  reservationId = held.body.id;
  const posted = await ledger.post('/v1/exports', { destination: 'SA', items: [item], exportedAt: '2026-06-01T00:00:00Z' });
  exportId = posted.body.id;
  etag = held.headers.get('etag') ?? '';
  head = await ledger.head();
});
afterAll(() => ledger.stop());

/** Nothing of all this leaves an event. */
afterEach(async () => expect(await ledger.head()).toBe(head));

const item = { chip: 'nvidia-h100-sxm5', quantity: 1 };
const reservation = { destination: 'AE', items: [item] };
const exportedAt = '2026-06-15T00:00:00Z';
const lone = '\ud800';

/** A value that a member must not have, by a name for it. */
type Wrong = readonly [name: string, value: unknown];

const noText: readonly Wrong[] = [['a number', 7], ['null', null], ['true', true], ['empty', ''], ['an array', ['x']], ['an object', { x: 1 }],
  ['too long', 'x'.repeat(501)], ['a control character', 'a\u0007b'], ['a lone surrogate', `a${lone}`]];
const noCountry: readonly Wrong[] = [['a number', 7], ['null', null], ['lower case', 'ae'], ['three letters', 'ARE'], ['empty', ''], ['an array', ['AE']], ['with a space', 'AE ']];
const noTime: readonly Wrong[] = [['a number', 1_781_524_800], ['null', null], ['a day', '2026-12-31'], ['without offset', '2026-12-31T00:00:00'], ['30 February', '2026-02-30T00:00:00Z'],
  ['hour 24', '2026-12-31T24:00:00Z'], ['words', 'tomorrow'], ['empty', ''], ['with a space', '2026-12-31 00:00:00Z'], ['month 13', '2026-13-01T00:00:00Z']];
const noCount: readonly Wrong[] = [['text', '1'], ['null', null], ['zero', 0], ['negative', -1], ['a fraction', 1.5], ['too large', 1_000_000_001], ['beyond all bounds', 1e300], ['true', true], ['an array', [1]]];
const noAmount: readonly Wrong[] = [['text', '1'], ['null', null], ['negative', -1], ['four decimals', 0.0001], ['too large', 9_007_199_254_740.992], ['beyond all bounds', 1e300], ['true', true]];
const noFlag: readonly Wrong[] = [['text', 'true'], ['null', null], ['a number', 1]];

const members: readonly (readonly [where: string, path: readonly (string | number)[], wrong: readonly Wrong[]])[] = [
  ['reservation', ['destination'], [...noCountry, ['missing', undefined]]],
  ['reservation', ['exporter'], noText],
  ['reservation', ['reference'], noText],
  ['reservation', ['route'], [['unknown', 'aeroplane'], ['none', 'none'], ['a number', 1], ['null', null]]],
  ['reservation', ['expiresAt'], noTime],
  ['reservation', ['facts'], [['unknown facts', { colour: 'red' }], ['text', 'x'], ['null', null], ['an array', []]]],
  ['reservation', ['items'], [['missing', undefined], ['empty', []], ['an object', item], ['null', null], ['text', 'x'], ['a hundred and one', Array.from({ length: 101 }, () => item)]]],
  ['reservation', ['items', 0, 'quantity'], [...noCount, ['missing', undefined]]],
  ['reservation', ['items', 0, 'chip'], noText],
  ['reservation', ['items', 0, 'eccn'], [['words', 'the usual'], ['a number', 3], ['null', null], ['empty', '']]],
  ['reservation', ['items', 0, 'datacenter'], noFlag],
  ['described', ['items', 0, 'tppPerUnit'], noAmount],
  ['described', ['items', 0, 'dieAreaMm2'], [['zero', 0], ['negative', -1], ['text', '814'], ['null', null], ['too large', 1e9]]],
  ['described', ['items', 0, 'description'], noText],
  ['consigned', ['ultimateConsignee'], [['text', 'Falcon'], ['null', null], ['an array', []], ['empty', {}]]],
  ['consigned', ['ultimateConsignee', 'name'], [...noText, ['missing', undefined]]],
  ['consigned', ['ultimateConsignee', 'country'], noCountry],
  ['consigned', ['ultimateConsignee', 'ultimateParent', 'headquarters'], noCountry],
  ['reservation', ['colour'], [['unknown', 'red']]],
  ['reservation', ['items', 0, 'price'], [['unknown', 1]]],
  ['consigned', ['ultimateConsignee', 'colour'], [['unknown', 'red']]],
  ['reservation', ['hasOwnProperty'], [['unknown', 1]]],
  ['reservation', ['constructor'], [['unknown', { prototype: {} }]]],
  ['reservation', ['id'], [['unknown', 'x']]],
  ['direct export', ['exportedAt'], [...noTime, ['missing', undefined]]],
  ['direct export', ['itn'], noText],
  ['direct export', ['final'], [['unknown there', true]]],
  ['export of a hold', ['exportedAt'], [...noTime, ['missing', undefined]]],
  ['export of a hold', ['tpp'], [...noAmount, ['zero', 0]]],
  ['export of a hold', ['final'], noFlag],
  ['export of a hold', ['items'], [['empty', []], ['null', null], ['text', 'x']]],
  ['export of a hold', ['destination'], [['unknown there', 'AE']]],
  ['amendment', ['items'], [['empty', []], ['null', null]]],
  ['amendment', ['expiresAt'], noTime],
  ['amendment', ['reference'], noText.filter(([name]) => name !== 'null')],
  ['amendment', ['destination'], [['unknown there', 'SA']]],
  ['release', ['reason'], noText],
  ['release', ['why'], [['unknown', 'x']]],
  ['reversal', ['code'], [['unknown', 'regretted'], ['missing', undefined], ['null', null], ['a number', 1]]],
  ['reversal', ['reason'], [...noText, ['missing', undefined]]],
  ['acknowledgement', ['by'], [['unknown', 'me']]],
];

const described = { destination: 'AE', items: [{ description: 'board', tppPerUnit: 5000, quantity: 1 }] };
const consigned = { ...reservation, ultimateConsignee: { name: 'A', country: 'AE', headquarters: 'AE', ultimateParent: { name: 'B', headquarters: 'AE' } } };

function target(where: string): readonly [method: string, path: string, body: Json, headers?: Record<string, string>] {
  switch (where) {
    case 'reservation': return ['POST', '/v1/reservations', reservation];
    case 'described': return ['POST', '/v1/reservations', described];
    case 'consigned': return ['POST', '/v1/reservations', consigned];
    case 'direct export': return ['POST', '/v1/exports', { ...reservation, exportedAt }];
    case 'export of a hold': return ['POST', `/v1/reservations/${reservationId}/exports`, { exportedAt }];
    case 'amendment': return ['PATCH', `/v1/reservations/${reservationId}`, { reference: 'x' }, { 'If-Match': etag }];
    case 'release': return ['POST', `/v1/reservations/${reservationId}/release`, {}];
    case 'reversal': return ['POST', `/v1/exports/${exportId}/reversal`, { code: 'duplicate', reason: 'x' }];
    case 'acknowledgement': return ['POST', '/v1/alerts/none/acknowledgement', {}];
    default: throw new Error(where);
  }
}

function changed(body: Json, path: readonly (string | number)[], value: unknown): Json {
  const copy = structuredClone(body) as Record<string, unknown>;
  const at = path.slice(0, -1).reduce<Record<string, unknown>>((inner, name) => inner[name] as Record<string, unknown>, copy);
  const last = path.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

const cases = members.flatMap(([where, path, wrong]) => wrong.map(([name, value]) => ({ where, path, name, value, pointer: `/${path.join('/')}` })));

describe('members of bodies', () => {
  it('are more than a hundred and fifty ways to be wrong', () => expect(cases.length).toBeGreaterThan(150));

  it.each(cases)('$where: $pointer that is $name', async ({ where, path, value, pointer }) => {
    const [method, url, body, headers = {}] = target(where);
    const answer = await ledger.call(method, url, { body: changed(body, path, value), headers });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request', status: 400 } });
    const pointers = answer.body.errors.map((fault) => fault.pointer) as string[];
    expect(pointers.some((found) => found.startsWith(pointer))).toBe(true);
    expect(answer.body.errors.every(({ message }) => message.length > 5)).toBe(true);
  });

  it('and the determination refuses the same', async () => {
    for (const { where, path, value } of cases.filter((one) => ['reservation', 'described', 'consigned'].includes(one.where))) {
      const { status } = await ledger.post('/v1/determinations', changed(target(where)[2], path, value));
      expect({ where, path, status }).toEqual({ where, path, status: 400 });
    }
  });
});

describe('bodies', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['no JSON', '{"destination":', 'malformed-json'],
    ['two values', '{} {}', 'malformed-json'],
    ['JavaScript', "{destination:'AE'}", 'malformed-json'],
    ['a byte order mark', `\ufeff${JSON.stringify(reservation)}`, 'malformed-json'],
    ['a duplicate member', '{"destination":"AE","destination":"SA","items":[{"chip":"nvidia-h100-sxm5","quantity":1}]}', 'malformed-json'],
    ['a duplicate member by another spelling', '{"destination":"AE","d\\u0065stination":"SA","items":[{"chip":"nvidia-h100-sxm5","quantity":1}]}', 'malformed-json'],
    ['a duplicate member of an item', '{"destination":"AE","items":[{"chip":"nvidia-h100-sxm5","quantity":1,"quantity":2}]}', 'malformed-json'],
    ['__proto__', '{"destination":"AE","items":[{"chip":"nvidia-h100-sxm5","quantity":1}],"__proto__":{"exporter":"x"}}', 'invalid-request'],
    ['__proto__ in an item', '{"destination":"AE","items":[{"chip":"nvidia-h100-sxm5","quantity":1,"__proto__":{}}]}', 'invalid-request'],
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
    ['an infinite quantity', '{"destination":"AE","items":[{"chip":"nvidia-h100-sxm5","quantity":1e999}]}', 'invalid-request'],
    ['a total beyond all bounds', '{"destination":"AE","items":[{"description":"x","tppPerUnit":9007199254740.991,"quantity":2}]}', 'invalid-request'],
    ['a NUL', '{"destination":"AE\u0000"}', 'malformed-json'],
    ['nothing', '', 'invalid-request'],
  ])('that are %s are refused', async (_, body, code) => {
    const answer = await ledger.call('POST', '/v1/reservations', { body, headers: { 'Content-Type': 'application/json' } });
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(answer.body.detail.length).toBeGreaterThan(10);
  });

  it.each([
    ['of more than 64 kB', 413, 'body-too-large', { body: { ...reservation, reference: 'x'.repeat(65_536) } }],
    ['as a form', 415, 'unsupported-media-type', { body: 'destination=AE', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
    ['as text', 415, 'unsupported-media-type', { body: JSON.stringify(reservation), headers: { 'Content-Type': 'text/plain' } }],
    ['as NDJSON', 415, 'unsupported-media-type', { body: JSON.stringify(reservation), headers: { 'Content-Type': 'application/x-ndjson' } }],
    ['without a type', 415, 'unsupported-media-type', { body: new Uint8Array(Buffer.from(JSON.stringify(reservation))), headers: { 'Content-Type': '' } }],
    ['of a broken type', 415, 'unsupported-media-type', { body: JSON.stringify(reservation), headers: { 'Content-Type': 'json' } }],
    ['in Latin-1', 415, 'unsupported-media-type', { body: JSON.stringify(reservation), headers: { 'Content-Type': 'application/json; charset=iso-8859-1' } }],
    ['compressed', 415, 'unsupported-media-type', { body: JSON.stringify(reservation), headers: { 'Content-Encoding': 'gzip' } }],
  ] as readonly (readonly [string, number, string, CallOptions])[])('%s are refused', async (_, status, code, options) => {
    expect(await ledger.call('POST', '/v1/reservations', options)).toMatchObject({ status, body: { code, status } });
  });

  it('may say that they are UTF-8, in a determination too', async () => {
    const answer = await ledger.post('/v1/determinations', reservation, { 'Content-Type': 'application/json; charset="UTF-8"' });
    expect(answer.status).toBe(200);
  });
});

describe('headers', () => {
  const hold = () => `/v1/reservations/${reservationId}`;

  it.each([
    ['a missing key', '', 'idempotency-key-missing'], ['a short key', '1234567', 'idempotency-key-invalid'], ['a long key', 'x'.repeat(201), 'idempotency-key-invalid'],
    ['a key beyond ASCII', 'schl\u00fcssel-1', 'idempotency-key-invalid'],
  ])('%s is refused by everything that decides', async (_, key, code) => {
    const headers = { 'Idempotency-Key': key };
    const answers = [
      await ledger.post('/v1/reservations', reservation, headers), await ledger.post('/v1/exports', { ...reservation, exportedAt }, headers),
      await ledger.post(`${hold()}/exports`, { exportedAt }, headers), await ledger.post(`${hold()}/release`, {}, headers),
      await ledger.post(`/v1/exports/${exportId}/reversal`, { code: 'duplicate', reason: 'x' }, headers), await ledger.post('/v1/alerts/none/acknowledgement', {}, headers),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ status: 400, body: { code, errors: [{ in: 'header', pointer: '/Idempotency-Key' }] } });
  });

  it.each(['17', 'W/"0"', '"x"', '"0", "1"', '"-1"', '"99999999999999999999"'])('If-Match %s is refused', async (tag) => {
    const headers = { 'If-Match': tag };
    const answers = [await ledger.call('PATCH', hold(), { body: { reference: 'x' }, headers }), await ledger.post(`${hold()}/release`, {}, headers), await ledger.post(`${hold()}/exports`, { exportedAt }, headers)];
    for (const answer of answers) expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'header', pointer: '/If-Match' }] } });
  });

  it.each(['x', '-1', '1.5', '9007199254740993', '0x10'])('Min-Position %s is refused', async (position) => {
    for (const path of ['/v1/countries', '/v1/countries/AE', '/v1/reservations', '/v1/exports', '/v1/alerts', '/v1/events', '/v1/lines', '/v1/rulebooks']) {
      expect(await ledger.get(path, { 'Min-Position': position })).toMatchObject({ status: 400, body: { errors: [{ in: 'header', pointer: '/Min-Position' }] } });
    }
  });

  it('Accept that rules JSON out is refused, before anything is decided', async () => {
    const headers = { Accept: 'text/html' };
    const answers = [await ledger.get('/v1/countries', headers), await ledger.post('/v1/reservations', reservation, headers), await ledger.get('/v1/chips', headers), await ledger.get('/v1/events', headers)];
    for (const answer of answers) expect(answer).toMatchObject({ status: 406, body: { code: 'not-acceptable' } });
  });

  it.each(['x', '-1', '1.5'])('Last-Event-ID %s is refused', async (id) => {
    expect(await ledger.get('/v1/stream', { 'Last-Event-ID': id, Accept: 'text/event-stream' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/Last-Event-ID' }] } });
  });

  it('Authorization is taken and has no effect yet', async () => {
    expect((await ledger.post('/v1/determinations', reservation, { Authorization: 'Bearer x' })).status).toBe(200);
  });
});

describe('queries', () => {
  it.each([
    ['/v1/reservations?limit=0', '/limit'], ['/v1/reservations?limit=201', '/limit'], ['/v1/reservations?limit=x', '/limit'], ['/v1/reservations?limit=', '/limit'],
    ['/v1/reservations?limit=1&limit=2', '/limit'], ['/v1/reservations?limit=1.5', '/limit'], ['/v1/reservations?limit=%2B1', '/limit'],
    ['/v1/reservations?status=lost', '/status'], ['/v1/reservations?destination=ae', '/destination'], ['/v1/reservations?colour=red', '/colour'],
    ['/v1/reservations?cursor=', '/cursor'], ['/v1/reservations?__proto__=1', '/__proto__'], ['/v1/reservations?limit[]=1', '/limit[]'],
    ['/v1/exports?status=lost', '/status'], ['/v1/exports?colour=red', '/colour'], ['/v1/exports?destination=7', '/destination'],
    ['/v1/countries?status=lost', '/status'], ['/v1/countries?group=friends', '/group'], ['/v1/countries?asOf=yesterday', '/asOf'], ['/v1/countries?asOf=2026-02-30T00:00:00Z', '/asOf'],
    ['/v1/countries?atPosition=-1', '/atPosition'], ['/v1/countries?atPosition=x', '/atPosition'], ['/v1/countries?limit=1', '/limit'],
    ['/v1/countries/AE?asOf=1', '/asOf'], ['/v1/countries/AE?colour=red', '/colour'],
    ['/v1/countries/AE/history?interval=year', '/interval'], ['/v1/countries/AE/history?from=2026', '/from'], ['/v1/countries/AE/history?to=2026-02-30', '/to'],
    ['/v1/countries/AE/history?from=1900-01-01', '/from'], ['/v1/countries/AE/events?limit=999', '/limit'],
    ['/v1/lines?kind=train', '/kind'], ['/v1/lines/country:AE?x=1', '/x'], ['/v1/chips?x=1', '/x'], ['/v1/rulebooks?x=1', '/x'],
    ['/v1/alerts?level=high', '/level'], ['/v1/alerts?state=ajar', '/state'], ['/v1/alerts?country=uae', '/country'],
    ['/v1/events?from=x', '/from'], ['/v1/events?from=-1', '/from'], ['/v1/events?type=', '/type'], ['/v1/events?colour=red', '/colour'],
    ['/v1/stream?types=noise', '/types'], ['/v1/stream?country=uae', '/country'], ['/livez?x=1', '/x'], ['/readyz?x=1', '/x'], ['/metrics?x=1', '/x'],
  ])('%s is refused', async (path, pointer) => {
    const headers: Record<string, string> = path.startsWith('/v1/stream') ? { Accept: 'text/event-stream' } : {};
    const answer = await ledger.get(path, headers);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request', errors: [{ in: 'query', pointer }] } });
  });

  it.each(['/v1/reservations', '/v1/exports', '/v1/lines', '/v1/alerts', '/v1/events', '/v1/countries/AE/events'])('%s takes no cursor of its caller\'s making', async (path) => {
    for (const cursor of ['x', 'PDA', '!!!', '99999999999999999999', Buffer.from('<1; drop').toString('base64url')]) {
      expect(await ledger.get(`${path}?cursor=${encodeURIComponent(cursor)}`)).toMatchObject({ status: 400, body: { code: 'invalid-cursor', errors: [{ pointer: '/cursor' }] } });
    }
  });

  it('are refused by everything that decides', async () => {
    for (const path of ['/v1/reservations', '/v1/exports', '/v1/determinations', `/v1/reservations/${reservationId}/release`, '/v1/reservations/bulk']) {
      expect(await ledger.post(`${path}?dry=1`, reservation)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/dry' }] } });
    }
  });
});

describe('paths', () => {
  it.each(['/v1', '/v1/', '/v2/reservations', '/v1/reservations/', '/v1//reservations', '/v1/Reservations', '/.env', '/v1/reservations/a/b/c', '/docs/../package.json', '/docs/%2e%2e%2fpackage.json', '/problems/nonsense'])(
    '%s is nothing', async (path) => {
      const answer = await ledger.get(path);
      expect([answer.status, answer.body.status]).toEqual([404, 404]);
    });

  it.each([['/v1/reservations/%', 400, 'malformed-url'], ['/v1/reservations/%ff', 400, 'malformed-url'], ['/v1/countries/%E0%A4', 400, 'malformed-url'], [`/v1/reservations/${'x'.repeat(300)}`, 414, 'uri-too-long']])(
    '%s is answered with %d', async (path, status, code) => {
      expect(await ledger.get(path)).toMatchObject({ status, body: { code } });
    });

  it.each([
    ['DELETE', '/v1/reservations', 'GET, HEAD, POST'], ['PUT', '/v1/reservations/x', 'GET, HEAD, PATCH'], ['GET', '/v1/reservations/x/release', 'POST'], ['POST', '/v1/countries', 'GET, HEAD'],
    ['PATCH', '/v1/exports/x', 'GET, HEAD'], ['DELETE', '/livez', 'GET, HEAD'], ['OPTIONS', '/v1/chips', 'GET, HEAD'], ['PUT', '/v1/reservations/bulk', 'POST'], ['POST', '/', 'GET, HEAD'],
  ])('%s %s is not allowed and says what is', async (method, path, allow) => {
    const answer = await ledger.call(method, path);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 405, code: 'method-not-allowed' });
    for (const one of allow.split(', ')) expect(answer.headers.get('allow')?.split(', ')).toContain(one);
  });
});

import type { AnswerBody } from './answer.js';
import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const nfc = 'Soci\u00e9t\u00e9 Puces';
const nfd = 'Socie\u0301te\u0301 Puces';
const spellings = [nfc, nfd, `${nfc} `, 'Soci\u00e9t\u00e9 \u00a0 Puces', `\u3000${nfd}`];
const item = { chip: 'nvidia-h100-sxm5', quantity: 5 };
const exportedAt = '2026-06-01T00:00:00Z';

describe('one order, with its exporter in several spellings', () => {
  it.each<[string, string, object]>([
    ['reservation', '/v1/reservations', { destination: 'CL', items: [item] }],
    ['direct export', '/v1/exports', { destination: 'PE', items: [item], exportedAt }],
    [
      'export of weights',
      '/v1/weight-exports',
      { weights: { published: true }, consignee: { name: nfd, country: 'GB', headquarters: 'GB', ultimateParent: 'none' }, exportedAt },
    ],
  ])('is one %s', async (_, path, body) => {
    const key = { 'Idempotency-Key': 'po-2026-000117 '.concat(path) };
    const head = await ledger.head();
    const answers = [];
    for (const exporter of spellings) answers.push(await ledger.post(path, { ...body, exporter }, key));
    expect(answers.map(({ status }) => status)).toEqual(spellings.map(() => 201));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ exporter: nfc });
    expect(answers.slice(1).map(({ headers }) => headers.get('idempotency-replayed'))).toEqual(['true', 'true', 'true', 'true']);
    expect(await ledger.head()).toBe(head + 1);
    await ledger.restart();
    expect((await ledger.post(path, { ...body, exporter: nfd }, key)).text).toBe(answers[0]?.text);
    for (const exporter of spellings) {
      const { body: page } = await ledger.get(`${path}?exporter=${encodeURIComponent(exporter)}`);
      expect(page.items).toHaveLength(1);
    }
  });

  it('is one line of a bulk request, and the same request as a single one', async () => {
    const idempotencyKey = 'po-2026-000118';
    const lines = spellings.map((exporter) => JSON.stringify({ idempotencyKey, destination: 'UY', items: [item], exporter }));
    const headers = { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': '' };
    const { text } = await ledger.post('/v1/reservations/bulk', lines.join('\n'), headers);
    const answers = text.trim().split('\n').map((answer) => JSON.parse(answer) as { status: number; body: AnswerBody; replayed?: true });
    expect(answers.map(({ status, replayed = false }) => [status, replayed])).toEqual(spellings.map((_, at) => [201, at > 0]));
    const single = await ledger.post('/v1/reservations', { destination: 'UY', items: [item], exporter: nfd }, { 'Idempotency-Key': idempotencyKey });
    expect(single.body).toEqual(answers[0]?.body);
    expect((await ledger.get('/v1/countries/UY')).body).toMatchObject({ reserved: 5 * 15_832, openReservations: 1 });
  });

  it('is one row of a report', async () => {
    for (const [n, exporter] of spellings.entries())
      expect((await ledger.reserve(n + 1, { destination: 'OM', exporter })).status).toBe(201);
    for (const exporter of spellings) {
      const { body } = await ledger.get(`/v1/reports/licence-usage?country=OM&exporter=${encodeURIComponent(exporter)}`);
      expect(body['rows']).toMatchObject([{ exporter: nfc, licences: 5, licensedTpp: 15 * 15_832 }]);
    }
  });

  it('is another order with other words', async () => {
    const key = { 'Idempotency-Key': 'po-2026-000119' };
    const reference = 'a  b';
    const first = await ledger.reserve(1, { destination: 'KW', exporter: nfc, reference }, key);
    expect(first.body).toMatchObject({ reference });
    const other = await ledger.reserve(1, { destination: 'KW', exporter: nfd, reference: 'a b' }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });
});

describe('the name of a company', () => {
  it('is registered in its normal form, and a retry in another spelling is the same request', async () => {
    const key = { 'Idempotency-Key': 'register-puces' };
    const first = await ledger.post('/v1/companies', { name: ` ${nfd}`, aliases: ['Puces  SA'] }, key);
    expect(first).toMatchObject({ status: 201, body: { name: nfc, aliases: ['Puces SA'] } });
    const again = await ledger.post('/v1/companies', { name: nfc, aliases: ['Puces SA'] }, key);
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
  });
});

describe('a format character', () => {
  it.each(['\u200b', '\u202e', '\ufeff', '\u00ad'])('is refused and named wherever a text names or describes something: %j', async (character) => {
    const text = `ac${character}me`;
    const shipment = { destination: 'AE', items: [item] };
    const asked: readonly [string, string, object?][] = [
      ['POST', '/v1/reservations', { ...shipment, exporter: text }],
      ['POST', '/v1/reservations', { ...shipment, reference: text }],
      ['POST', '/v1/reservations', { ...shipment, ultimateConsignee: { name: text } }],
      ['POST', '/v1/reservations', { ...shipment, items: [{ description: text, tppPerUnit: 1, quantity: 1 }] }],
      ['POST', '/v1/reservations', { ...shipment, facts: { operator: { name: text } } }],
      ['POST', '/v1/exports', { ...shipment, exportedAt, itn: text }],
      ['POST', '/v1/companies', { name: text }],
      ['POST', '/v1/companies', { name: 'Acme', aliases: [text] }],
      ['GET', `/v1/reservations?exporter=${encodeURIComponent(text)}`],
      ['GET', `/v1/obligations?party=${encodeURIComponent(text)}`],
      ['GET', `/v1/reports/licence-usage?exporter=${encodeURIComponent(text)}`],
    ];
    const head = await ledger.head();
    for (const [method, path, body] of asked) {
      const answer = await ledger.call(method, path, body === undefined ? {} : { body });
      expect({ path, status: answer.status }).toEqual({ path, status: 400 });
      expect(answer.body.detail).toContain('format characters: it has U+');
    }
    expect(await ledger.head()).toBe(head);
  });
});

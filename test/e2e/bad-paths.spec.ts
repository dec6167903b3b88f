import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
let reservationId: string;
let head: number;

beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  const held = await ledger.reserve(100);
  reservationId = held.body.id;
  head = await ledger.head();
});
afterAll(() => ledger.stop());

/** Nothing of all this leaves an event. */
afterEach(async () => expect(await ledger.head()).toBe(head));

const item = { chip: 'nvidia-h100-sxm5', quantity: 1 };
const reservation = { destination: 'AE', items: [item] };
describe('queries', () => {
  it.each([
    ['/v1/reservations?limit=0', '/limit'],
    ['/v1/reservations?limit=201', '/limit'],
    ['/v1/reservations?limit=x', '/limit'],
    ['/v1/reservations?limit=', '/limit'],
    ['/v1/reservations?limit=1&limit=2', '/limit'],
    ['/v1/reservations?limit=1.5', '/limit'],
    ['/v1/reservations?limit=%2B1', '/limit'],
    ['/v1/reservations?status=lost', '/status'],
    ['/v1/reservations?destination=ae', '/destination'],
    ['/v1/reservations?destination=ZZ', '/destination'],
    ['/v1/reservations?line=nothing', '/line'],
    ['/v1/reservations?line=country:ZZ', '/line'],
    ['/v1/reservations?colour=red', '/colour'],
    ['/v1/reservations?cursor=', '/cursor'],
    ['/v1/reservations?__proto__=1', '/__proto__'],
    ['/v1/reservations?limit[]=1', '/limit[]'],
    ['/v1/exports?status=lost', '/status'],
    ['/v1/exports?colour=red', '/colour'],
    ['/v1/exports?destination=7', '/destination'],
    ['/v1/exports?line=lpp:falcon', '/line'],
    ['/v1/exports?reservationId=1', '/reservationId'],
    ['/v1/countries?status=lost', '/status'],
    ['/v1/countries?group=friends', '/group'],
    ['/v1/countries?asOf=yesterday', '/asOf'],
    ['/v1/countries?asOf=2026-02-30T00:00:00Z', '/asOf'],
    ['/v1/countries?atPosition=-1', '/atPosition'],
    ['/v1/countries?atPosition=x', '/atPosition'],
    ['/v1/countries?limit=1', '/limit'],
    ['/v1/countries/AE?asOf=1', '/asOf'],
    ['/v1/countries/AE?colour=red', '/colour'],
    ['/v1/countries/AE/history?interval=year', '/interval'],
    ['/v1/countries/AE/history?from=2026', '/from'],
    ['/v1/countries/AE/history?to=2026-02-30', '/to'],
    ['/v1/countries/AE/history?from=1900-01-01', '/from'],
    ['/v1/countries/AE/events?limit=999', '/limit'],
    ['/v1/lines?kind=train', '/kind'],
    ['/v1/lines/country:AE?x=1', '/x'],
    ['/v1/chips?x=1', '/x'],
    ['/v1/rulebooks?x=1', '/x'],
    ['/v1/alerts?level=high', '/level'],
    ['/v1/alerts?state=ajar', '/state'],
    ['/v1/alerts?country=uae', '/country'],
    ['/v1/alerts?country=ZZ', '/country'],
    ['/v1/companies?headquarters=ZZ', '/headquarters'],
    ['/v1/authorisations?country=ZZ', '/country'],
    ['/v1/reports/licence-usage?country=ZZ', '/country'],
    ['/v1/chips?vendor=nobody', '/vendor'],
    ['/v1/chips?eccn=nothing', '/eccn'],
    ['/v1/events?from=x', '/from'],
    ['/v1/events?from=-1', '/from'],
    ['/v1/events?type=', '/type'],
    ['/v1/events?colour=red', '/colour'],
    ['/v1/stream?types=noise', '/types'],
    ['/v1/stream?country=uae', '/country'],
    ['/v1/stream?country=ZZ', '/country'],
    ['/livez?x=1', '/x'],
    ['/readyz?x=1', '/x'],
    ['/metrics?x=1', '/x'],
  ])('%s is refused', async (path, pointer) => {
    const headers: Record<string, string> = path.startsWith('/v1/stream') ? { Accept: 'text/event-stream' } : {};
    const answer = await ledger.get(path, headers);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ in: 'query', pointer }] },
    });
  });

  it.each(['/v1/reservations', '/v1/exports', '/v1/lines', '/v1/alerts', '/v1/obligations', '/v1/events', '/v1/countries/AE/events'])(
    "%s takes no cursor of its caller's making",
    async (path) => {
      for (const cursor of ['x', 'PDA', '!!!', '99999999999999999999', Buffer.from('<1; drop').toString('base64url')]) {
        expect(await ledger.get(`${path}?cursor=${encodeURIComponent(cursor)}`)).toMatchObject({
          status: 400,
          body: { code: 'invalid-cursor', errors: [{ pointer: '/cursor' }] },
        });
      }
    },
  );

  it('are refused by everything that decides', async () => {
    for (const path of [
      '/v1/reservations',
      '/v1/exports',
      '/v1/determinations',
      `/v1/reservations/${reservationId}/release`,
      '/v1/reservations/bulk',
    ]) {
      expect(await ledger.post(`${path}?dry=1`, reservation)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/dry' }] },
      });
    }
  });
});

describe('paths', () => {
  it.each([
    '/v1',
    '/v1/',
    '/v2/reservations',
    '/v1/reservations/',
    '/v1//reservations',
    '/v1/Reservations',
    '/.env',
    '/v1/reservations/a/b/c',
    '/docs/../package.json',
    '/docs/%2e%2e%2fpackage.json',
    '/problems/nonsense',
  ])('%s is nothing', async (path) => {
    const answer = await ledger.get(path);
    expect([answer.status, answer.body.status]).toEqual([404, 404]);
  });

  it.each([
    ['/v1/reservations/%', 400, 'malformed-url'],
    ['/v1/reservations/%ff', 400, 'malformed-url'],
    ['/v1/countries/%E0%A4', 400, 'malformed-url'],
    [`/v1/reservations/${'x'.repeat(300)}`, 414, 'uri-too-long'],
  ])('%s is answered with %d', async (path, status, code) => {
    expect(await ledger.get(path)).toMatchObject({ status, body: { code } });
  });

  it.each([
    ['DELETE', '/v1/reservations', 'GET, HEAD, POST'],
    ['PUT', '/v1/reservations/x', 'GET, HEAD, PATCH'],
    ['GET', '/v1/reservations/x/release', 'POST'],
    ['POST', '/v1/countries', 'GET, HEAD'],
    ['PATCH', '/v1/exports/x', 'GET, HEAD'],
    ['DELETE', '/livez', 'GET, HEAD'],
    ['OPTIONS', '/v1/chips', 'GET, HEAD'],
    ['PUT', '/v1/reservations/bulk', 'POST'],
    ['POST', '/', 'GET, HEAD'],
  ])('%s %s is not allowed and says what is', async (method, path, allow) => {
    const answer = await ledger.call(method, path);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 405, code: 'method-not-allowed' });
    for (const one of allow.split(', ')) expect(answer.headers.get('allow')?.split(', ')).toContain(one);
  });
});

import { LedgerUnderTest } from './ledger-under-test.js';

const dayMs = 86_400_000;
let ledger: LedgerUnderTest;
/** A reservation a day, of 400 H100 each (6,332,800 TPP), for 45 days; then it is 30 July, and 505 million TPP are left. */
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  for (let day = 0; day < 45; day += 1) {
    expect((await ledger.reserve(400, { destination: 'AE' })).status).toBe(201);
    ledger.now += dayMs;
  }
});
afterAll(() => ledger.stop());

const perDay = 45 * 400 * 15_832 / 90;
const left = 790_000_000 - 45 * 400 * 15_832;

describe('the forecast of a country', () => {
  it('is the day on which the rest is used up at the mean rate of 90 days, with an interval', async () => {
    const { status, body } = await ledger.get('/v1/countries/AE/forecast');
    expect(status).toBe(200);
    expect(body).toMatchObject({ line: 'country:AE', asOf: '2026-07-30', windowDays: 90, reason: null });
    expect(body['burnPerDay']).toEqual({ d30: Math.round((400 * 15_832_000 * 29) / 30) / 1000, d90: perDay });
    const expected = new Date(Date.parse('2026-07-30') + Math.ceil(left / perDay) * dayMs).toISOString().slice(0, 10);
    expect(body['exhaustedOn']).toMatchObject({ expected });
    const { exhaustedOn } = body as unknown as { readonly exhaustedOn: { readonly from: string; readonly to: string } };
    expect(exhaustedOn.from < expected && expected < exhaustedOn.to).toBe(true);
    expect((await ledger.get('/v1/lines/country:AE/forecast')).body).toEqual(body);
    expect((await ledger.get('/v1/countries/AE?include=forecast')).body).toMatchObject({ burnPerDay: body['burnPerDay'], forecast: { exhaustedOn: body['exhaustedOn'], criticalOn: body['criticalOn'] } });
  });

  it('is no part of a view that does not include it', async () => {
    expect((await ledger.get('/v1/countries/AE')).body).toMatchObject({ forecast: null });
  });

  it('as it would have been made then is the same as the one made then', async () => {
    const now = await ledger.get('/v1/countries/AE/forecast');
    const then = new Date(ledger.now).toISOString();
    ledger.now += 1_000;
    await ledger.reserve(9_000, { destination: 'AE' });
    ledger.now += 3_600_000;
    // Recorded later, for a day before: it was not known then.
    expect((await ledger.post('/v1/exports', { destination: 'AE', exporter: 'acme-semi', exportedAt: '2026-07-01T00:00:00Z', items: [{ chip: 'nvidia-h100-sxm5', quantity: 5_000 }] })).status).toBe(201);
    expect((await ledger.get('/v1/countries/AE/forecast')).body).not.toEqual(now.body);
    expect((await ledger.get(`/v1/countries/AE/forecast?asOf=${then}`)).body).toEqual(now.body);
  });

  it.each([
    ['DE', 'no-cap'],
    ['CN', 'no-cap'],
    ['IN', 'not-used'],
  ])('of %s is none, because of %s', async (country, reason) => {
    expect((await ledger.get(`/v1/countries/${country}/forecast`)).body).toMatchObject({ exhaustedOn: null, reason });
  });

  it('of a line or at a time that cannot be is refused', async () => {
    expect((await ledger.get('/v1/countries/ZZ/forecast')).body).toMatchObject({ status: 404, code: 'country-not-found' });
    expect((await ledger.get('/v1/lines/lpp:nobody:2026/forecast')).body).toMatchObject({ status: 404, code: 'line-not-found' });
    expect((await ledger.get('/v1/countries/AE/forecast?asOf=2027-01-01T00:00:00Z')).body).toMatchObject({ status: 400 });
  });
});

describe('all countries', () => {
  it('have forecasts and what was left of late where they are asked for', async () => {
    interface View { readonly country: string; readonly available: number | null; readonly forecast: unknown; readonly recent?: { readonly from: string; readonly available: readonly (number | null)[] } }
    const list = async (query: string): Promise<readonly View[]> => (await ledger.get(`/v1/countries${query}`)).body['countries'] as unknown as readonly View[];
    const all = await list('?include=forecast,recent');
    const forecast = (await ledger.get('/v1/countries/AE/forecast')).body;
    expect(all).toHaveLength(250);
    for (const { recent, available } of all) expect([recent?.from, recent?.available.length, recent?.available.at(-1)]).toEqual(['2026-05-02', 90, available]);
    const emirates = all.find(({ country }) => country === 'AE');
    expect(emirates).toMatchObject({ burnPerDay: forecast['burnPerDay'], pace: forecast['pace'], forecast: { exhaustedOn: forecast['exhaustedOn'] } });
    // 15 June was the first day with use: the 45th of the ninety.
    expect(emirates?.recent?.available.slice(43, 46)).toEqual([790_000_000, 790_000_000 - 6_332_800, 790_000_000 - 2 * 6_332_800]);
    expect((await list('')).find(({ country }) => country === 'AE')).not.toHaveProperty('burnPerDay');
    const past = await list('?include=forecast,recent&asOf=2026-07-01T00:00:00Z');
    const then = (await ledger.get('/v1/countries/AE/forecast?asOf=2026-07-01T00:00:00Z')).body;
    expect(past.find(({ country }) => country === 'AE')).toMatchObject({ burnPerDay: then['burnPerDay'], forecast: { exhaustedOn: then['exhaustedOn'] } });
    expect((await ledger.get('/v1/countries?include=colour')).body).toMatchObject({ status: 400 });
  });

  it('have a summary', async () => {
    const { body } = await ledger.get('/v1/summary');
    const view = (await ledger.get('/v1/countries/AE')).body;
    const emirates = { country: 'AE', name: 'United Arab Emirates', available: view['available'] };
    expect(body).toMatchObject({ inUse: 1, heldTpp: view['reserved'], exportedTpp: view['exported'], nextExhaustions: [{ ...emirates, exhaustedOn: { expected: expect.any(String) } }] });
    expect(Object.values(body['statuses'] as Record<string, number>).reduce((sum, each) => sum + each, 0)).toBe(250);
    expect((await ledger.get('/v1/summary?asOf=2026-06-01T00:00:00Z')).body).toMatchObject({ inUse: 0, heldTpp: 0, nextExhaustions: [] });
  });
});

describe('the explanation of a figure', () => {
  it('sums up to the figure, now and at a position, and links to its events', async () => {
    interface Explained { readonly total: number; readonly position: string; readonly terms: readonly { readonly tpp: number; readonly count: number; readonly events: string | null }[] }
    const explain = async (query: string): Promise<Explained> => (await ledger.get(`/v1/lines/country:AE/explanation${query}`)).body as unknown as Explained;
    const view = (await ledger.get('/v1/countries/AE')).body;
    for (const figure of ['allocation', 'reserved', 'exported', 'available']) {
      const { total, terms } = await explain(`?figure=${figure}`);
      expect([figure, total]).toEqual([figure, view[figure]]);
      expect(Math.round(terms.reduce((sum, { tpp }) => sum + tpp, 0))).toBe(Math.round(total));
      for (const { events, count } of terms) {
        if (events !== null) expect((await ledger.get(`${events}&limit=200`)).body.items).toHaveLength(count);
      }
    }
    const then = (await ledger.get('/v1/countries/AE?atPosition=20')).body;
    expect(await explain('?figure=reserved&atPosition=20')).toMatchObject({ total: then['reserved'], position: '20' });
    expect((await ledger.get('/v1/lines/country:AE/explanation?figure=colour')).body).toMatchObject({ status: 400 });
    expect((await ledger.get('/v1/lines/country:AE/explanation?atPosition=999999')).body).toMatchObject({ code: 'position-unknown' });
  });
});

describe('the events of a line', () => {
  it('up to a position are those, page by page', async () => {
    const positions = async (query: string): Promise<readonly number[]> => (await ledger.get(`/v1/lines/country:AE/events?${query}`)).body.items.map(({ position }) => Number(position));
    const all = await positions('limit=200');
    for (const until of [all[0], all[7], (all[7] ?? 0) + 1, all.at(-1), (all.at(-1) ?? 0) - 1]) {
      expect(await positions(`limit=200&until=${until}`)).toEqual(all.filter((position) => position <= (until ?? 0)));
    }
    const { nextCursor } = (await ledger.get(`/v1/lines/country:AE/events?limit=3&until=${all[5]}`)).body as unknown as { readonly nextCursor: string };
    expect(await positions(`limit=3&until=${all[5]}&cursor=${nextCursor}`)).toEqual(all.slice(8, 11));
  });
});

describe('the alert of a forecast', () => {
  it('is raised once, told by list, feed and `from`, and not raised again by a restart', async () => {
    const alerts = async (query = ''): Promise<readonly { readonly level: string; readonly position: string; readonly id: string }[]> =>
      (await ledger.get(`/v1/alerts?level=forecast${query}`)).body.items;
    const [alert] = await alerts();
    expect(alert).toMatchObject({ level: 'forecast', country: 'AE', threshold: 1, closedAt: null });
    expect(await alerts()).toHaveLength(1);
    expect(await alerts(`&from=${Number(alert?.position) - 1}`)).toHaveLength(1);
    expect(await alerts(`&from=${await ledger.head()}`)).toEqual([]);
    expect((await ledger.get('/v1/alerts.atom?level=forecast')).text).toContain('United Arab Emirates is expected to have nothing left within 90 days');
    await ledger.restart();
    expect(await alerts()).toEqual([alert]);
  });
});

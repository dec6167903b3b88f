import type { AnswerBody } from './answer.js';
import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const day = 86_400_000;

describe('GET /v1/countries', () => {
  it('lists every country of ISO 3166-1, and Kosovo, with the caps of the rulebook', async () => {
    const { body } = await ledger.get('/v1/countries');
    expect(body.countries).toHaveLength(250);
    expect(body.rulebook.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    const of = (code: string) => body.countries.find(({ country }) => country === code);
    expect(of('AE')).toMatchObject({
      name: 'United Arab Emirates',
      group: 'allocation',
      line: 'country:AE',
      allocation: 790_000_000,
      available: 790_000_000,
      utilization: 0,
      status: 'open',
    });
    expect(of('XK')).toMatchObject({ name: 'Kosovo', group: 'allocation', allocation: 790_000_000 });
    expect(of('KY')).toMatchObject({ group: 'partner', territoryOf: 'GB', line: 'country:KY', allocation: null, status: 'no-cap' });
    expect(of('PR')).toMatchObject({ group: 'home', territoryOf: 'US', allocation: null });
    expect(of('NL')).toMatchObject({
      group: 'partner',
      allocation: null,
      available: null,
      utilization: null,
      status: 'no-cap',
    });
    expect(of('MO')).toMatchObject({
      group: 'embargoed',
      allocation: 0,
      available: 0,
      utilization: null,
      status: 'no-allocation',
    });
    expect(of('US')).toMatchObject({ group: 'home', allocation: null, status: 'no-cap' });
  });

  it('narrows by group and status', async () => {
    const home = (await ledger.get('/v1/countries?group=home')).body.countries;
    expect(home.map(({ country }) => country)).toEqual(['AS', 'GU', 'MP', 'PR', 'UM', 'US', 'VI']);
    const none = (await ledger.get('/v1/countries?status=critical')).body.countries;
    expect(none).toEqual([]);
  });

  it('includes each write that was answered before', async () => {
    for (let round = 1; round <= 20; round += 1) {
      const { body } = await ledger.reserve(1, { destination: 'OM' });
      const country = await ledger.get('/v1/countries/OM');
      expect(country.body).toMatchObject({ openReservations: round, reserved: round * 15_832 });
      expect(Number(country.headers.get('ledger-position'))).toBeGreaterThanOrEqual(Number(body.position));
    }
  });

  it('follows the amounts through all levels', async () => {
    const states: unknown[] = [];
    const held: string[] = [];
    // 790,000,000 / 15,832 is 49,898.9 units.
    for (const quantity of [39_000, 1000, 5000, 4898]) {
      held.push((await ledger.reserve(quantity, { destination: 'MY' })).body.id);
      const { body } = await ledger.get('/v1/countries/MY');
      states.push([body.status, body['utilization'], body['criticalSince'] !== null]);
    }
    expect(states).toEqual([
      ['open', 0.78158, false],
      ['watch', 0.80162, false],
      ['critical', 0.90182, true],
      ['critical', 0.99998, true],
    ]);
  });
});

describe('the past', () => {
  it('is shown as of a time and at a position', async () => {
    const start = ledger.now;
    const positions: number[] = [];
    for (let index = 1; index <= 9; index += 1) {
      ledger.now += day;
      positions.push(Number((await ledger.reserve(index, { destination: 'QA' })).body.position));
    }
    const sums = [0, 1, 3, 6, 10, 15, 21, 28, 36, 45].map((units) => units * 15_832);
    for (let index = 0; index <= 9; index += 1) {
      const at = new Date(start + index * day + day / 2);
      if (at.getTime() > ledger.now) continue;
      const { body } = await ledger.get(`/v1/countries/QA?asOf=${at.toISOString()}`);
      expect({ index, reserved: body.reserved, open: body['openReservations'] }).toEqual({
        index,
        reserved: sums[index],
        open: index,
      });
    }
    for (const [index, position] of positions.entries()) {
      const at = await ledger.get(`/v1/countries/QA?atPosition=${position}`);
      expect({ reserved: at.body.reserved, position: at.body.position }).toEqual({
        reserved: sums[index + 1],
        position: String(position),
      });
      const before = await ledger.get(`/v1/countries/QA?atPosition=${position - 1}`);
      expect(before.body.reserved).toBe(sums[index]);
    }
    const list = (await ledger.get(`/v1/countries?atPosition=${positions[3]}&group=allocation`)).body;
    expect(list.position).toBe(String(positions[3]));
    expect(list.countries.find(({ country }) => country === 'QA')?.reserved).toBe(sums[4]);
    expect((await ledger.get('/v1/countries?atPosition=0')).body).toMatchObject({ position: '0', recordedAt: null });
  });

  it('knows since when a country had been critical', async () => {
    ledger.now += day;
    await ledger.reserve(44_000, { destination: 'SA' });
    ledger.now += day;
    const since = new Date(ledger.now).toISOString();
    await ledger.reserve(2000, { destination: 'SA' });
    ledger.now += day;
    const { body } = await ledger.reserve(100, { destination: 'SA' });
    ledger.now += day;
    await ledger.reserve(100, { destination: 'SA' });
    expect((await ledger.get(`/v1/countries/SA?atPosition=${body.position}`)).body).toMatchObject({
      status: 'critical',
      criticalSince: since,
      exhaustedSince: null,
    });
  });

  it('is not asked for beyond the present', async () => {
    expect(await ledger.get(`/v1/countries?asOf=${new Date(ledger.now + 1000).toISOString()}`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/asOf' }] },
    });
    expect(await ledger.get('/v1/countries/QA?asOf=2026-01-01T00:00:00Z&atPosition=1')).toMatchObject({ status: 400 });
    const ahead = await ledger.get(`/v1/countries/QA?atPosition=${(await ledger.head()) + 1}`);
    expect(ahead).toMatchObject({ status: 400, body: { code: 'position-unknown', errors: [{ in: 'query', pointer: '/atPosition' }] } });
  });

  it('comes as a history', async () => {
    const { body } = await ledger.get('/v1/countries/QA/history?from=2026-06-14&to=2026-06-18');
    expect(body.points.map(({ date, reserved }) => [date, reserved / 15_832])).toEqual([
      ['2026-06-14', 0],
      ['2026-06-15', 0],
      ['2026-06-16', 1],
      ['2026-06-17', 3],
      ['2026-06-18', 6],
    ]);
    expect(body.points[0]).toEqual({
      date: '2026-06-14',
      allocation: 790_000_000,
      reserved: 0,
      exported: 0,
      available: 790_000_000,
    });
    const months = (await ledger.get('/v1/countries/QA/history?interval=month&to=2026-06-30')).body.points;
    expect([months[0]?.date, months.at(-1)?.reserved]).toEqual(['2025-01-31', 45 * 15_832]);
    const tooMany = await ledger.get('/v1/countries/QA/history?from=1990-01-01&to=2026-06-18');
    expect([tooMany.status, tooMany.body.errors]).toEqual([
      400,
      [{ in: 'query', pointer: '/from', message: 'from must be later: the range has more than 4000 points of a day each' }],
    ]);
    expect((await ledger.get('/v1/countries/QA/history?from=1990-01-01&to=2026-06-18&interval=week')).status).toBe(200);
    expect(await ledger.get('/v1/countries/QA/history?from=2026-06-19&to=2026-06-18')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/from' }] },
    });
  });
});

describe('GET /v1/countries/{code}', () => {
  it.each(['XX', 'ae', 'ARE', '%20', 'A'])('does not know %s', async (code) => {
    for (const path of ['', '/history', '/events']) {
      expect(await ledger.get(`/v1/countries/${code}${path}`)).toMatchObject({
        status: 404,
        body: { code: 'country-not-found' },
      });
    }
  });

  it('reflects Min-Position, and knows none beyond the end of the log', async () => {
    const head = await ledger.head();
    expect((await ledger.get('/v1/countries/AE', { 'Min-Position': String(head) })).status).toBe(200);
    for (const path of ['/v1/countries/AE', '/v1/reservations', '/v1/events', '/v1/reports/licence-usage', '/v1/companies', '/v1/alerts']) {
      expect(await ledger.get(path, { 'Min-Position': String(head + 1) })).toMatchObject({
        status: 400,
        body: { code: 'position-unknown', position: String(head), errors: [{ in: 'header', pointer: '/Min-Position' }] },
      });
    }
  });

  it('shows its events, newest first, in pages', async () => {
    const seen: number[] = [];
    let cursor = '';
    do {
      const { body } = await ledger.get(`/v1/countries/QA/events?limit=4${cursor}`);
      seen.push(...body.items.map(({ revision }) => revision));
      expect(body.items[0]).toMatchObject({
        type: 'org.quotaledger.quota-reserved.v1',
        subject: 'country:QA',
        stream: 'quota-country:QA',
      });
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect((await ledger.get('/v1/countries/ZW/events')).body).toEqual({ items: [], nextCursor: null });
  });
});

describe('quota lines', () => {
  it('are read like countries', async () => {
    expect((await ledger.get('/v1/lines/country:QA')).body).toEqual((await ledger.get('/v1/countries/QA')).body);
    expect((await ledger.get('/v1/lines/country%3AQA')).status).toBe(200);
    expect(await ledger.get('/v1/lines/lpp:falcon:2026')).toMatchObject({
      status: 404,
      body: { code: 'line-not-found' },
    });
  });

  it('are listed in pages, by kind and holder', async () => {
    const lines: string[] = [];
    let path: string | undefined = '/v1/lines?kind=country&limit=200';
    while (path !== undefined) {
      const { body, headers } = await ledger.get(path);
      lines.push(...body.items.map(({ line }) => line));
      path = /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([250, 'country:AD', 'country:ZW']);
    expect((await ledger.get('/v1/lines?kind=lpp&holder=Falcon')).body).toEqual({ items: [], nextCursor: null });
  });
});

describe('the rulebook', () => {
  it('has a chip catalogue', async () => {
    const { items } = (await ledger.get('/v1/chips')).body;
    expect(items.find(({ id }) => id === 'nvidia-h100-sxm5')).toMatchObject({
      tppPerUnit: 15_832,
      eccn: '3A090.a',
      datacenter: true,
    });
    expect(items.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'nvidia-h200-sxm',
        'nvidia-h20',
        'nvidia-b200',
        'nvidia-gb200',
        'nvidia-gb300',
        'nvidia-a100',
        'nvidia-l40s',
        'nvidia-geforce-rtx-4090',
        'amd-mi300x',
        'intel-gaudi-3',
      ]),
    );
  });

  it('is listed and read', async () => {
    const { items } = (await ledger.get('/v1/rulebooks')).body;
    expect(items).toHaveLength(1);
    const { id, version, hash } = items[0] as AnswerBody;
    expect((await ledger.get(`/v1/rulebooks/${id}/${version}`)).body).toMatchObject({
      id,
      version,
      hash,
      inForce: true,
      document: { id, version },
    });
    expect(await ledger.get(`/v1/rulebooks/${id}/1999`)).toMatchObject({
      status: 404,
      body: { code: 'rulebook-not-found' },
    });
  });
});

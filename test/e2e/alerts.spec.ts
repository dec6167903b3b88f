import type { AnswerBody } from './answer.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import { StreamReader } from './stream-reader.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

async function alertsOf(query: string): Promise<readonly AnswerBody[]> {
  return (await ledger.get(`/v1/alerts?${query}`)).body.items;
}

describe('alerts', () => {
  it('are raised on the crossing, each level that is jumped over too, and read at once', async () => {
    await ledger.reserve(30_000, { destination: 'QA' });
    expect(await alertsOf('country=QA')).toEqual([]);
    const { body } = await ledger.reserve(16_000, { destination: 'QA' });
    const alerts = await alertsOf('country=QA');
    expect(alerts.map(({ level }) => level).sort()).toEqual(['critical', 'watch']);
    expect(alerts[0]).toMatchObject({
      line: 'country:QA',
      country: 'QA',
      position: body.position,
      closedAt: null,
      acknowledgedBy: null,
      utilization: 0.92186,
    });
  });

  it('close when the quota is free again, and are listed by state and level', async () => {
    const held = await ledger.reserve(46_000, { destination: 'KW' });
    await ledger.post(`/v1/reservations/${held.body.id}/release`);
    expect(await alertsOf('country=KW&state=open')).toEqual([]);
    const closed = await alertsOf('country=KW&state=closed&level=watch');
    expect(closed).toEqual([expect.objectContaining({ level: 'watch', closedAt: '2026-06-15T12:00:00.000Z' })]);
  });

  it('are a feed with the same filters', async () => {
    const { status, headers, text } = await ledger.get('/v1/alerts.atom?country=KW&level=watch');
    const [alert] = await alertsOf('country=KW&level=watch');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    expect(text.match(/<entry>/g)).toHaveLength(1);
    expect(text).toContain(`<id>urn:uuid:${alert?.id}</id>`);
    expect(text).toContain('<title>Kuwait passed 80 % of its limit: 92.2 % used</title>');
    expect((await ledger.get('/v1/alerts.atom?level=high')).body).toMatchObject({ status: 400 });
  });

  it('are acknowledged once', async () => {
    const [alert] = await alertsOf('country=QA&level=critical');
    const path = `/v1/alerts/${alert?.id}/acknowledgement`;
    expect(await ledger.post(path)).toMatchObject({
      status: 200,
      body: { id: alert?.id, acknowledgedBy: 'anonymous' },
    });
    const head = await ledger.head();
    expect(await ledger.post(path, {})).toMatchObject({ status: 200, body: { acknowledgedBy: 'anonymous' } });
    expect(await ledger.head()).toBe(head);
    expect((await alertsOf('country=QA&level=critical'))[0]).toMatchObject({ acknowledgedBy: 'anonymous' });
    expect(await ledger.post('/v1/alerts/nonsense/acknowledgement')).toMatchObject({
      status: 404,
      body: { code: 'alert-not-found' },
    });
  });

  it('are not raised again by a restart', async () => {
    const before = (await ledger.get('/v1/alerts')).text;
    const head = await ledger.head();
    await ledger.restart();
    expect((await ledger.get('/v1/alerts')).text).toBe(before);
    expect(await ledger.head()).toBe(head);
  });
});

describe('GET /v1/stream', () => {
  it('tells changes of countries and alerts in the order of the log', async () => {
    const stream = await StreamReader.open(ledger.url);
    const { body } = await ledger.reserve(46_000, { destination: 'OM' });
    const seen = await stream.until((events) => events.filter(({ event }) => event === 'alert').length === 2);
    expect(seen.find(({ event }) => event === 'country')).toMatchObject({
      id: body.position,
      data: { country: 'OM', status: 'critical', reserved: 728_272_000 },
    });
    const ids = seen.map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    stream.close();
  });

  it('tells a busy country at most four times a second, its newest state last', async () => {
    const stream = await StreamReader.open(ledger.url, '?country=IN&types=country');
    const startMs = Date.now();
    for (let index = 0; index < 60; index += 1) await ledger.reserve(1, { destination: 'IN' });
    const seen = await stream.until((events) => events.at(-1)?.data['openReservations'] === 60);
    expect(seen.length).toBeLessThanOrEqual(2 + (Date.now() - startMs) / 250);
    expect(seen.every(({ data }) => data['country'] === 'IN')).toBe(true);
    stream.close();
  });

  it('resumes after a break to the same state, with no alert missed or told twice', async () => {
    const alerts: string[] = [];
    const state = new Map<string, string>();
    let lastId: string | undefined;
    const destinations = ['TH', 'VN', 'ID', 'MY', 'PH', 'BR'];
    for (const destination of destinations) {
      const stream: StreamReader = await StreamReader.open(ledger.url, '', lastId);
      await ledger.reserve(40_000, { destination });
      await stream.until((events) => events.length > 0);
      stream.close();
      for (const { event, id, data } of stream.events) {
        if (event === 'alert') alerts.push(String(data['id']));
        else state.set(String(data['country']), JSON.stringify(data));
        lastId = id;
      }
      // While nobody listens.
      await ledger.reserve(6000, { destination });
    }
    const last = await StreamReader.open(ledger.url, '', lastId);
    await last.until((events) =>
      events.some(({ event, data }) => event === 'alert' && data['country'] === 'BR' && data['level'] === 'critical'),
    );
    last.close();
    for (const { event, data } of last.events) {
      if (event === 'alert') alerts.push(String(data['id']));
      else state.set(String(data['country']), JSON.stringify(data));
    }
    expect(alerts.length).toBe(new Set(alerts).size);
    const raised = (await Promise.all(destinations.map((country) => alertsOf(`country=${country}`)))).flat();
    expect([...alerts].sort()).toEqual(raised.map(({ id }) => String(id)).sort());
    for (const country of destinations) {
      const { position, recordedAt, rulebook, ...view } = (await ledger.get(`/v1/countries/${country}`)).body;
      expect([position, recordedAt, rulebook]).not.toContain(undefined);
      expect(JSON.parse(state.get(country) ?? '{}')).toMatchObject(view);
    }
  });

  it('resumes across a restart', async () => {
    const first = await StreamReader.open(ledger.url);
    await ledger.reserve(1, { destination: 'CL' });
    const [seen] = await first.until((events) => events.length === 1);
    first.close();
    await ledger.reserve(46_000, { destination: 'PE' });
    await alertsOf('country=PE');
    await ledger.restart();
    const second = await StreamReader.open(ledger.url, '', seen?.id);
    const events = await second.until((found) => found.length >= 3);
    second.close();
    expect(events.map(({ event, data }) => [event, data['country']]).sort()).toEqual([
      ['alert', 'PE'],
      ['alert', 'PE'],
      ['country', 'PE'],
    ]);
  });

  it('asks a client from the future to read everything anew', async () => {
    const stream = await StreamReader.open(ledger.url, '', '999999999');
    const [event] = await stream.until((events) => events.length === 1);
    stream.close();
    expect(event).toMatchObject({ event: 'resync' });
  });

  it('serves 200 clients the same', async () => {
    const streams = await Promise.all(Array.from({ length: 200 }, () => StreamReader.open(ledger.url, '?types=alert')));
    await ledger.reserve(46_000, { destination: 'KE' });
    const seen = await Promise.all(streams.map((stream) => stream.until((events) => events.length === 2)));
    for (const stream of streams) stream.close();
    expect(new Set(seen.map((events) => JSON.stringify(events))).size).toBe(1);
  });
});

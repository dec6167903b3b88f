import { randomUUID } from 'node:crypto';
import { createHash } from 'node:crypto';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Json } from './answer.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  for (let index = 0; index < 30; index += 1)
    await ledger.reserve(1, { destination: index % 2 === 0 ? 'AE' : 'SA', reference: `"recordedAt":"${index}"` });
});
afterAll(() => ledger.stop());

async function ndjson(query = ''): Promise<Json[]> {
  const { text, headers } = await ledger.get(`/v1/events${query}`, { Accept: 'application/x-ndjson' });
  expect(headers.get('content-type')).toMatch(/^application\/x-ndjson/);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json);
}

describe('GET /v1/events', () => {
  it('is the whole log as CloudEvents, in order', async () => {
    const events = await ndjson();
    const positions = events.map(({ position }) => Number(position));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(events[0]).toMatchObject({
      specversion: '1.0',
      type: 'org.quotaledger.rulebook-adopted.v1',
      stream: 'rulebook',
      revision: 0,
      subject: 'rulebook',
    });
    const reserved = events.filter(({ type }) => type === 'org.quotaledger.quota-reserved.v1');
    expect(reserved).toHaveLength(30);
    expect(reserved[0]).toMatchObject({
      subject: 'country:AE',
      stream: 'quota-country:AE',
      revision: 0,
      time: '2026-06-15T12:00:00.000Z',
      datacontenttype: 'application/json',
      data: { type: 'QuotaReserved', v: 1, recordedAt: '2026-06-15T12:00:00.000Z' },
    });
    expect(new Set(events.map(({ id }) => String(id))).size).toBe(events.length);
  });

  it('carries the stored bytes, so that the chain of a stream can be checked', async () => {
    const { text } = await ledger.get('/v1/events?stream=quota-country:AE', { Accept: 'application/x-ndjson' });
    let prev = '';
    for (const line of text.trim().split('\n')) {
      const data = line.slice(line.indexOf('"data":') + '"data":'.length, -1);
      expect((JSON.parse(data) as Json)['prev']).toBe(prev);
      prev = createHash('sha256').update(data).digest('base64url');
    }
  });

  it('comes in pages too, that join to the same log', async () => {
    const items: Json[] = [];
    let path: string | undefined = '/v1/events?limit=7';
    while (path !== undefined) {
      const { body, headers } = await ledger.get(path);
      items.push(...body.items);
      path = /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(items).toEqual(await ndjson());
  });

  it('is narrowed by place, stream and type', async () => {
    const all = await ndjson();
    const from = Number(all[9]?.['position']);
    expect((await ndjson(`?from=${from}`)).length).toBe(all.length - 10);
    expect(await ndjson(`?from=${from}&limit=2`)).toEqual(all.slice(10, 12));
    expect(await ndjson('?stream=quota-country:SA')).toHaveLength(15);
    const ofLine = await ndjson('?stream=quota-country:SA');
    for (const [index, { position }] of ofLine.entries()) {
      expect(await ndjson(`?stream=quota-country:SA&from=${String(position)}`)).toEqual(ofLine.slice(index + 1));
    }
    expect(await ndjson('?stream=country:SA')).toEqual(ofLine);
    expect(await ndjson('?stream=quota-country:FR&from=3')).toEqual([]);
    expect(await ndjson('?type=QuotaReserved')).toHaveLength(30);
    expect(await ndjson('?type=org.quotaledger.rulebook-adopted.v1')).toHaveLength(1);
    expect(await ndjson('?type=LineSuspended')).toEqual([]);
    expect((await ledger.get('/v1/events?stream=quota-country:AE&limit=2')).body.items).toHaveLength(2);
    expect((await ledger.get('/v1/events?from=999999')).body).toMatchObject({ items: [], nextCursor: null });
  });

  it.each([
    ['type', 'Nothing', 'QuotaReserved, ReservationAmended'],
    ['type', 'org.quotaledger.nothing.v1', 'QuotaReserved'],
    ['stream', 'nothing', 'alerts-<line>'],
    ['stream', 'quota-country:ZZ', 'a quota line, as country:AE'],
    ['stream', 'alerts-nothing', 'quota-<line>'],
    ['stream', 'obligation-1', 'obligation-<id>'],
  ])('is not narrowed by the %s %s, which cannot be, and says what can', async (name, value, known) => {
    const answer = await ledger.get(`/v1/events?${name}=${value}`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'query', pointer: `/${name}` }] } });
    expect(answer.body.detail).toContain(known);
  });

  it('has a stream by each name that is taken', async () => {
    for (const stream of ['companies', 'rulebook', 'weights:acme: ai', 'alerts-lpp:falcon:2026', `obligation-${randomUUID()}`, `choice-${randomUUID()}`, 'uveu:falcon'])
      expect((await ledger.get(`/v1/events?stream=${encodeURIComponent(stream)}`)).status).toBe(200);
  });
});

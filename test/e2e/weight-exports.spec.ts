import { builtInRulebook } from '#rulebook';
import { quota } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer, Json } from './answer.js';
import { british, closed, emirati, weightExport } from './weight-export-request.js';

let ledger: LedgerUnderTest;

beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

function record(over: Json = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return ledger.post('/v1/weight-exports', weightExport(over), headers);
}

function determine(over: Json = {}): Promise<Answer> {
  return ledger.post('/v1/determinations', weightExport(over));
}

describe('POST /v1/determinations with weights', () => {
  it('answers the steps with citations, the route and the duties, and records nothing', async () => {
    const head = await ledger.head();
    const { status, body: answer } = await determine();
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      control: 'controlled',
      decidedBy: 'threshold',
      operations: { least: 2e26, most: 2e26 },
      route: 'aia',
      presumption: null,
      missing: [],
      wouldBeRefused: null,
    });
    const steps = answer['steps'] as { step: string; reason: { citation: string } }[];
    expect(steps.map(({ step }) => step)).toEqual([
      'in-force',
      'published',
      'training-operations',
      'synthetic-data',
      'threshold',
      'derivative',
      'moving-floor',
      'jurisdiction',
    ]);
    for (const { reason } of steps) expect(reason.citation).toMatch(/CFR|90 FR/);
    expect(answer['obligations']).toContainEqual(expect.objectContaining({ kind: 'baseline-security', dueAt: null }));
    expect(await ledger.head()).toBe(head);
  });

  it('asks for the rules of the moment that is named', async () => {
    const at = async (exportedAtThen: string | undefined): Promise<Json> =>
      (await determine({ exportedAt: exportedAtThen, consignee: { ...british, facility: undefined } })).body;
    const route = 'aia';
    const secured = { kind: 'baseline-security', dueAt: '2026-01-15T23:59:59.999Z' };
    expect(await at('2025-01-12T00:00:00Z')).toMatchObject({ control: 'not-controlled', decidedBy: 'in-force' });
    expect(await at('2025-06-01T00:00:00Z')).toMatchObject({
      route,
      obligations: expect.arrayContaining([expect.objectContaining(secured)]),
    });
    expect(await at(undefined)).toMatchObject({ route: 'licence', presumption: 'approval' });
  });

  it('says what is missing, and guesses nothing', async () => {
    const { body: answer } = await determine({ weights: { trainingOperations: 3e26 } });
    expect(answer).toMatchObject({ control: 'unknown', route: 'unknown', decidedBy: 'published' });
    const members = (answer['missing'] as { member: string }[]).map(({ member }) => member);
    expect(members).toEqual(['/weights/derivedFrom', '/weights/listedPlant', '/weights/origin', '/weights/published']);
    expect(answer['wouldBeRefused']).toMatchObject({ code: 'classification-unknown', status: 422 });
  });

  it('says why an export would be refused, with the presumption under which a licence is reviewed', async () => {
    const { body: answer } = await determine({ consignee: emirati });
    expect(answer).toMatchObject({
      route: 'licence',
      presumption: 'denial',
      presumptionReasons: [{ code: 'consignee-headquarters-not-partner' }],
      obligations: [{ kind: 'licence-before-export' }],
      wouldBeRefused: { code: 'route-not-applicable', presumption: 'denial' },
    });
    const licensed = await determine({ consignee: emirati, licence: 'D1234567' });
    expect(licensed.body).toMatchObject({ route: 'licence', obligations: [], wouldBeRefused: null });
  });

  it('still takes shipments, and tells the two apart', async () => {
    const items = [{ chip: 'nvidia-h100-sxm5', quantity: 1 }];
    expect((await ledger.post('/v1/determinations', { destination: 'AE', items })).body).toMatchObject({ line: 'country:AE' });
    const both = await ledger.post('/v1/determinations', { destination: 'AE', items, weights: closed });
    expect(both).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(both.body.errors.map(({ pointer }) => pointer)).toEqual(['/destination', '/items']);
  });
});

describe('POST /v1/weight-exports', () => {
  it('records an export, and the same request gets the same bytes for ever', async () => {
    const key = { 'Idempotency-Key': 'weights-replay-1' };
    const first = await record({ reference: 'WE-1' }, key);
    expect(first.status).toBe(201);
    const { id } = first.body;
    expect(first.headers.get('location')).toBe(`/v1/weight-exports/${id}`);
    expect(first.headers.get('ledger-position')).toBe(first.body.position);
    expect(first.body).toMatchObject({
      status: 'recorded',
      exporter: 'acme-ai',
      route: 'aia',
      control: 'controlled',
      weights: closed,
      consignee: british,
      exportedAt: '2026-06-01T00:00:00.000Z',
      recordedAt: '2026-06-15T12:00:00.000Z',
      refusal: null,
      reference: 'WE-1',
      rulebook: { hash: builtInRulebook().hash },
    });
    const again = await record({ reference: 'WE-1' }, key);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true']);
    await ledger.restart();
    const afterRestart = await record({ reference: 'WE-1' }, key);
    expect([afterRestart.status, afterRestart.text]).toEqual([201, first.text]);
    expect((await ledger.get(`/v1/weight-exports/${id}`)).text).toBe(first.text);
    expect(await record({ reference: 'WE-2' }, key)).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('shares the keys of the exporter with every other operation', async () => {
    const key = { 'Idempotency-Key': 'weights-shared-1' };
    expect((await ledger.reserve(1, { exporter: 'acme-ai' }, key)).status).toBe(201);
    expect(await record({}, key)).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const other = { 'Idempotency-Key': 'weights-shared-2' };
    expect((await record({}, other)).status).toBe(201);
    const reserved = await ledger.reserve(1, { exporter: 'acme-ai' }, other);
    expect(reserved).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect((await record({ exporter: 'acme-other' }, other)).status).toBe(201);
  });

  it('refuses and records what the rules do not allow', async () => {
    const key = { 'Idempotency-Key': 'weights-refused-1' };
    const refused = await record({ consignee: emirati }, key);
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'route-not-applicable',
        route: 'licence',
        presumption: 'denial',
        reasons: [{ code: 'licence-number-missing' }, { code: 'consignee-headquarters-not-partner' }],
      },
    });
    expect(refused.headers.get('ledger-position')).toBe(refused.body.position);
    expect((await record({ consignee: emirati }, key)).text).toBe(refused.text);
    const read = await ledger.get(`/v1/weight-exports/${String(refused.body['weightExportId'])}`);
    expect(read.body).toMatchObject({ status: 'refused', obligations: [], refusal: { code: 'route-not-applicable' } });
  });

  it('follows the route asked for, if it applies', async () => {
    const withLicence = await record({ route: 'licence', licence: 'D1234567' });
    expect(withLicence).toMatchObject({ status: 201, body: { route: 'licence', asked: 'licence', licence: 'D1234567' } });
    const outside = await record({ route: 'aia', consignee: emirati, licence: 'D1234567' });
    expect(outside).toMatchObject({ status: 422, body: { code: 'route-not-applicable', route: 'aia' } });
    const free = await record({ route: 'licence', licence: 'D1', weights: { ...closed, published: true } });
    expect(free.body.reasons).toMatchObject([{ code: 'no-authorisation-needed' }, { code: 'published' }]);
  });

  it('records what needs no authorisation', async () => {
    const { status, body: answer } = await record({ weights: { published: true }, consignee: undefined });
    expect([status, answer['route'], answer['control'], answer['obligations']]).toEqual([201, 'none', 'not-controlled', []]);
  });
});

describe('GET /v1/weight-exports', () => {
  it('lists newest first, in pages, by exporter and status', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.unshift((await record({ exporter: 'lister' })).body.id);
    const refused = await record({ exporter: 'lister', consignee: emirati });
    const first = await ledger.get('/v1/weight-exports?exporter=lister&status=recorded&limit=3');
    expect(first.body.items.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    expect(first.headers.get('link')).toContain('rel="next"');
    const cursor = String(first.body.nextCursor);
    const second = await ledger.get(`/v1/weight-exports?exporter=lister&status=recorded&limit=3&cursor=${cursor}`);
    expect([second.body.items.map(({ id }) => id), second.body.nextCursor]).toEqual([ids.slice(3), null]);
    const all = await ledger.get('/v1/weight-exports?exporter=lister');
    expect(all.body.items.map(({ id }) => id)).toEqual([refused.body['weightExportId'], ...ids]);
    expect((await ledger.get('/v1/weight-exports?exporter=lister&status=refused')).body.items).toHaveLength(1);
    expect((await ledger.get('/v1/weight-exports?exporter=nobody')).body).toEqual({ items: [], nextCursor: null });
    expect((await ledger.get('/v1/weight-exports?limit=1')).body.items[0]?.id).toBe(refused.body['weightExportId']);
  });

  it.each(['limit=0', 'limit=201', 'cursor=x', 'status=held', 'colour=red', 'exporter='])('refuses ?%s', async (query) => {
    expect((await ledger.get(`/v1/weight-exports?${query}`)).status).toBe(400);
  });

  it('is no matter of a quota line: the log replays to the same views', async () => {
    expect(await quota('replay', '--url', ledger.url)).toMatchObject({ code: 0 });
  });

  it('stands in the log, in the stream of its exporter', async () => {
    const { items } = (await ledger.get('/v1/events?stream=weights:lister')).body;
    expect(items.map((event) => event['type'])).toEqual([
      ...Array<string>(5).fill('org.quotaledger.weight-export-recorded.v1'),
      'org.quotaledger.weight-export-refused.v1',
    ]);
    expect(items.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('a rulebook that says nothing of weights', () => {
  it('determines none: 422, and nothing is recorded; what was recorded stays readable', async () => {
    const recorded = await record({ exporter: 'before' });
    const { weights: _, ...document } = builtInRulebook().document;
    const adopt = (rulebook: unknown): Promise<Answer> => ledger.post('/v1/rulebooks/adoption', { rulebook });
    expect((await adopt({ ...document, version: 'without-weights' })).status).toBe(201);
    const head = await ledger.head();
    for (const answer of [await record(), await determine()])
      expect(answer).toMatchObject({ status: 422, body: { code: 'not-in-this-rulebook' } });
    expect(await ledger.head()).toBe(head);
    expect((await ledger.get(`/v1/weight-exports/${recorded.body.id}`)).text).toBe(recorded.text);
    expect((await adopt('built-in')).status).toBe(201);
  });
});

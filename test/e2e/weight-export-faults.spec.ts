import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer, Json } from './answer.js';
import { british, closed, weightExport } from './weight-export-request.js';

let ledger: LedgerUnderTest;
let head: number;

beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  await ledger.reserve(1);
  head = await ledger.head();
});
afterAll(() => ledger.stop());
afterEach(async () => expect(await ledger.head()).toBe(head));

function record(over: Json = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return ledger.post('/v1/weight-exports', weightExport(over), headers);
}

describe('what records no export of weights', () => {
  it.each<[string, Json, number, string, string]>([
    ['no weights', { weights: undefined }, 400, 'invalid-request', '/weights'],
    ['weights that are no object', { weights: 'closed' }, 400, 'invalid-request', '/weights'],
    ['no moment', { exportedAt: undefined }, 400, 'invalid-request', '/exportedAt'],
    ['a moment two days ahead', { exportedAt: '2026-06-17T12:00:01Z' }, 400, 'invalid-request', '/exportedAt'],
    ['an unknown member', { colour: 'red' }, 400, 'invalid-request', '/colour'],
    ['an unknown fact', { weights: { ...closed, parameters: 7e10 } }, 400, 'invalid-request', '/weights/parameters'],
    ['a route that weights cannot take', { route: 'lpp' }, 400, 'invalid-request', '/route'],
    ['a flag that is a word', { weights: { ...closed, published: 'yes' } }, 400, 'invalid-request', '/weights/published'],
    ['a flag that is null', { weights: { ...closed, listedPlant: null } }, 400, 'invalid-request', '/weights/listedPlant'],
    ['negative operations', { weights: { ...closed, trainingOperations: -1 } }, 400, 'invalid-request',
      '/weights/trainingOperations'],
    ['half an operation', { weights: { ...closed, trainingOperations: 0.5 } }, 400, 'invalid-request',
      '/weights/trainingOperations'],
    ['too many operations', { weights: { ...closed, trainingOperations: 1e31 } }, 400, 'invalid-request',
      '/weights/trainingOperations'],
    ['operations as text', { weights: { ...closed, trainingOperations: '2e26' } }, 400, 'invalid-request',
      '/weights/trainingOperations'],
    ['no stages', { weights: { ...closed, trainingOperations: [] } }, 400, 'invalid-request', '/weights/trainingOperations'],
    ['a stage with half an operation', { weights: { ...closed, trainingOperations: [{ operations: 1.5 }] } }, 400,
      'invalid-request', '/weights/trainingOperations/0/operations'],
    ['data without a generator', { weights: { ...closed, syntheticData: [{}] } }, 400, 'invalid-request',
      '/weights/syntheticData/0/generator'],
    ['data of an unknown word', { weights: { ...closed, syntheticData: 'some' } }, 400, 'invalid-request',
      '/weights/syntheticData'],
    ['a base model that is a name', { weights: { ...closed, derivedFrom: 'Llama' } }, 400, 'invalid-request',
      '/weights/derivedFrom'],
    ['a finding by nobody', { weights: { ...closed, belowPublishedFrontier: { finding: true } } }, 400, 'invalid-request',
      '/weights/belowPublishedFrontier/by'],
    ['a country that is none', { consignee: { ...british, country: 'XX' } }, 400, 'invalid-request', '/consignee/country'],
    ['a parent that is a word', { consignee: { ...british, ultimateParent: 'nobody' } }, 400, 'invalid-request',
      '/consignee/ultimateParent'],
    ['a parent in no country', { consignee: { ...british, ultimateParent: { headquarters: 'uk' } } }, 400, 'invalid-request',
      '/consignee/ultimateParent/headquarters'],
    ['a facility that is a country', { consignee: { ...british, facility: 'GB' } }, 400, 'invalid-request',
      '/consignee/facility'],
    ['an empty licence', { licence: '' }, 400, 'invalid-request', '/licence'],
    ['training that is less than its base', {
      weights: { ...closed, trainingOperations: 1e25, derivedFrom: { trainingOperations: 2e25, published: true } },
    }, 422, 'contradictory-facts', '/weights/trainingOperations'],
    ['data that took more than all training', {
      weights: { ...closed, syntheticData: [{ generator: 'A', trainingOperations: 3e26 }] },
    }, 422, 'contradictory-facts', '/weights/syntheticData'],
    ['a fact that decides and is left out', { weights: { ...closed, published: undefined } }, 422, 'classification-unknown',
      '/weights/published'],
    ['a fact that decides and is unknown', { weights: { ...closed, trainingOperations: 'unknown' } }, 422,
      'classification-unknown', '/weights/trainingOperations'],
    ['the home country', { consignee: { name: 'Acme', country: 'US', headquarters: 'US' } }, 422, 'not-an-export',
      '/consignee/country'],
  ])('%s', async (_, over, status, code, pointer) => {
    const key = { 'Idempotency-Key': ledger.key() };
    const answer = await record(over, key);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.errors.map((fault) => fault.pointer)).toContain(pointer);
    expect(answer.body.errors.every(({ message }) => message.length > 10)).toBe(true);
    expect(await record(over, key)).toMatchObject({ status, body: { code } });
    const determined = await ledger.post('/v1/determinations', weightExport(over));
    if (status === 400 && pointer !== '/exportedAt') expect(determined).toMatchObject({ status, body: { code } });
    else expect([200, status]).toContain(determined.status);
  });

  it('no key', async () => {
    expect((await record({}, { 'Idempotency-Key': '' })).body.code).toBe('idempotency-key-missing');
  });

  it('an id that there is not', async () => {
    for (const id of ['none', '886313e1-3b8a-5372-9b90-0c9aee199e5d'])
      expect(await ledger.get(`/v1/weight-exports/${id}`)).toMatchObject({ status: 404, body: { code: 'weight-export-not-found' } });
  });

  it('the id of a reservation is none of an export of weights', async () => {
    const { items } = (await ledger.get('/v1/reservations')).body;
    expect((await ledger.get(`/v1/weight-exports/${items[0]?.id}`)).status).toBe(404);
  });
});

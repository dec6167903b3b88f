import { answerOf, createLedgerClient } from './ledger-client.js';
import { LedgerProblem } from './ledger-problem.js';

const problem = { type: '/problems/insufficient-quota', title: 'The quota does not suffice', status: 409, detail: '5 TPP are left.', code: 'insufficient-quota' };

function answering(...answers: readonly { readonly status: number; readonly body: object; readonly position?: string }[]) {
  const sent: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const { status, body, position } = answers[Math.min(sent.length, answers.length - 1)] ?? { status: 500, body: {} };
    sent.push(request);
    return Response.json(body, { status, headers: { ...(position !== undefined && { 'ledger-position': position }) } });
  };
  return { client: createLedgerClient({ baseUrl: 'http://ledger', fetch, sleep: () => Promise.resolve() }), sent };
}

const shipment = { destination: 'AE', exporter: 'acme-semi', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] };

describe('the client', () => {
  it('gives a request a key of its own, and the same one over its retries', async () => {
    const { client, sent } = answering({ status: 503, body: problem }, { status: 201, body: { id: 'a' } });
    await answerOf(client.POST('/v1/reservations', { body: shipment }));
    await client.POST('/v1/reservations', { body: shipment });
    const keys = sent.map(({ headers }) => headers.get('idempotency-key'));
    expect([keys[0] === keys[1], keys[1] === keys[2], (keys[0] ?? '').length >= 8]).toEqual([true, false, true]);
  });

  it('keeps a key that is given, and gives none where none is taken', async () => {
    const { client, sent } = answering({ status: 201, body: {} });
    await client.POST('/v1/reservations', { params: { header: { 'Idempotency-Key': 'order-4711' } }, body: shipment });
    await client.POST('/v1/determinations', { body: shipment });
    expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['order-4711', null]);
  });

  it('reads no older state than it has seen', async () => {
    const { client, sent } = answering({ status: 201, body: {}, position: '42' }, { status: 200, body: {}, position: '41' });
    await client.POST('/v1/reservations', { body: shipment });
    await client.GET('/v1/countries');
    await client.GET('/v1/countries/{code}', { params: { path: { code: 'AE' } } });
    await client.GET('/v1/chips');
    await client.GET('/v1/events');
    await client.GET('/v1/rulebooks');
    expect(sent.map(({ headers }) => headers.get('min-position'))).toEqual([null, '42', '42', null, '42', '42']);
  });

  it('throws what the ledger says instead', async () => {
    const { client } = answering({ status: 409, body: problem });
    const thrown = await answerOf(client.POST('/v1/reservations', { body: shipment })).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(LedgerProblem);
    expect(thrown).toMatchObject({ status: 409, code: 'insufficient-quota', message: '5 TPP are left.', errors: [] });
  });

  it('throws what a proxy says in a form of its own', async () => {
    const { client } = answering({ status: 400, body: { message: 'no' } });
    await expect(answerOf(client.GET('/v1/countries'))).rejects.toMatchObject({ status: 400 });
  });
});

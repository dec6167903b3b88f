import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { PageQuery } from '../http/query.js';
import { About, IsName, IsText, MayBeLeftOut } from '../validation/members.js';
import type { Call } from './call.js';
import { entranceOf, type Method } from './enter.js';
import type { OperationText } from './operation-text.js';

class OrderDto {
  @About('The exporter acted for.')
  @MayBeLeftOut()
  @IsName(100)
  readonly exporter?: string;

  @About('Why.')
  @IsText(100)
  readonly reason!: string;
}

class OtherDto {
  @About('What makes it the other form.')
  @IsText(100)
  readonly other!: string;
}

const answers = { 200: { text: 'Done.', schema: 'Health' } } as const;
const order: OperationText = { summary: 'An order', body: { dto: OrderDto }, headers: ['Idempotency-Key', 'If-Match?'], answers };

interface Sent {
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function enter(text: OperationText, { url = '/', headers = {}, body }: Sent, method: Method = 'POST'): Call<unknown, unknown> | string {
  const query = Object.fromEntries(new URL(url, 'http://localhost').searchParams);
  try {
    return entranceOf(method, text)({ raw: { url }, query, headers, body } as unknown as FastifyRequest, {} as FastifyReply);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

const key = { 'idempotency-key': 'key-of-one' };
const good = { headers: { ...key, accept: 'application/json', 'if-match': '"17"' }, body: { reason: 'Sent twice.' } };

describe('the way of a request to its handler', () => {
  it('says the first thing that is wrong: query, Accept, key, precondition, body', () => {
    const wrong = { url: '/?page=2', headers: { accept: 'text/html', 'idempotency-key': 'short', 'if-match': '17' }, body: {} };
    const { headers } = wrong;
    expect(enter(order, wrong)).toBe('invalid-request');
    expect(enter(order, { ...wrong, url: '/' })).toBe('not-acceptable');
    expect(enter(order, { ...wrong, url: '/', headers: { ...headers, accept: '*/*' } })).toBe('idempotency-key-invalid');
    expect(enter(order, { headers: { 'if-match': '17' }, body: {} })).toBe('idempotency-key-missing');
    expect(enter(order, { headers: { ...key, 'if-match': '17' }, body: good.body })).toBe('invalid-request');
    expect(enter(order, { headers: good.headers, body: {} })).toBe('invalid-request');
    expect(enter(order, good)).toMatchObject({ ifMatch: [17], body: good.body, query: undefined });
  });

  it('checks the headers in the order in which the operation declares them', () => {
    const amendment: OperationText = { ...order, headers: ['If-Match', 'Idempotency-Key?'] };
    expect(enter(amendment, { headers: { 'idempotency-key': 'short' }, body: {} })).toBe('precondition-required');
    expect(enter(amendment, { headers: { 'if-match': '*' }, body: good.body })).toMatchObject({
      ifMatch: undefined, caller: { idempotencyKey: null },
    });
  });

  it('takes the exporter of the body as principal, else anonymous', () => {
    expect(enter(order, good)).toMatchObject({ caller: { principal: 'anonymous', idempotencyKey: 'key-of-one', body: good.body } });
    expect(enter(order, { ...good, body: { ...good.body, exporter: 'acme' } })).toMatchObject({ caller: { principal: 'acme' } });
  });

  it('keeps a body in another spelling as it was sent, for its key', () => {
    const sent = { ...good.body, exporter: ' acme ' };
    const entered = enter(order, { ...good, body: sent });
    expect(entered).toMatchObject({ body: { exporter: 'acme' }, caller: { principal: 'acme', asSent: { scope: ' acme ', body: sent } } });
    expect(enter(order, good)).not.toHaveProperty('caller.asSent');
  });

  it('takes no body where none is declared, and none where it may be left out', () => {
    const bare: OperationText = { summary: 'An acknowledgement', headers: ['Idempotency-Key'], answers };
    expect(enter(bare, { headers: key })).toMatchObject({ caller: { body: {} } });
    expect(enter(bare, { headers: key, body: {} })).toMatchObject({ caller: { body: {} } });
    for (const body of [null, [], 'text', { reason: 'x' }]) expect(enter(bare, { headers: key, body })).toBe('invalid-request');
    expect(enter(order, { headers: key })).toBe('invalid-request');
    for (const body of [undefined, null, {}])
      expect(enter({ ...order, body: { dto: PageQuery, required: false } }, { headers: key, body })).toMatchObject({ body: {}, caller: { body: {} } });
  });

  it('reads the other form of a body where its member is there', () => {
    const twoForms: OperationText = { ...order, headers: [], body: { dto: OrderDto, or: { dto: OtherDto, where: 'other' } } };
    expect(enter(twoForms, { body: { other: 'yes' } })).toMatchObject({ body: { other: 'yes' } });
    expect(enter(twoForms, { body: { other: 'yes', reason: 'x' } })).toBe('invalid-request');
    expect(enter(twoForms, { body: good.body })).toMatchObject({ body: good.body });
  });

  it('leaves it to the handler to choose between several forms of the answer', () => {
    const report: OperationText = { summary: 'A report', query: PageQuery, answers: { 200: { text: 'A report.', also: ['text/csv'] } } };
    const csv = { url: '/?limit=2', headers: { accept: 'text/csv' } };
    expect(enter(report, csv, 'GET')).toMatchObject({ query: { limit: '2' }, body: undefined });
    expect(enter({ ...report, answers }, csv, 'GET')).toBe('not-acceptable');
    expect(enter({ ...report, answers, anyAccept: true }, csv, 'GET')).toMatchObject({ query: { limit: '2' } });
  });
});

import type { AnswerBody } from './answer.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer, Json } from './answer.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const line = (idempotencyKey: string, more: Json = {}) =>
  JSON.stringify({ idempotencyKey, destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], ...more });

function send(body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
  return ledger.post('/v1/reservations/bulk', body, {
    'Content-Type': 'application/x-ndjson',
    'Idempotency-Key': '',
    ...headers,
  });
}

interface BulkAnswer {
  readonly status: number;
  readonly body: AnswerBody;
  readonly replayed?: true;
}

function linesOf({ text }: Answer): BulkAnswer[] {
  return text
    .trim()
    .split('\n')
    .map((answer) => JSON.parse(answer) as BulkAnswer);
}

describe('POST /v1/reservations/bulk', () => {
  it('answers each line in order, and a bad one for itself', async () => {
    const before = await ledger.head();
    const answers = linesOf(
      await send(
        [
          line('bulk-key-1'),
          line('bulk-key-2', { destination: 'CN' }),
          'nonsense',
          line('bulk-key-3', { colour: 'red' }),
          line('short'),
          '',
          '{"a":1,"a":2}',
          line('bulk-key-4', { items: [{ chip: 'nvidia-h1000', quantity: 1 }] }),
          line('bulk-key-5', { items: [{ chip: 'nvidia-h100-sxm5', quantity: 60_000 }] }),
          line('bulk-key-6'),
        ].join('\n'),
      ),
    );
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [201, undefined],
      [422, 'no-allocation'],
      [400, 'malformed-json'],
      [400, 'invalid-request'],
      [400, 'invalid-request'],
      [400, 'malformed-json'],
      [400, 'malformed-json'],
      [422, 'unknown-chip'],
      [409, 'insufficient-quota'],
      [201, undefined],
    ]);
    expect(answers[3]?.body.errors).toEqual([{ pointer: '/colour', message: 'colour is not known here' }]);
    expect(answers[4]?.body.errors[0]?.pointer).toBe('/idempotencyKey');
    expect(await ledger.head()).toBe(before + 4);
  });

  it('loses no line to a byte order mark', async () => {
    const answers = linesOf(await send(`\ufeff${line('bulk-bom-1')}\r\n${line('bulk-bom-2')}\r\n`));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  });

  it('decides as the single requests do', async () => {
    const single = await ledger.reserve(1, { destination: 'AE' }, { 'Idempotency-Key': 'shared-key-1' });
    const [answer] = linesOf(await send(`${line('shared-key-1')}\n`));
    expect(answer).toEqual({ status: 201, body: single.body, replayed: true });
  });

  it('decides in order on one line until the quota is used up', async () => {
    const body = Array.from({ length: 10 }, (_, index) =>
      line(`order-key-${index}`, { destination: 'OM', items: [{ chip: 'nvidia-h100-sxm5', quantity: 10_000 }] }),
    ).join('\n');
    const answers = linesOf(await send(body));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 409, 409, 409, 409, 409, 409]);
    const revisions = answers.slice(0, 4).map(({ body: { revision } }) => Number(revision));
    expect(revisions).toEqual([0, 1, 2, 3]);
  });

  it('takes 10,000 lines, and the same again without effect', async () => {
    const body = Array.from({ length: 10_000 }, (_, index) =>
      line(`many-key-${index}`, { destination: ['SA', 'QA', 'KW'][index % 3] }),
    ).join('\n');
    const first = linesOf(await send(body));
    expect(first.every(({ status }) => status === 201)).toBe(true);
    const head = await ledger.head();
    const again = linesOf(await send(body));
    expect(again.every(({ replayed }) => replayed === true)).toBe(true);
    expect(again.map(({ body: reservation }) => reservation)).toEqual(
      first.map(({ body: reservation }) => reservation),
    );
    expect(await ledger.head()).toBe(head);
    const { body: country } = await ledger.get('/v1/countries/SA');
    expect(country).toMatchObject({ openReservations: 3334 });
  });

  it.each([
    ['10,001 lines', 413, Array.from({ length: 10_001 }, (_, index) => line(`toomany-${index}`)).join('\n'), {}],
    ['more than 8 MiB', 413, `${' '.repeat(8 * 1024 * 1024)}x`, {}],
    ['nothing', 400, '\n\n', {}],
    ['JSON', 415, line('as-json-1'), { 'Content-Type': 'application/json' }],
    ['another charset', 415, line('latin-1-1'), { 'Content-Type': 'application/x-ndjson; charset=latin1' }],
    ['a caller that wants HTML', 406, line('html-key-1'), { Accept: 'text/html' }],
  ])('refuses %s as a whole', async (_, status, body, headers) => {
    const before = await ledger.head();
    expect((await send(body, headers as Record<string, string>)).status).toBe(status);
    expect(await ledger.head()).toBe(before);
  });

  it('names lines that are too long or no UTF-8, and decides the others', async () => {
    const body = Buffer.concat([
      Buffer.from(`${line('utf8-key-1')}\n`),
      Buffer.from([0x22, 0xff, 0x22, 0x0a]),
      Buffer.from(`${' '.repeat(70_000)}{}\n${line('utf8-key-2')}`),
    ]);
    expect(linesOf(await send(body)).map(({ status }) => status)).toEqual([201, 400, 413, 201]);
  });
});

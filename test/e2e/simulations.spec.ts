import { builtInRulebook, type Rulebook } from '#rulebook';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer, Json } from './answer.js';

const path = '/v1/rulebooks/simulations';
const { document } = builtInRulebook();

/** The built-in rulebook with something changed. */
function draft(change: Partial<Rulebook>): Rulebook {
  return { ...document, version: 'draft', ...change };
}

const tightIndia = draft({
  allocations: { ...document.allocations, exceptions: [{ country: 'IN', tpp: 100_000, citation: 'a test' }] },
});

interface Side {
  readonly allocation: number | null;
  readonly exported: number;
  readonly reserved: number;
  readonly available: number | null;
  readonly status: string;
}

interface Simulated {
  readonly position: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly lines: readonly { readonly line: string; readonly differs: boolean; readonly recorded: Side; readonly simulated: Side }[];
  readonly items: readonly Json[];
  readonly nextCursor: string | null;
  readonly notes: readonly string[];
}

describe('simulations', () => {
  let ledger: LedgerUnderTest;
  let head: number;
  beforeAll(async () => {
    ledger = await LedgerUnderTest.start();
    const first = await ledger.reserve(5, { destination: 'IN', exporter: 'acme' });
    await ledger.reserve(4, { destination: 'IN', exporter: 'acme' });
    await ledger.reserve(60_000, { destination: 'IN', exporter: 'globex' });
    await ledger.post(`/v1/reservations/${first.body.id}/exports`, { exportedAt: '2026-06-10T00:00:00Z' });
    await ledger.post('/v1/exports', {
      destination: 'SA',
      exportedAt: '2026-06-01T00:00:00Z',
      items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }],
    });
    head = await ledger.head();
  });
  afterAll(() => ledger.stop());
  // Nothing of all this leaves an event.
  afterEach(async () => expect(await ledger.head()).toBe(head));

  async function simulate(body: unknown, query = ''): Promise<Answer & { readonly body: Answer['body'] & Simulated }> {
    const answer = await ledger.post(path + query, body, { 'Idempotency-Key': '' });
    return answer as Answer & { readonly body: Answer['body'] & Simulated };
  }

  it('find nothing that differs under the rulebook in force', async () => {
    const { status, body, headers } = await simulate({ draft: document });
    expect([status, headers.get('ledger-position')]).toEqual([200, String(head)]);
    expect(body.items).toEqual([]);
    expect(Object.values(body.counts).every((count) => count === 0)).toBe(true);
    expect(body.lines.map(({ line, differs }) => [line, differs])).toEqual([
      ['country:IN', false],
      ['country:SA', false],
    ]);
    const { body: country } = await ledger.get('/v1/countries/IN');
    const { allocation, exported, reserved, available, status: standing } = country as unknown as Side;
    expect(body.lines[0]?.simulated).toMatchObject({ allocation, exported, reserved, available, status: standing });
  });

  it('take the document itself as the body, as a file has it', async () => {
    const { status, body } = await simulate(document);
    expect([status, body.items.length]).toEqual([200, 0]);
  });

  it('say what a tighter cap would have refused, and what it would have left', async () => {
    const { body } = await simulate({ draft: tightIndia });
    expect(body.counts).toMatchObject({ 'allowed-to-refused': 1, 'other-refusal': 0 });
    expect(body.items).toMatchObject([
      {
        kind: 'allowed-to-refused',
        operation: 'reserve',
        exporter: 'acme',
        destination: 'IN',
        recorded: { outcome: 'allowed', route: 'licence', line: 'country:IN', tpp: 63_328, debitedTpp: 63_328 },
        simulated: { outcome: 'refused', code: 'insufficient-quota', line: 'country:IN', debitedTpp: 0 },
        reasons: [
          {
            code: 'insufficient-quota',
            text: '63328 TPP do not fit: under the draft country:IN has 20840 TPP left.',
            citation: document.allocations.citation,
          },
        ],
      },
    ]);
    expect(body.lines[0]).toMatchObject({
      line: 'country:IN',
      differs: true,
      recorded: { allocation: 790_000_000, exported: 79_160, reserved: 63_328 },
      simulated: { allocation: 100_000, exported: 79_160, reserved: 0, available: 20_840, status: 'open' },
    });
  });

  it('stop where they are told to', async () => {
    const { body } = await simulate({ draft: tightIndia, until: '2' });
    expect([body.position, body.items.length]).toEqual(['2', 0]);
    expect(body.lines[0]?.simulated).toMatchObject({ exported: 0, reserved: 79_160 });
  });

  it('show the caps of the time that is asked for', async () => {
    const later = draft({
      allocations: {
        ...document.allocations,
        exceptions: [{ country: 'SA', tpp: 1_000_000, from: '2027-01-01T00:00:00Z', citation: 'a test' }],
      },
    });
    const allocationAt = async (at: string): Promise<unknown> => {
      const { body } = await simulate({ draft: later, at });
      return body.lines.find(({ line }) => line === 'country:SA')?.simulated.allocation;
    };
    expect(await allocationAt('2026-12-31T23:59:59Z')).toBe(790_000_000);
    expect(await allocationAt('2027-01-01T00:00:00Z')).toBe(1_000_000);
  });

  it('tell the differences page by page', async () => {
    const nothing = draft({ allocations: { ...document.allocations, perCountryTpp: 1 } });
    const first = await simulate({ draft: nothing }, '?limit=1');
    expect(first.body.counts).toMatchObject({ 'allowed-to-refused': 3 });
    expect([first.body.items.length, first.headers.get('link')]).toEqual([1, expect.stringContaining('cursor=')]);
    const second = await simulate({ draft: nothing }, `?limit=2&cursor=${first.body.nextCursor ?? ''}`);
    expect([second.body.items.length, second.body.nextCursor]).toEqual([2, null]);
    expect(Number(second.body.items[0]?.['position'])).toBeGreaterThan(Number(first.body.items[0]?.['position']));
  });

  it('name every member of a draft that is no rulebook', async () => {
    const chips = [{ ...document.chips[0], tppPerUnit: 1.0001 }, ...document.chips.slice(1)];
    const wrong = { ...document, chips, version: 7 };
    const wrapped = await simulate({ draft: wrong });
    expect(wrapped).toMatchObject({ status: 422, body: { code: 'rulebook-invalid' } });
    expect(wrapped.body.errors.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['/draft/version', '/draft/chips/0/tppPerUnit']));
    const bare = await simulate(wrong);
    expect(bare.body.errors.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['/version', '/chips/0/tppPerUnit']));
  });

  it.each([
    [{}, '/draft'],
    [{ draft: 'x' }, '/draft'],
    [{ draft: [] }, '/draft'],
    [{ draft: document, until: 7 }, '/until'],
    [{ draft: document, until: '1000000' }, '/until'],
    [{ draft: document, at: 'tomorrow' }, '/at'],
    [{ draft: document, dry: true }, '/dry'],
  ])('refuse an order that is none (%#)', async (body, pointer) => {
    expect(await simulate(body)).toMatchObject({ status: 400, body: { code: 'invalid-request', errors: [{ pointer }] } });
  });

  it.each([
    ['?limit=0', 'invalid-request'],
    ['?limit=201', 'invalid-request'],
    ['?cursor=x', 'invalid-cursor'],
    ['?dry=1', 'invalid-request'],
  ])('refuse the query %s', async (query, code) => {
    expect(await simulate({ draft: document }, query)).toMatchObject({ status: 400, body: { code } });
  });

  it('take drafts larger than other bodies, and no larger than 256 KiB', async () => {
    const padded = (bytes: number): string => JSON.stringify({ draft: { ...document, note: 'x'.repeat(bytes) } });
    expect((await simulate(padded(100_000))).status).not.toBe(413);
    expect(await simulate(padded(256 * 1024))).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
  });

  it('run one at a time', async () => {
    const answers = await Promise.all([simulate({ draft: document }), simulate({ draft: document }), simulate({ draft: document })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 503, 503]);
    const busy = answers.find(({ status }) => status === 503);
    expect([busy?.body.code, busy?.headers.get('retry-after')]).toEqual(['simulation-running', '5']);
    expect((await simulate({ draft: document })).status).toBe(200);
  });

  it('end when they take too long', async () => {
    await ledger.restart({ simulationMaxMs: 1 });
    expect(await simulate({ draft: document })).toMatchObject({ status: 503, body: { code: 'simulation-too-long' } });
    await ledger.restart();
  });
});

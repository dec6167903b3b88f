import { quota as run, type CliResult } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const quota = (...args: readonly string[]): Promise<CliResult> => run(...args, '--url', ledger.url);
const h100 = (quantity: number): readonly string[] => ['--chip', 'nvidia-h100-sxm5', '--quantity', String(quantity)];
const bodyOf = ({ out }: CliResult): Record<string, any> => JSON.parse(out) as Record<string, any>;

describe('quota reservations and exports', () => {
  it('list what there is with its ids, and show one', async () => {
    const order = ['--exporter', 'lister', '--destination', 'TH'];
    const id = String(bodyOf(await quota('reserve', '--exporter', 'lister', '--destination', 'SA', ...h100(3), '--reference', 'PO-1', '--json'))['id']);
    const exported = bodyOf(await quota('ship', ...order, ...h100(2), '--exported-at', '2026-06-01', '--itn', 'X1', '--json'));
    const list = await quota('reservations', '--exporter', 'lister', '--status', 'held');
    expect(list.out).toMatch(new RegExp(`^Created .*\\n2026-06-15  held    lister    SA  licence  47,496  47,496  2026-09-13  PO-1       ${id}\\n$`));
    expect(bodyOf(await quota('reservations', '--exporter', 'lister', '--json'))).toEqual((await ledger.get('/v1/reservations?exporter=lister')).body);
    expect((await quota('reservations', id)).out).toMatch(new RegExp(`^Reservation held\\.\\n  Reservation  ${id}\\n`));
    const exports = await quota('exports', '--line', 'country:TH');
    expect(exports.out).toMatch(/^Exported .*\n2026-06-01 {2}posted {2}lister .* 31,664 {3}31,664 {2}X1 .*\n$/);
    await quota('reverse', String(exported['id']), '--code', 'not-shipped', '--reason', 'Never left.');
    const one = await quota('exports', String(exported['id']));
    expect(one.out).toContain('  Reversed     not-shipped: Never left.\n  Given back   31,664 TPP\n');
    expect(bodyOf(await quota('exports', String(exported['id']), '--json'))['id']).toBe(exported['id']);
    expect(await quota('exports', 'nowhere')).toMatchObject({ code: 4, err: expect.stringContaining('There is no export nowhere') as string });
    expect(await quota('exports', id, '--reservation-id', id)).toMatchObject({ code: 2, err: expect.stringContaining('--reservation-id narrows the list') as string });
    expect(await quota('reservations', '--status', 'lost')).toMatchObject({ code: 2 });
  });
});

describe('quota obligations, alerts and report', () => {
  it('list what is owed and record that it was done', async () => {
    await ledger.post('/v1/exports', {
      destination: 'DE',
      exporter: 'owes',
      items: [{ chip: 'nvidia-b200', quantity: 10 }],
      exportedAt: '2026-06-10T10:00:00Z',
      ultimateConsignee: { name: 'Consignee', country: 'DE', headquarters: 'DE' },
    });
    const { code, out } = await quota('obligations', '--exporter', 'owes');
    expect(code).toBe(0);
    expect(out).toMatch(/^Due +Status +Kind +Owed by +Line +Id\n/);
    expect(out).toMatch(/ aia-eccn +owes +country:DE +[0-9a-f-]{36}/);
    const listed = bodyOf(await quota('obligations', 'list', '--exporter', 'owes', '--json'));
    expect(listed).toEqual((await ledger.get('/v1/obligations?exporter=owes')).body);
    const ids = (listed['items'] as readonly { id: string }[]).slice(0, 2).map(({ id }) => id);
    const done = await quota('obligations', 'fulfil', ...ids, '--reference', 'letter 17', '--fulfilled-at', '2026-06-14');
    expect([done.code, done.out.trim().split('\n').length]).toEqual([0, 2]);
    expect(done.out).toContain(`${ids[0]}: `);
    const evidence = await ledger.get(`/v1/obligations/${ids[1]}`);
    expect(evidence.body).toMatchObject({ status: 'done', evidence: { reference: 'letter 17', fulfilledAt: '2026-06-14T00:00:00.000Z' } });
    const page = await quota('obligations', '--exporter', 'owes', '--limit', '1');
    const cursor = /^More: --cursor (\S+)$/m.exec(page.out)?.[1] ?? '';
    expect((await quota('obligations', '--exporter', 'owes', '--limit', '1', '--cursor', cursor)).out).not.toBe(page.out);
    expect((await quota('obligations', '--exporter', 'owes-nothing')).out).toBe('None.\n');
    expect(await quota('obligations', '--kind', 'homework')).toMatchObject({ code: 2, err: expect.stringContaining('--kind: kind must be one of') as string });
    const some = await quota('obligations', 'fulfil', 'nowhere', ids[0] ?? '', '--reference', 'x', '--key', 'some-of-them');
    expect([some.code, some.err]).toEqual([4, 'quota: 1 of 2 obligations were not fulfilled; the others are recorded.\n']);
    expect(some.out).toMatch(/^nowhere: No such obligation\. There is no obligation nowhere\..*\n[0-9a-f-]{36}: \S+ of owes is done\.\n$/);
  });

  it('list alerts and acknowledge them', async () => {
    await quota('reserve', '--destination', 'QA', '--chip', 'nvidia-gb300', '--quantity', '12000');
    const listed = await quota('alerts', '--country', 'qa', '--state', 'open');
    expect(listed.out).toMatch(/^Raised +Level +Line +Used +State +Acknowledged by +Id\n\S+ +critical +country:QA +91\.1 % +open +- +[0-9a-f-]{36}/);
    const { items } = bodyOf(await quota('alerts', '--country', 'QA', '--json')) as { items: { id: string }[] };
    const ids = items.map(({ id }) => id);
    const acknowledged = await quota('alerts', 'acknowledge', ...ids);
    expect([acknowledged.code, acknowledged.out]).toEqual([0, expect.stringContaining('critical on country:QA, acknowledged by anonymous.')]);
    expect((await quota('alerts', '--country', 'QA')).out).toMatch(/open +anonymous/);
  });

  it('list the reports and make them for people, as CSV and as JSON', async () => {
    for (const day of ['2026-06-01', '2026-06-02']) await quota('ship', '--destination', 'MA', ...h100(1), '--exported-at', day);
    const list = await quota('report');
    expect(list.out).toMatch(/^licence-usage +--exporter --country +Licensed and shipped/m);
    expect(bodyOf(await quota('report', '--json'))).toEqual((await ledger.get('/v1/reports')).body);
    const table = await quota('report', 'licence-usage', '--country', 'MA');
    expect(table.out).toMatch(/^country +name .*\nMA +Morocco +country:MA +anonymous +2 +31,664 /m);
    const csv = await quota('report', 'licence-usage', '--country', 'MA', '--csv');
    expect(csv.out).toBe((await ledger.get('/v1/reports/licence-usage?country=MA&format=csv')).text);
    expect(bodyOf(await quota('report', 'lpp-shipments', '--year', '2026', '--json'))).toMatchObject({ name: 'lpp-shipments', parameters: { year: '2026' } });
    expect(await quota('report', 'nac-notices', '--party', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('--party: party is no parameter of nac-notices') as string });
    expect((await quota('report', 'horoscope')).code).toBe(4);
    expect((await quota('report', '--year', '2026')).code).toBe(2);
    expect((await quota('report', 'licence-usage', '--csv', '--json')).code).toBe(2);
  });
});

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { quota as run, withFolder, type CliResult } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const quota = (...args: readonly string[]): Promise<CliResult> => run(...args, '--url', ledger.url);
const h100 = (quantity: number): readonly string[] => ['--chip', 'nvidia-h100-sxm5', '--quantity', String(quantity)];
const bodyOf = ({ out }: CliResult): Record<string, any> => JSON.parse(out) as Record<string, any>;

/** The id of a new reservation of H100 for Saudi Arabia. */
async function reserved(quantity: number, ...more: readonly string[]): Promise<string> {
  const answer = await quota('reserve', '--destination', 'SA', ...h100(quantity), '--json', ...more);
  expect(answer.code).toBe(0);
  return String(bodyOf(answer)['id']);
}

describe('quota reserve', () => {
  it('says beforehand what would happen, and records nothing', async () => {
    const before = await ledger.head();
    const { code, out, err } = await quota('reserve', '--destination', 'ae', ...h100(1000), '--dry-run');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^It would be allowed\.\n {2}Size {5}15,832,000 TPP\n {2}Route {4}licence\n/);
    expect(out).toContain('774,168,000 of 790,000,000 TPP on country:AE');
    expect(out).toMatch(/ {2}licence applies\n {4}.*15 CFR 742\.6/);
    const refused = await quota('reserve', '--destination', 'CN', ...h100(1), '--dry-run', '--json');
    expect([refused.code, bodyOf(refused)['wouldBeRefused'].code]).toEqual([5, 'no-allocation']);
    expect(refused.err).toContain('quota: The destination has no allocation. The destination is China (CN)');
    expect(await ledger.head()).toBe(before);
  });

  it('tells what is held and what is left, and its key; with the key again it reserves nothing more', async () => {
    const order = ['reserve', '--destination', 'AE', ...h100(1000), '--exporter', 'acme-semi', '--reference', 'PO-4711', '--expires-at', '2026-12-31'];
    const first = await quota(...order);
    const key = /^Key: (\S+) \(with --key/.exec(first.err)?.[1] ?? '';
    expect([first.code, first.err]).toEqual([0, `Key: ${key} (with --key the same command is safe to repeat)\n`]);
    const id = /Reservation {2}(\S+)/.exec(first.out)?.[1] ?? '';
    expect(first.out.split('\n')).toEqual([
      'Reservation held.',
      `  Reservation  ${id}`,
      '  Exporter     acme-semi',
      '  Destination  AE',
      '  Route        licence',
      '  Item         1,000 x nvidia-h100-sxm5 (3A090.a), 15,832 TPP each, 15,832,000 TPP',
      '  Reference    PO-4711',
      '  Held         15,832,000 TPP until 2026-12-31T00:00:00.000Z',
      '  Left         774,168,000 of 790,000,000 TPP on country:AE',
      expect.stringMatching(/^ {2}Rulebook {5}us-ai-diffusion 2025/),
      '',
    ]);
    const head = await ledger.head();
    const again = await quota(...order, '--key', key);
    expect(again).toEqual({ code: 0, out: first.out, err: 'Recorded before with this key: nothing new is recorded.\n' });
    expect(await ledger.head()).toBe(head);
    const other = await quota('reserve', '--destination', 'AE', ...h100(5), '--exporter', 'acme-semi', '--key', key);
    expect([other.code, other.out]).toEqual([4, '']);
    expect(other.err).toContain('Leave out --key to send this as a new request.');
    const two = [bodyOf(await quota(...order, '--json')), bodyOf(await quota(...order, '--json'))];
    expect(two[0]?.['id']).not.toBe(two[1]?.['id']);
  });

  it('ends with 5 where the rules refuse it, and says what would pass; with --json it writes the problem', async () => {
    const order = ['reserve', '--destination', 'OM', '--chip', 'nvidia-gb300', '--quantity', '20000', '--key', 'too-much-of-it'];
    const { code, out, err } = await quota(...order);
    expect([code, out]).toEqual([5, '']);
    expect(err).toMatch(/^quota: The quota does not suffice\. 1200000000 TPP were asked of country:OM/);
    expect(err).toMatch(/Up to 790,000,000 TPP would pass\.\nThe refusal is recorded as [0-9a-f-]{36}\.\n$/);
    const json = await quota(...order, '--json');
    expect([json.code, bodyOf(json)]).toEqual([5, expect.objectContaining({ code: 'insufficient-quota', largestThatFits: 790_000_000 })]);
    const listed = await ledger.get(`/v1/reservations/${bodyOf(json)['reservationId']}`);
    expect(listed.body).toMatchObject({ status: 'refused' });
  });

  it('takes parties, several chips, and items and facts from files', () =>
    withFolder(async (folder) => {
      const items = path.join(folder, 'items.json');
      const facts = path.join(folder, 'facts.json');
      writeFileSync(items, '[{ "description": "custom board", "eccn": "4A090.a", "tppPerUnit": 20919.2, "quantity": 3 }]');
      writeFileSync(facts, '{ "prohibitedEndUse": false }');
      const parties = ['--consignee', 'Falcon Cloud', '--consignee-country', 'BR', '--consignee-headquarters', 'br', '--parent', 'Falcon Holding', '--parent-headquarters', 'BR'];
      const lpp = bodyOf(await quota('reserve', '--destination', 'BR', '--items', items, '--facts', facts, '--route', 'lpp', ...parties, '--json'));
      expect(lpp).toMatchObject({
        route: 'lpp',
        line: expect.stringMatching(/^lpp:falcon-holding:/) as string,
        facts: { prohibitedEndUse: false },
        items: [{ description: 'custom board', quantity: 3, tpp: 62_757.6 }],
        ultimateConsignee: { name: 'Falcon Cloud', country: 'BR', headquarters: 'BR', ultimateParent: { name: 'Falcon Holding', headquarters: 'BR' } },
      });
      const mixed = bodyOf(await quota('reserve', '--destination', 'IN', ...h100(2), '--chip', 'amd-mi300x', '--quantity', '7', '--json'));
      expect(mixed['items']).toMatchObject([{ chip: 'nvidia-h100-sxm5', quantity: 2 }, { chip: 'amd-mi300x', quantity: 7 }]);
      writeFileSync(facts, '{ "endUse": "fun" }');
      const wrong = await quota('reserve', '--destination', 'IN', ...h100(1), '--facts', facts);
      expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('quota: --facts /endUse: endUse must be one of')]);
      writeFileSync(items, '[{ "chip": "nvidia-h100-sxm5", "quantity": 1, "quantity": 1000 }]');
      const twice = await quota('reserve', '--destination', 'IN', '--items', items);
      expect([twice.code, twice.err]).toEqual([2, `quota: ${items} has a duplicate member: quantity appears more than once in its object.\n`]);
    }));

  it.each([
    [['--destination', 'AE'], '--chip and --quantity are missing'],
    [[...h100(1)], '--destination is missing'],
    [['--destination', 'AE', '--chip', 'nvidia-h100-sxm5'], 'Each --chip goes with a --quantity'],
    [['--destination', 'AE', '--chip', 'nvidia-h100-sxm5', '--quantity', '1.000'], "option '--quantity <units>' argument '1.000' is invalid"],
    [['--destination', 'AE', '--chip', 'nvidia-h100-sxm5', '--quantity', '1,000'], "option '--quantity <units>' argument '1,000' is invalid"],
    [['--destination', 'Dubai', ...h100(1)], "option '--destination <country>' argument 'Dubai' is invalid"],
    [['--destination', 'AE', '--destination', 'SA', ...h100(1)], 'It is given twice'],
    [['--destination', 'AE', ...h100(1), '--items', 'x.json'], '--items has all items'],
    [['--destination', 'AE', '--items', 'nowhere.json'], 'Cannot read nowhere.json: no such file or directory.'],
    [['--destination', 'AE', ...h100(1), '--parent', 'Falcon Holding'], 'Name the --consignee'],
    [['--destination', 'AE', ...h100(1), '--consignee', 'Falcon', '--parent-headquarters', 'AE'], '--parent-headquarters goes with --parent'],
    [['--destination', 'AE', ...h100(1), '--expires-at', 'soon'], "option '--expires-at <time>' argument 'soon' is invalid"],
    [['--destination', 'AE', ...h100(1), '--key', 'short'], '--key: Idempotency-Key must have 8 to 200'],
    [['--destination', 'AE', ...h100(1), '--route', 'secret'], '--route: route must be one of'],
    [['--destination', 'AE', ...h100(1), '--consignee', ' '], '--consignee: name must be text'],
  ])('names the option at fault and ends with 2: %p', async (args, words) => {
    const head = await ledger.head();
    const { code, out, err } = await quota('reserve', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
    expect(await ledger.head()).toBe(head);
  });
});

describe('quota ship', () => {
  it('exports a reservation in part, and the rest of it', async () => {
    const id = await reserved(10);
    const part = await quota('ship', id, ...h100(4), '--exported-at', '2026-06-01', '--itn', 'X20260601000001');
    expect(part).toMatchObject({ code: 0, out: expect.stringMatching(/^Export recorded\.\n/) as string });
    expect(part.out).toContain('  ITN          X20260601000001\n  Debited      63,328 TPP\n');
    const rest = bodyOf(await quota('ship', id, '--tpp', '15832', '--final', '--exported-at', '2026-06-02T10:00:00Z', '--json'));
    expect(rest).toMatchObject({ reservationId: id, tpp: 15_832, releasedTpp: 79_160, final: true, exportedAt: '2026-06-02T10:00:00.000Z' });
    const closed = await quota('ship', id, '--exported-at', '2026-06-03');
    expect([closed.code, closed.err]).toEqual([4, expect.stringContaining('Make a new reservation (quota reserve)')]);
  });

  it('exports without a reservation, and says beforehand what would happen', async () => {
    const order = ['ship', '--destination', 'IN', ...h100(512), '--exporter', 'acme-semi'];
    const dry = await quota(...order, '--dry-run');
    expect([dry.code, dry.out]).toEqual([0, expect.stringContaining('It would be allowed.')]);
    expect((await quota(...order, '--dry-run', '--exported-at', '2024-06-01')).out).toContain('Route    none');
    const ahead = await quota(...order, '--dry-run', '--exported-at', '2999-01-01');
    expect([ahead.code, ahead.err]).toEqual([2, 'quota: --exported-at: An export may be reported at most 24 hours ahead.\n']);
    expect(bodyOf(await quota(...order, '--exported-at', '2026-06-01', '--json'))).toMatchObject({ line: 'country:IN', reservationId: null, tpp: 8_105_984 });
    expect((await quota('ship', '--destination', 'CN', ...h100(1), '--exported-at', '2026-06-01')).code).toBe(5);
  });

  it.each([
    [['--destination', 'IN', ...h100(1)], '--exported-at is missing'],
    [['--destination', 'IN', ...h100(1), '--exported-at', '2026-06-01', '--final'], '--tpp and --final go with the id of a reservation'],
    [['some-id', '--destination', 'IN', '--exported-at', '2026-06-01'], '--destination goes with a shipment without a reservation'],
    [['some-id', '--dry-run'], '--dry-run goes with a shipment without a reservation'],
    [['some-id', '--tpp', '1.000,5', '--exported-at', '2026-06-01'], '--tpp "1.000,5" is no amount of TPP'],
    [['--destination', 'IN', ...h100(1), '--exported-at', '2999-01-01'], '--exported-at: '],
  ])('names the option at fault and ends with 2: %p', async (args, words) => {
    const { code, out, err } = await quota('ship', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});

describe('quota release and reverse', () => {
  it('give back what is held, once, however often the command is repeated', async () => {
    const id = await reserved(10);
    const first = await quota('release', id, '--reason', 'The order was cancelled.');
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toMatch(/^Reservation released\.\n/);
    expect(await quota('release', id, '--reason', 'The order was cancelled.')).toEqual({ ...first, err: 'Recorded before with this key: nothing new is recorded.\n' });
    expect(await quota('release', id)).toMatchObject({ code: 4, err: expect.stringContaining('is released') as string });
    expect(await quota('release', 'nowhere')).toMatchObject({ code: 4, err: expect.stringContaining('There is no reservation nowhere') as string });
  });

  it('reverse an export, with what its code gives back', async () => {
    const ship = async (): Promise<string> => String(bodyOf(await quota('ship', '--destination', 'EG', ...h100(1), '--exported-at', '2026-06-01', '--json'))['id']);
    const duplicate = await ship();
    const reversed = await quota('reverse', duplicate, '--code', 'duplicate', '--reason', 'Recorded twice.');
    expect([reversed.code, reversed.err]).toEqual([0, '']);
    expect(reversed.out).toContain('  Given back  15,832 TPP\n');
    const again = ['reverse', duplicate, '--code', 'duplicate', '--reason'];
    expect((await quota(...again, 'Recorded twice.')).out).toBe(reversed.out);
    expect(await quota(...again, 'Really.')).toMatchObject({ code: 4, err: expect.stringContaining('already reversed') as string });
    const back = await quota('reverse', await ship(), '--code', 'returned', '--reason', 'Came back.', '--json');
    expect(bodyOf(back)).toMatchObject({ code: 'returned', creditedTpp: 0 });
    expect(await quota('reverse', duplicate, '--code', 'oops', '--reason', 'x')).toMatchObject({ code: 2, err: expect.stringContaining("'--code <code>' argument 'oops'") as string });
    expect(await quota('reverse', duplicate, '--code', 'duplicate')).toMatchObject({ code: 2, err: expect.stringContaining('--reason') as string });
  });
});

describe('quota filing', () => {
  it('records the ITN that came later, once', async () => {
    const id = String(bodyOf(await quota('ship', '--destination', 'PE', ...h100(1), '--exported-at', '2026-06-01', '--json'))['id']);
    const filed = await quota('filing', id, '--itn', 'X20260601000009');
    expect(filed).toEqual({ code: 0, out: `Export ${id} has the ITN X20260601000009.\n`, err: '' });
    expect((await ledger.get(`/v1/exports/${id}`)).body).toMatchObject({ itn: 'X20260601000009' });
    expect((await quota('filing', id, '--itn', 'X20260601000009')).code).toBe(0);
    expect((await quota('filing', id, '--itn', 'X20260601000010')).code).toBe(4);
    expect(await quota('filing', id)).toMatchObject({ code: 2, err: expect.stringContaining('--itn') as string });
  });
});

describe('the same commands on a data directory', () => {
  it('answer as over HTTP, and leave a log that replays', async () => {
    const own = await LedgerUnderTest.start({ clock: () => Date.now() });
    try {
      const order = ['reserve', '--destination', 'AE', ...h100(10), '--exporter', 'acme-semi', '--key', 'the-same-key', '--json'];
      const overHttp = bodyOf(await run(...order, '--url', own.url));
      await own.restart({}, async () => {
        const local = (...args: readonly string[]): Promise<CliResult> => run(...args, '--data-dir', own.dataDir);
        const again = await local(...order);
        expect([again.code, bodyOf(again)]).toEqual([0, overHttp]);
        const dry = await local('reserve', '--destination', 'AE', ...h100(100_000), '--dry-run');
        expect([dry.code, dry.out]).toEqual([5, expect.stringContaining('It would be refused.')]);
        const shipped = bodyOf(await local('ship', String(overHttp['id']), ...h100(4), '--exported-at', '2026-06-01', '--json'));
        expect(shipped).toMatchObject({ status: 'posted', tpp: 63_328 });
        expect((await local('reverse', String(shipped['id']), '--code', 'duplicate', '--reason', 'Twice.')).code).toBe(0);
        expect((await local('release', String(overHttp['id']))).code).toBe(0);
        expect((await local('release', 'nowhere')).code).toBe(4);
        expect((await local('reserve', '--destination', 'AE', ...h100(1), '--route', 'x')).code).toBe(2);
        expect((await local('report', 'licence-usage', '--csv')).out).toContain('AE,United Arab Emirates,country:AE,acme-semi');
        expect((await local('obligations')).out).toBe('None.\n');
        expect((await local('alerts')).out).toBe('None.\n');
        expect((await local('replay')).code).toBe(0);
      });
      expect((await own.get('/v1/countries/AE')).body).toMatchObject({ reserved: 0, exported: 0, refusals: 0, lastEventAt: expect.any(String) as string });
    } finally {
      await own.stop();
    }
  });

  it('do not make a ledger where there is none', () =>
    withFolder(async (folder) => {
      const { code, err } = await run('reserve', '--destination', 'AE', ...h100(1), '--data-dir', path.join(folder, 'tpyo'));
      expect([code, err]).toEqual([3, expect.stringContaining('There is no data directory')]);
    }));
});

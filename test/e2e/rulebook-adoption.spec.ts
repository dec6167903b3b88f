import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtInRulebook, loadRulebook, type Rulebook } from '#rulebook';
import { quota, withFolder } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer, Json } from './answer.js';

const { document } = builtInRulebook();
const h100 = 15_832;

/** The built-in rulebook with another cap of so many H100s for every country. */
function capped(version: string, units: number): Rulebook {
  return { ...document, version, allocations: { ...document.allocations, perCountryTpp: units * h100, exceptions: [] } };
}

const next = capped('next', 10);
const hashOf = (rulebook: Rulebook): string => loadRulebook(rulebook).hash;

let ledger: LedgerUnderTest;
beforeEach(async () => {
  ledger = await LedgerUnderTest.start();
});
afterEach(() => ledger.stop());

const adopt = (rulebook: unknown, key = ledger.key()): Promise<Answer> =>
  ledger.post('/v1/rulebooks/adoption', { rulebook }, { 'Idempotency-Key': key });

async function rulebooks(): Promise<readonly Json[]> {
  return (await ledger.get('/v1/rulebooks')).body.items;
}

describe('POST /v1/rulebooks/adoption', () => {
  it('puts a rulebook in force in a server that runs: reads show it, and everything after it is decided under it', async () => {
    const hold = await ledger.reserve(8);
    const answer = await adopt(next);
    const { id, version, title, citation, period } = next;
    const summary = {
      id, version, hash: hashOf(next), title, citation, period, adoptedAt: '2026-06-15T12:00:00.000Z', position: answer.headers.get('ledger-position'), inForce: true,
    };
    expect([answer.status, answer.body]).toEqual([201, summary]);
    expect(answer.headers.get('location')).toBe(`/v1/rulebooks/${id}/${version}`);
    expect(await rulebooks()).toMatchObject([summary, { version: document.version, inForce: false }]);
    expect((await ledger.get('/readyz')).body).toMatchObject({ rulebook: { id, version, hash: hashOf(next) } });
    expect((await ledger.get('/v1/countries/AE')).body).toMatchObject({
      allocation: 10 * h100, reserved: 8 * h100, available: 2 * h100, rulebook: { hash: hashOf(next) },
    });
    expect((await ledger.get('/v1/countries/SA')).body).toMatchObject({ allocation: 10 * h100 });
    expect(await ledger.reserve(3)).toMatchObject({ status: 409, body: { code: 'insufficient-quota', available: 2 * h100 } });
    expect(await ledger.reserve(2)).toMatchObject({ status: 201, body: { rulebook: { hash: hashOf(next) } } });
    const held = (await ledger.get(`/v1/reservations/${hold.body.id}`)).body;
    expect(held).toMatchObject({ status: 'held', rulebook: { version: document.version } });
    const types = (await ledger.get('/v1/events')).body.items.map(({ data }) => data['type']).filter((type) => type !== 'AlertRaised');
    expect(types).toEqual(['RulebookAdopted', 'QuotaReserved', 'RulebookAdopted', 'AllocationSet', 'ReservationRefused', 'QuotaReserved']);
  });

  it('takes the built-in one by its word, and goes on under what was adopted after a restart', async () => {
    await adopt(next);
    expect(await adopt('built-in')).toMatchObject({ status: 201, body: { version: document.version, hash: builtInRulebook().hash } });
    await adopt(next);
    await ledger.restart();
    expect((await rulebooks()).map(({ version, inForce }) => [version, inForce])).toEqual([
      ['next', true], [document.version, false], ['next', false], [document.version, false],
    ]);
    expect(await ledger.reserve(11)).toMatchObject({ status: 409 });
  });

  it('answers the same request with the same key the same, also after another adoption and a restart', async () => {
    const first = await adopt(next, 'adopt-the-next');
    await adopt(capped('third', 30));
    for (let time = 0; time < 2; time += 1) {
      const again = await adopt(next, 'adopt-the-next');
      expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true']);
      await ledger.restart();
    }
    expect(await adopt('built-in', 'adopt-the-next')).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect((await rulebooks()).map(({ version }) => version)).toEqual(['third', 'next', document.version]);
  });

  it('has nothing to change where it is in force, and says so; the key stays free', async () => {
    const answer = await adopt(document, 'a-key-that-stays-free');
    expect(answer).toMatchObject({ status: 409, body: { code: 'nothing-to-change', detail: expect.stringContaining(builtInRulebook().hash) as string } });
    expect(await adopt(next, 'a-key-that-stays-free')).toMatchObject({ status: 201 });
  });

  it.each([
    ['a document with errors', { ...document, allocations: { ...document.allocations, perCountryTpp: -1 }, note: 7 }, ['/rulebook/allocations/perCountryTpp', '/rulebook/note']],
    ['members that contradict each other', { ...document, period: { ...document.period, end: document.period.start } }, ['/rulebook/period/end']],
    ['an unknown word', 'newest', ['/rulebook']],
    ['no rulebook', undefined, ['/rulebook']],
    ['a list', [document], ['/rulebook']],
    ['an empty object', {}, ['/rulebook/id']],
  ])('refuses %s with 400 and changes nothing', async (_, rulebook, pointers) => {
    const { status, body } = await adopt(rulebook);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
    expect(body.errors.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(pointers));
    expect(await ledger.head()).toBe(1);
  });

  it('needs a key, and refuses parameters', async () => {
    const path = '/v1/rulebooks/adoption';
    expect(await ledger.post(path, { rulebook: next }, { 'Idempotency-Key': '' })).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
    expect(await ledger.post(`${path}?dryRun=true`, { rulebook: next })).toMatchObject({ status: 400 });
    expect(await ledger.get(path)).toMatchObject({ status: 405 });
    expect(await ledger.head()).toBe(1);
  });

  it('decides nothing under the former one after it, whatever comes meanwhile', async () => {
    const loads = Array.from({ length: 200 }, (_, n) => ledger.reserve(1, { destination: ['AE', 'SA', 'IN', 'BR'][n % 4] }));
    const orders = [adopt(capped('one', 1_000)), adopt(capped('two', 2_000)), adopt('built-in')];
    expect((await Promise.all(orders)).map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set((await Promise.all(loads)).map(({ status }) => status))).toEqual(new Set([201]));
    const events = (await ledger.get('/v1/events', { Accept: 'application/x-ndjson' })).text.trimEnd().split('\n');
    let inForce: unknown;
    for (const line of events) {
      const { data } = JSON.parse(line) as { data: { type: string; hash: string; rulebook?: { hash: string } } };
      if (data.type === 'RulebookAdopted') inForce = data.hash;
      else if (data.rulebook !== undefined) expect(data.rulebook.hash).toBe(inForce);
    }
  });
});

describe('quota rulebook adopt', () => {
  const versionOf = async (...access: string[]): Promise<unknown> =>
    (JSON.parse((await quota('countries', '--json', ...access)).out) as { rulebook: { version: string } }).rulebook.version;

  it('puts a file or the built-in one in force, in a server and in a data directory', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'next.rulebook.json');
      writeFileSync(file, JSON.stringify(next));
      const hash = hashOf(next);
      const server = ['--url', ledger.url];
      expect(await quota('rulebook', 'adopt', file, ...server)).toEqual({
        code: 0, err: expect.stringMatching(/^Key: /) as string, out: `Rulebook us-ai-diffusion next (${hash}) is in force from position 2 on.\n`,
      });
      expect(await versionOf(...server)).toBe('next');
      expect(await quota('rulebook', 'adopt', file, ...server)).toEqual({
        code: 0, err: expect.stringMatching(/^Key: /) as string, out: `There is nothing to change. The rulebook us-ai-diffusion next (${hash}) is in force already.\n`,
      });
      expect(JSON.parse((await quota('rulebook', 'adopt', 'built-in', '--json', ...server)).out)).toMatchObject({ version: document.version, inForce: true });

      const dataDir = path.join(folder, 'data');
      expect((await quota('rulebook', 'adopt', file, '--data-dir', dataDir)).code).toBe(3);
      await quota('import', '--data-dir', dataDir, path.resolve('docs/examples/shipments.csv'), '--report', path.join(folder, 'r.csv'));
      for (const [order, version] of [[file, 'next'], [file, 'next'], ['built-in', document.version]] as const) {
        expect((await quota('rulebook', 'adopt', order, '--data-dir', dataDir)).code).toBe(0);
        expect(await versionOf('--data-dir', dataDir)).toBe(version);
      }
      expect((await quota('replay', '--data-dir', dataDir)).code).toBe(0);
    }));

  it('names what is wrong in a file, and sends nothing', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'wrong.rulebook.json');
      writeFileSync(file, JSON.stringify({ ...document, note: 7 }));
      const { code, out, err } = await quota('rulebook', 'adopt', file, '--url', ledger.url);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('/note');
      expect(await ledger.head()).toBe(1);
    }));
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInRulebook } from '#rulebook';
import { runCli } from '../run-cli.js';
import type { Terminal } from '../terminal.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'quota-weights-'));
});
afterEach(() => rm(folder, { recursive: true }));

const closed = { published: false, trainingOperations: 2e26, syntheticData: 'none', derivedFrom: 'none', origin: 'us' };
const emirati = { country: 'AE', headquarters: 'AE', ultimateParent: 'none' };

async function fileOf(content: unknown, name = 'weights.json'): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function weights(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const written = { out: '', err: '' };
  const writer = (to: 'out' | 'err'): Terminal['out'] => ({
    write: (text) => void (written[to] += text),
    flushed: () => Promise.resolve(),
    isTerminal: false,
    hasColors: false,
  });
  const terminal = { out: writer('out'), err: writer('err') };
  return { code: await runCli(['weights', ...args], terminal), ...written };
}

describe('quota weights', () => {
  it('shows every step with its paragraph, the routes, the review, what is not stated, and what an export would come to', async () => {
    const { code, out, err } = await weights(await fileOf({ weights: closed, consignee: emirati }), '--at', '2026-08-01');
    expect([code, err]).toEqual([0, '']);
    for (const words of [
      'Controlled by ECCN 4E091; route: licence',
      '5. threshold: 2e26 operations reach the threshold of 1e26.\n   15 CFR Part 774, Supplement No. 1, ECCN 4E091\n',
      'aia: does not apply',
      'under a presumption of: denial',
      '/consignee/facility/paragraph14: Does the facility comply',
      'An export would be refused: These weights need a licence',
      'rulebook us-ai-diffusion 2025-01-15.2',
    ]) {
      expect(out).toContain(words);
    }
  });

  it('finds the example of the documentation controlled by its synthetic data, and free to go by AIA', async () => {
    const example = fileURLToPath(new URL('../../../../../docs/examples/weights.json', import.meta.url));
    const { out } = await weights(example);
    expect(out).toContain('Controlled by ECCN 4E091; route: aia');
    expect(out).toContain('1.38e26');
    expect(out).toContain('An export would be recorded.');
  });

  it('reads a file with a byte order mark', async () => {
    const marked = `\ufeff${JSON.stringify({ weights: closed, consignee: emirati })}`;
    expect(await weights(await fileOf(marked))).toMatchObject({ code: 0, err: '' });
  });

  it('asks the rules of the day: --at, unless the file has exportedAt', async () => {
    const first = async (content: object, ...args: readonly string[]): Promise<string | undefined> =>
      (await weights(await fileOf(content), ...args)).out.split('\n')[0];
    const asked = { weights: closed, consignee: emirati };
    expect(await first(asked, '--at', '2025-01-12')).toBe('Not controlled by ECCN 4E091; route: none');
    expect(await first({ ...asked, exportedAt: '2025-01-13T00:00:00Z' }, '--at', '2025-01-12')).toBe(
      'Controlled by ECCN 4E091; route: licence',
    );
    expect(await first({ weights: {} })).toBe('Whether ECCN 4E091 controls them is not known; route: unknown');
  });

  it('says in JSON what POST /v1/determinations answers, and under which rulebook', async () => {
    const { out } = await weights(await fileOf({ weights: closed, consignee: emirati, licence: 'D1' }), '--json');
    expect(JSON.parse(out)).toMatchObject({
      control: 'controlled',
      route: 'licence',
      wouldBeRefused: null,
      rulebook: { hash: builtInRulebook().hash },
    });
  });

  it('asks another rulebook', async () => {
    const { document } = builtInRulebook();
    const { weights: rules, ...without } = document;
    const higher = { ...document, version: 'higher', weights: { ...rules, threshold: { ...rules?.threshold, operations: 1e27 } } };
    const request = await fileOf({ weights: closed, consignee: emirati });
    const free = await weights(request, '--rulebook', await fileOf(higher, 'higher.json'));
    expect(free.out).toContain('Not controlled by ECCN 4E091');
    const none = await weights(request, '--rulebook', await fileOf(without, 'without.json'));
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('says nothing of model weights')]);
  });

  it.each<[unknown, readonly string[], string]>([
    ['{', [], 'is not JSON'],
    ['{"weights":{},"weights":{}}', [], 'has a duplicate member: weights appears more than once'],
    [`{}${' '.repeat(1024 ** 2)}`, [], 'is larger than 1 MiB'],
    [{ weights: { published: 'no' }, colour: 1 }, [], '/colour: colour is not known here'],
    [{ weights: { ...closed, trainingOperations: 0.5 } }, [], '/weights/trainingOperations: trainingOperations must be'],
    [{ weights: { trainingOperations: 1, derivedFrom: { furtherOperations: 2 } } }, [], '/weights/trainingOperations'],
    [{ weights: closed, consignee: { country: 'XX' } }, [], '/consignee/country'],
    [{ weights: closed }, ['--at', 'soon'], '--at'],
  ])('refuses %j with %j and says what is wrong', async (content, args, words) => {
    const { code, out, err } = await weights(await fileOf(content), ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });

  it('says that there is no such file', async () => {
    expect(await weights(path.join(folder, 'none.json'))).toMatchObject({ code: 2, err: expect.stringContaining('none.json') as string });
  });
});

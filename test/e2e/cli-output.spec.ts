import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { cliMain, quotaProcess, withFolder, type CliResult } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';

/** The disk that is always full: Linux has one. */
const full = '/dev/full';
const onLinux = existsSync(full) ? describe : describe.skip;

async function quotaInto(output: 'out' | 'err', args: readonly string[]): Promise<CliResult> {
  const disk = openSync(full, 'w');
  try {
    return await quotaProcess(args, { [output]: disk });
  } finally {
    closeSync(disk);
  }
}

describe('quota whose output nobody takes', () => {
  let ledger: LedgerUnderTest;
  beforeAll(async () => {
    ledger = await LedgerUnderTest.start();
    for (let count = 1; count <= 20; count += 1) await ledger.reserve(1);
  });
  afterAll(() => ledger.stop());

  onLinux('because the disk is full', () => {
    it.each([
      ['--help'],
      ['--version'],
      ['classify', '--chip', 'nvidia-h20', '--json'],
      ['rulebook', 'show'],
      ['countries', '--url'],
      ['countries', '--json', '--url'],
      ['country', 'AE', '--url'],
      ['events', '--url'],
      ['replay', '--json', '--url'],
      ['export', '--out', '-', '--from'],
    ])('ends with 2 and one line: %s %s %s', async (...args) => {
      const last = args.at(-1) ?? '';
      const place = last === '--url' || last === '--from' ? [ledger.url] : [];
      expect(await quotaInto('out', [...args, ...place])).toEqual({
        code: 2,
        out: '',
        err: 'quota: Cannot write to standard output: no space left on device.\n',
      });
    });

    it('ends with 2 where a message on standard error is lost, and with its own code where that is another', () =>
      withFolder(async (folder) => {
        // The SHA-256 of the log is told there.
        const told = await quotaInto('err', ['export', '--out', '-', '--from', ledger.url]);
        expect(told.code).toBe(2);
        expect(told.out.split('\n').length).toBeGreaterThan(20);
        expect((await quotaInto('err', ['countries', '--data-dir', `${folder}/none`])).code).toBe(3);
        expect((await quotaInto('err', ['countries', '--url', ledger.url])).code).toBe(0);
      }));
  });

  it.each([['events', '--url'], ['countries', '--all', '--url'], ['export', '--out', '-', '--from']])(
    'ends with 0 and without a word when the reader has gone: %s',
    async (...args) => {
      const child = spawn(process.execPath, [cliMain, ...args, ledger.url], {
        env: { ...process.env, NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout.destroy();
      let err = '';
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number];
      expect([code, err]).toEqual([0, '']);
    },
  );
});

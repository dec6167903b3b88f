import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { quota } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import { shellWords } from './shell-curl.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** Every block of commands, with the text that is printed below it, which the last of them writes. */
function examplesOf(page: string): readonly { readonly commands: readonly string[]; readonly output: string | undefined }[] {
  return [...page.matchAll(/```sh\n([\s\S]*?)\n```(?:\n+```text\n([\s\S]*?)\n```)?/g)].map(([, block = '', output]) => {
    return { commands: block.replace(/\\\n/g, ' ').split('\n'), output };
  });
}

/** A line `…` is any text; the rulebook may be a newer one. */
function patternOf(output: string): RegExp {
  const lines = output.split('\n').map((line) => {
    if (line === '…') return '[\\s\\S]*';
    return `${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/(Rulebook +us-ai-diffusion ).*/, '$1.*')}\\n`;
  });
  return new RegExp(`^${lines.join('')}$`);
}

describe('docs/cli.md', () => {
  it('shows what quota really does, example by example', async () => {
    const ledger = await LedgerUnderTest.start();
    try {
      const examples = examplesOf(readFileSync(path.join(root, 'docs/cli.md'), 'utf8'));
      expect(examples.length).toBeGreaterThan(8);
      for (const { commands, output } of examples) {
        let written = '';
        for (const command of commands) {
          const [program, name, ...args] = shellWords(command);
          expect(program).toBe('quota');
          // The two that say which ledger name others.
          if (args.includes('https://ledger.example') || args.includes('--data-dir')) continue;
          const expected = output?.startsWith('quota:') ? 5 : 0;
          const needsLedger = name !== 'classify' && name !== 'rulebook';
          const { code, out, err } = await quota(name ?? '', ...args, ...(needsLedger ? ['--url', ledger.url] : []));
          expect({ command, code, err }).toEqual({ command, code: expected, err: expected === 0 ? '' : err });
          written = code === 0 ? out : err;
        }
        if (output !== undefined) expect(written).toMatch(patternOf(output));
      }
    } finally {
      await ledger.stop();
    }
  });
});

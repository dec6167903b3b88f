import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { anchorsOf, comparable, examplesOf } from './documented-examples.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import { parseCurl } from './shell-curl.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const pages = ['README.md', 'docs/api.md'];

/** The day that the pages show, and others on which somebody may follow them: the first, today's and the last possible ones. */
const days = ['2026-06-15T12:00:00Z', '2026-06-16T00:00:00Z', '2026-12-31T23:59:59Z', '2027-12-30T12:00:00Z'];

describe.each(pages)('%s', (page) => {
  it.each(days)('shows what the ledger really answers, example by example, on %s', async (day) => {
    const examples = examplesOf(path.join(root, page));
    expect(examples.length).toBeGreaterThan(2);
    const compared = (answer: unknown): unknown => (day === days[0] ? comparable(answer) : withoutTimes(comparable(answer)));
    const ledger = await LedgerUnderTest.start();
    ledger.now = Date.parse(day);
    try {
      for (const { line, command, answer } of examples) {
        const { method, url, headers, body } = parseCurl(command);
        expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\//);
        const response = await fetch(url.replace('http://127.0.0.1:3000', ledger.url), { method, headers, body: body ?? null });
        const text = await response.text();
        try {
          expect(compared(JSON.parse(text))).toEqual(compared(JSON.parse(answer)));
        } catch (error) {
          throw new Error(`${page}, line ${line}: the answer is now\n${text}`, { cause: error });
        }
      }
    } finally {
      await ledger.stop();
    }
  });
});

/** Without the members that say when something was decided or ends. */
function withoutTimes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, inner: unknown) => (/(?:At|Since)$/.test(name) ? undefined : inner))) as unknown;
}

describe('the documentation', () => {
  const files = ['README.md', 'CHANGELOG.md', ...readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

  it.each(files)('%s links to what is there', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(({ 1: target = '', 2: anchor }) => {
      return { target: target === '' ? file : path.join(path.dirname(file), target), anchor };
    });
    expect(links.filter(({ target }) => !existsSync(path.join(root, target)))).toEqual([]);
    for (const { target, anchor } of links) if (anchor !== undefined) expect(anchorsOf(readFileSync(path.join(root, target), 'utf8'))).toContain(anchor);
  });

  it('has the first reservation and its answer on the first screen', () => {
    const lines = readFileSync(path.join(root, 'README.md'), 'utf8').split('\n');
    expect(lines.findIndex((line) => line.includes('"available": 774168000'))).toBeLessThan(40);
  });
});

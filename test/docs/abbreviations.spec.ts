import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const guides = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md') && name !== 'glossary.md');
const pages = ['README.md', ...guides.map((name) => `docs/${name}`)];

/** What each abbreviation stands for: the regulation's own words. */
const meanings: Readonly<Record<string, string>> = {
  TPP: 'Total Processing Performance',
  ECCN: 'Export Control Classification Number',
  AIA: 'Artificial Intelligence Authorization',
  ACA: 'Advanced Computing Authorized',
  NAC: 'Notified Advanced Computing',
  ACM: 'Advanced Compute Manufacturing',
  LPP: 'Low Processing Performance',
  VEU: 'Validated End-User',
  TMP: 'Temporary Imports, Exports, Reexports, and Transfers',
  RPL: 'Servicing and Replacement of Parts and Equipment',
  GOV: 'Governments',
  TSU: 'Technology and Software Unrestricted',
  HBM: 'High Bandwidth Memory',
  ITN: 'Internal Transaction Number',
  BIS: 'Bureau of Industry and Security',
};
/** How far behind its first use an abbreviation may be spelled out, in characters: in the same sentence. */
const reach = 60;

/** A page as it is read: without code, addresses of links and tags. Its lines are joined: a sentence goes on in the next. */
function prose(page: string): string {
  return readFileSync(path.join(root, page), 'utf8')
    .replace(/```[^]*?```/g, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/\s+/g, ' ');
}

it.each(pages)('%s spells out every abbreviation at its first use', (page) => {
  const text = prose(page);
  const unexplained = Object.entries(meanings).flatMap(([short, meaning]) => {
    const first = text.search(new RegExp(`\\b[UN]?${short}s?\\b`));
    const spelled = text.search(new RegExp(meaning, 'i'));
    const isExplained = first === -1 || (spelled !== -1 && spelled <= first + reach);
    return isExplained ? [] : [`${short}: ${text.slice(Math.max(0, first - reach), first + reach)}`];
  });
  expect(unexplained).toEqual([]);
});

describe('the glossary', () => {
  const text = readFileSync(path.join(root, 'docs/glossary.md'), 'utf8');

  it.each(Object.entries(meanings))('explains %s', (short, meaning) => {
    expect(text).toContain(`| ${short} | `);
    expect(text).toContain(meaning);
  });

  it.each(['line, quota line', 'hold', 'fold', 'view', 'position', 'reading'])('explains the word %s', (word) => {
    expect(text).toContain(`| ${word} | `);
  });
});

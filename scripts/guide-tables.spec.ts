import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInRulebook, checkRulebook, type Rulebook, type WeightsReading } from '#rulebook';
import { guideTables, markedText, withTables } from './guide-tables.js';

const read = (name: string): string => readFileSync(fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)), 'utf8');
const guide = read('rulebook.md');
const { document } = builtInRulebook();

describe('docs/rulebook.md', () => {
  it.each(Object.entries(guideTables(document)))('says what the data say: %s', (name, text) => {
    // If not: node dist/scripts/rulebook-guide.js writes it anew.
    expect(markedText(guide, name)).toBe(text);
  });

  it('tells every open question with its default, alternatives, reason and citation', () => {
    const readings = markedText(guide, 'readings') ?? '';
    for (const [name, { value, alternatives = [], reason, citation }] of Object.entries(document.policy.readings)) {
      const section = readings.split('#### ').find((each) => each.startsWith(`\`${name}\``));
      for (const words of [`**Default:** \`${value}\``, reason, citation ?? '', ...alternatives]) {
        expect(section).toContain(words);
      }
    }
  });

  it('has examples that make a rulebook without an error when they are added', () => {
    const examples = [...guide.matchAll(/^In `([^`]+)`[^\n]*:\n\n```json\n([^]*?)\n```$/gm)];
    expect(examples.length).toBeGreaterThan(5);
    const changed = JSON.parse(JSON.stringify(document)) as Rulebook;
    for (const [, member = '', json = ''] of examples) {
      const names = member.split('.');
      const last = names.pop() ?? '';
      const owner = names.reduce((value, name) => (value as Record<string, unknown>)[name], changed as unknown);
      const at = (owner as Record<string, unknown>)[last];
      const entries = JSON.parse(json) as unknown;
      if (Array.isArray(at)) at.push(...(entries as unknown[]));
      else Object.assign(at as object, entries);
    }
    expect(checkRulebook(changed).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('docs/weights.md', () => {
  const rows = read('weights.md').split('\n');
  const readings: Readonly<Record<string, WeightsReading<string>>> = { ...document.weights?.readings };
  it.each(Object.entries(readings))('has a row for %s with its values', (name, reading) => {
    const row = rows.find((each) => each.startsWith(`| \`${name}\` |`));
    for (const value of [reading.value, ...reading.alternatives]) expect(row).toContain(`\`${value}\``);
  });
});

describe('withTables', () => {
  it('changes nothing but what is between the marks, and finds it again', () => {
    const page = 'a\n<!-- data: x -->\n\nold\n\n<!-- end of x -->\nb';
    const written = withTables(page, { x: 'new $& text' });
    expect(written).toBe('a\n<!-- data: x -->\n\nnew $& text\n\n<!-- end of x -->\nb');
    expect(markedText(written, 'x')).toBe('new $& text');
  });

  it('does not lose a table that has no place', () => {
    expect(() => withTables('page', { x: 'text' })).toThrow('no marks of x');
  });
});

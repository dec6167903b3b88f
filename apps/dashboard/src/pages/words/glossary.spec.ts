import { readFileSync } from 'node:fs';
import { chaptersOf, partsOf, searched } from './glossary.js';

const chapters = chaptersOf(readFileSync('docs/glossary.md', 'utf8'));

describe('the words', () => {
  it('are all those of docs/glossary.md', () => {
    const rows = readFileSync('docs/glossary.md', 'utf8').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| word') && !line.startsWith('| ---'));
    expect(chapters.map(({ title }) => title)).toEqual(['The ledger', 'The regulation']);
    expect(chapters.flatMap(({ words }) => words)).toHaveLength(rows.length);
    expect(rows.length).toBeGreaterThan(40);
  });

  it('are found by the word and by what it means', () => {
    expect(searched(chapters, 'idempot').flatMap(({ words }) => words.map(({ word }) => word))).toEqual(['idempotency key']);
    expect(searched(chapters, 'CALENDAR year').flatMap(({ words }) => words.map(({ word }) => word))).toContain('LPP');
    expect(searched(chapters, 'nothing of the kind')).toEqual([]);
  });

  it('have their code and emphasis', () => {
    expect(partsOf('A country (`country:AE`) is *posted*.')).toEqual([
      { text: 'A country (', as: 'plain' },
      { text: 'country:AE', as: 'code' },
      { text: ') is ', as: 'plain' },
      { text: 'posted', as: 'em' },
      { text: '.', as: 'plain' },
    ]);
  });
});

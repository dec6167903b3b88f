import fc from 'fast-check';
import { companySlug } from '#rulebook';
import { nameCore } from './name-core.js';
import { nameDistance } from './name-distance.js';
import { NearNames } from './near-names.js';

function distance(a: string, b: string): number | undefined {
  return nameDistance(nameCore(companySlug(a)), nameCore(companySlug(b)));
}

describe('the distance of two names', () => {
  it.each([
    ['legal forms and spaces do not count', 'Falcon Holding', 'Falcon Holdings Ltd.', 0],
    ['nor do dots', 'Falcon S.A.', 'FALCON', 0],
    ['nor how words are divided', 'FalconCloud Inc', 'Falcon Cloud LLC', 0],
    ['the same words in another order', 'Cloud Falcon GmbH', 'Falcon Cloud', 1],
    ['a legal form may be misspelt', 'Falcon Holdng', 'Falcon', 0],
    ['beside another word', 'Falcn Holdng', 'Falcon Holding', 2],
    ['one letter of a long name', 'Falcon Cloud', 'Falkon Cloud', 2],
    ['two letters of a long name', 'Falcon Cloud', 'Falkon Clowd', 3],
    ['neighbours swapped in a short name', 'Flacon', 'Falcon', 2],
    ['the beginning of the other', 'Falcon', 'Falcon Cloud Services', 4],
    ['the other way round', 'Falcon Cloud Services', 'Falcon', 4],
  ])('%s: %s and %s', (_, a, b, expected) => {
    expect(distance(a, b)).toBe(expected);
    expect(distance(b, a)).toBe(expected);
  });

  it.each([
    ['three letters of a long name', 'Falcon Cloud', 'Falkan Clowd'],
    ['two letters of a short name', 'Falcon', 'Falkan'],
    ['another number', 'Data Centre 17', 'Data Centre 18'],
    ['very short names', 'IBM', 'IBN'],
    ['half a word', 'Falc', 'Falcon Cloud'],
    ['nothing in common', 'Falcon', 'Orion'],
  ])('there is none: %s (%s, %s)', (_, a, b) => {
    expect(distance(a, b)).toBeUndefined();
    expect(distance(b, a)).toBeUndefined();
  });

  it('a name of legal forms alone keeps them', () => {
    expect(nameCore('the-company').joined).toBe('thecompany');
    expect(distance('The Group', 'Holding Co')).toBeUndefined();
  });
});

describe('the index of names', () => {
  it('finds exactly what a comparison with each name finds', () => {
    const word = fc.stringMatching(/^[abc]{1,4}$/);
    const name = fc.array(fc.oneof(word, fc.constantFrom('Inc', 'Group', '7')), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 40 }), name, (names, asked) => {
        const index = new NearNames();
        for (const each of new Set(names.map(companySlug))) index.add(each);
        const alike = names.filter((each) => distance(asked, each) !== undefined).map((each) => companySlug(each));
        expect(index.near(companySlug(asked)).map(({ slug }) => slug).sort()).toEqual([...new Set(alike)].sort());
      }),
      { numRuns: 2_000 },
    );
  });

  it('lists the nearest first', () => {
    const index = new NearNames();
    for (const slug of ['falcon-cloud-services', 'falkon', 'falcon-ltd', 'orion']) index.add(slug);
    expect(index.near('falcon')).toEqual([
      { slug: 'falcon-ltd', distance: 0 },
      { slug: 'falkon', distance: 2 },
      { slug: 'falcon-cloud-services', distance: 4 },
    ]);
    expect(index.near('')).toEqual([]);
  });
});

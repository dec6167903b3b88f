import fc from 'fast-check';
import { builtInRulebook } from './built-in-rulebook.js';
import { canonicalJson } from '../canonical-json.js';
import { compareRulebooks } from './compare-rulebooks.js';
import type { Rulebook } from './rulebook.js';

type Mutable<T> = T extends object ? { -readonly [Member in keyof T]: Mutable<T[Member]> } : T;

function after(change: (document: Mutable<Rulebook>) => void): ReturnType<typeof compareRulebooks> {
  const { document } = builtInRulebook();
  const changed = JSON.parse(JSON.stringify(document)) as Mutable<Rulebook>;
  change(changed);
  return compareRulebooks(document, changed);
}

describe('compareRulebooks', () => {
  it('finds nothing where nothing differs, whatever the order of members', () => {
    const { document } = builtInRulebook();
    expect(compareRulebooks(document, JSON.parse(canonicalJson(document)))).toEqual([]);
  });

  it('names a changed value with both', () => {
    expect(after((document) => (document.allocations.perCountryTpp = 8e8))).toEqual([
      { member: '/allocations/perCountryTpp', change: 'changed', before: 790_000_000, after: 800_000_000 },
    ]);
  });

  it('matches entries of lists by what names them', () => {
    const found = after((document) => {
      document.chips.splice(0, 1);
      Object.assign(document.chips.find(({ id }) => id === 'nvidia-a100') ?? {}, { tppPerUnit: 5000 });
      document.groups.push({ country: 'AE', group: 'partner', from: '2026-01-01T00:00:00Z', citation: 'test' });
      document.itemLevels.declared.c = [];
      document.routes?.nveu?.schedule?.splice(1, 1);
    });
    expect(found.map(({ member, change }) => `${change} ${member}`)).toEqual([
      'added /groups/AE 2026-01-01T00:00:00Z',
      'removed /itemLevels/declared/c/3A090.c',
      'removed /chips/nvidia-gb300',
      'changed /chips/nvidia-a100/tppPerUnit',
      'removed /routes/nveu/schedule/2025 Q2 2025-04-01T00:00:00Z',
    ]);
  });

  it('says that a list is in another order, which may decide', () => {
    expect(after((document) => document.itemLevels.b.reverse())).toEqual([
      { member: '/itemLevels/b', change: 'reordered' },
    ]);
  });

  it('tells entries of one name apart', () => {
    expect(compareRulebooks(['a', 'a'], ['a'])).toEqual([{ member: '/a#2', change: 'removed', before: 'a' }]);
  });

  it('is empty exactly where the canonical forms are equal', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(json, json, (before, other) => {
        expect(compareRulebooks(before, other).length === 0).toBe(canonicalJson(before) === canonicalJson(other));
        expect(compareRulebooks(before, before)).toEqual([]);
      }),
    );
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInRulebook } from '../document/built-in-rulebook.js';
import { countries } from './countries.js';

const { countryGroups: index, document, territories } = builtInRulebook();
const isIn = (group: string, country: string, instant: string): boolean =>
  index.isIn(index.setOf([group]), country, Date.parse(instant));

describe('the Country Groups of the built-in rulebook', () => {
  it('let Cambodia leave D:5 and stay in D:1', () => {
    expect(isIn('D:5', 'KH', '2025-11-06T23:59:59.999Z')).toBe(true);
    expect(isIn('D:5', 'KH', '2025-11-07T00:00:00Z')).toBe(false);
    expect(isIn('D:1', 'KH', '2026-01-01T00:00:00Z')).toBe(true);
  });

  it('let the Emirates leave D:3 and D:4 for A:5 on 10 July 2026', () => {
    const groupsAt = (instant: string): string[] => ['A:5', 'D:3', 'D:4'].filter((group) => isIn(group, 'AE', instant));
    expect(groupsAt('2026-07-09T23:59:59.999Z')).toEqual(['D:3', 'D:4']);
    expect(groupsAt('2026-07-10T00:00:00Z')).toEqual(['A:5']);
  });

  it('put Hong Kong where China is', () => {
    for (const group of new Set(document.countryGroups?.map((each) => each.group))) {
      const [china, hongKong] = ['CN', 'HK'].map((country) => isIn(group, country, '2026-01-01T00:00:00Z'));
      expect([group, hongKong]).toEqual([group, china]);
    }
  });

  it('know a set of several groups, and none of a name without members', () => {
    const set = index.setOf(['D:1', 'D:4', 'C']);
    expect(['VN', 'SA', 'BR'].map((country) => index.isIn(set, country, 0))).toEqual([true, true, false]);
    expect(index.isIn(index.setOf(['C']), 'VN', 0)).toBe(false);
  });
});

const path = fileURLToPath(new URL('../../../../../../shared/data/country-groups-2026-07-23.json', import.meta.url));
const describeWithData = existsSync(path) ? describe : describe.skip;

describeWithData('the groups against ../shared/data/country-groups-2026-07-23.json (skipped if absent)', () => {
  const { groups } = (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { groups: {} }) as {
    readonly groups: Readonly<Record<string, readonly string[]>>;
  };

  it('have as many members on 23 July 2026; Hong Kong is added, and territories have those of their country', () => {
    const listable = countries.filter(({ code }) => code !== 'HK' && territories.of(code) === undefined);
    for (const group of new Set(document.countryGroups?.map((each) => each.group))) {
      const members = listable.filter(({ code }) => isIn(group, code, '2026-07-23T00:00:00Z'));
      const listed = groups[group] ?? [];
      expect([group, members.length]).toEqual([group, listed.length]);
      const names = new Set(listed);
      const same = members.filter(({ name }) => names.has(name));
      expect(same.length).toBeGreaterThan(listed.length * 0.6);
    }
  });
});

import type { Chip, RulebookSummary } from '../../api/answers.js';
import { nameAsWords } from '../../format.js';
import { askedIn, csvOf, rowsOf } from './chip-rows.js';
import { addressOf, describedIn, faultsIn, pathOf } from './described.js';
import { groupParts } from './rulebook-document.js';
import { shownOf } from './shown-rulebook.js';

const described = (query: string) => describedIn(new URLSearchParams(query));

describe('the calculator', () => {
  it.each([
    ['formats=FP8:1979:8,tensor/FP16:989.5:16&units=2&dieAreaMm2=814&datacenter=false', { formats: 'FP8:1979:8,tensor/FP16:989.5:16', units: '2', dieAreaMm2: '814', datacenter: 'false' }],
    ['formats=FP8:989.5:8&figures=mac', { formats: 'FP8:1979:8', datacenter: 'true' }],
    ['formats=FP8:0.123:8&figures=mac', { formats: 'FP8:0.246:8', datacenter: 'true' }],
    ['formats=:1979:8,FP16::16', { formats: '8 bit:1979:8', datacenter: 'true' }],
  ])('asks with the address %p', (query, expected) => {
    const path = pathOf(described(query)) ?? '';
    expect(Object.fromEntries(new URLSearchParams(path.replace('/v1/chips?', '')))).toEqual(expected);
  });

  it.each(['', 'formats=FP8::8', 'formats=FP8:1979:', 'formats=FP8:many:8', 'formats=FP8:1:8&units=0'])('asks nothing with the address %p', (query) => {
    expect(pathOf(described(query))).toBeUndefined();
  });

  it.each([
    ['formats=FP8:1.2345:8', ['1.2345 is no number of TOPS']],
    ['formats=FP8:1:2000', ['2000 is no bit length']],
    ['formats=FP8:1:8&units=0&dieAreaMm2=big', ['0 is no number of processing units', 'big is no die area']],
    ['formats=FP8::', []],
  ])('names what is wrong in %p', (query, expected) => {
    expect(faultsIn(described(query)).map((fault) => fault.split(':')[0])).toEqual(expected);
  });

  it('is the same after a round through the address, without the separators in a name', () => {
    const form = { rows: [{ name: 'FP8', tops: '1979', bits: '8' }, { name: '', tops: '', bits: '' }], isMac: true, units: '2', area: '814', isDatacenter: false };
    const back = (address: string) => describedIn(new URL(address, 'http://x').searchParams);
    expect(back(addressOf(form))).toEqual(form);
    expect(back(addressOf({ ...form, rows: [{ name: 'a:b,c', tops: '1', bits: '8' }] })).rows).toEqual([{ name: 'abc', tops: '1', bits: '8' }]);
  });
});

const chip = (over: Partial<Chip>): Chip =>
  ({ kind: 'chip', id: 'x', name: 'X', vendor: 'V', tppPerUnit: 1, performanceDensity: null, denseTops: 1, level: 'a', eccn: '3A090.a', datacenter: true, parts: [], arithmetic: [], ...over }) as Chip;

describe('the catalogue', () => {
  const chips = [
    chip({ id: 'a', name: 'H100', tppPerUnit: 15_832, performanceDensity: 19.45 }),
    chip({ id: 'b', name: 'L20', tppPerUnit: 1_912, level: 'uncontrolled', eccn: 'none', performanceDensity: 3.14 }),
    chip({ id: 'c', name: 'HGX', vendor: 'W', kind: 'system', tppPerUnit: 126_656 }),
  ];
  const ids = (query: string) => rowsOf(chips, askedIn(new URLSearchParams(query), ['V', 'W']).asked).map(({ id }) => id);

  it.each([
    ['', ['c', 'a', 'b']],
    ['order=up', ['b', 'a', 'c']],
    ['level=uncontrolled', ['b']],
    ['vendor=V&kind=chip', ['a', 'b']],
    ['q= h1', ['a']],
    ['q=3a090', ['c', 'a']],
    ['sort=performanceDensity&order=up', ['b', 'a', 'c']],
    ['sort=performanceDensity', ['a', 'b', 'c']],
    ['sort=name&order=up', ['a', 'b', 'c']],
  ])('shows for %p %p', (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  it('names what the address asks for and there is not', () => {
    expect(askedIn(new URLSearchParams('level=z&vendor=Nobody&sort=colour'), ['V']).wrong).toEqual(['level=z', 'vendor=Nobody', 'sort=colour']);
  });

  it('is saved with its arithmetic, and formulas are defused', () => {
    const csv = csvOf([chip({ name: '=1+1', arithmetic: [{ text: 'One, two.', citation: 'c' }, { text: 'Three.', citation: 'c' }] })]);
    expect(csv.split('\r\n')[1]).toMatch(/^x,V,'=1\+1,chip,.*,true,"One, two\. Three\."$/);
  });
});

describe('the rulebook', () => {
  const item = (version: string, position: string, adoptedAt: string, inForce = false) => ({ id: 'r', version, position, adoptedAt, inForce }) as RulebookSummary;
  const items = [item('1', '1', '2025-01-01T00:00:00Z'), item('2', '9', '2026-01-01T00:00:00Z', true)];

  it.each([
    [null, undefined, '2'],
    [null, '2025-06-01T00:00:00Z', '1'],
    [null, '2026-01-01T00:00:00Z', '2'],
    [null, '2024-01-01T00:00:00Z', undefined],
    ['r/1', undefined, '1'],
    ['r/3', undefined, undefined],
  ])('named %p at %p is version %p', (named, instant, version) => {
    expect(shownOf(items, named, instant)?.version).toBe(version);
  });

  it('has its countries by group and source', () => {
    const groups = [
      { country: 'AU', group: 'partner', citation: 'a' },
      { country: 'CN', group: 'embargoed', citation: 'b' },
      { country: 'BE', group: 'partner', citation: 'a' },
      { country: 'KH', group: 'embargoed', until: '2025-11-07T00:00:00Z', citation: 'c' },
    ];
    expect(groupParts({ groups }).map(({ group, members }) => [group, members.map(({ country }) => country)])).toEqual([
      ['partner', ['AU', 'BE']],
      ['embargoed', ['CN']],
      ['embargoed', ['KH']],
    ]);
    expect(groupParts({})).toEqual([]);
  });

  it('has names that people read', () => {
    expect(['perYearTpp', 'noticeDays', 'singleCountryPercent'].map(nameAsWords)).toEqual(['Per year TPP', 'Notice days', 'Single country percent']);
  });
});

import { builtInRulebook } from '../document/built-in-rulebook.js';
import type { Rulebook } from '../document/rulebook.js';
import { checkRulebook } from './check-rulebook.js';

type Mutable<T> = T extends object ? { -readonly [Member in keyof T]: Mutable<T[Member]> } : T;

/** What the linter finds once `change` is made to the built-in rulebook, beyond what it finds there. */
function foundAfter(change: (document: Mutable<Rulebook>) => void): readonly string[] {
  const document = JSON.parse(JSON.stringify(builtInRulebook().document)) as Mutable<Rulebook>;
  document.version = 'draft';
  change(document);
  return checkRulebook(document)
    .filter(({ code }) => code !== 'country-without-group')
    .map(({ code, member }) => `${code} ${member}`);
}

const nveuStep = (document: Mutable<Rulebook>, index: number): { from: string; tpp: number } =>
  document.routes?.nveu?.schedule?.[index] as { from: string; tpp: number };

function cap(country: string, tpp: number, from?: string): Mutable<Rulebook['allocations']['exceptions'][number]> {
  return { country, tpp, citation: 'test', ...(from !== undefined && { from }) };
}

describe('checkRulebook', () => {
  it('finds nothing in the built-in rulebook but the countries that no Country Group names', () => {
    const findings = checkRulebook(builtInRulebook().document);
    expect(findings.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'country-without-group']]);
    expect(findings[0]?.message).toContain(' LI ');
    for (const code of ['HK', 'GL']) expect(findings[0]?.message).not.toContain(` ${code} `);
  });

  it.each<[string, (document: Mutable<Rulebook>) => void]>([
    ['version-taken /version',
      (document) => Object.assign(document, { version: '2025-01-15.2', title: 'Another' })],
    ['readings-left-out /policy/readings', (document) => delete document.policy.readings.mixedShipments],
    ['schedule-goes-down /routes/nveu/schedule/3/tpp', (document) => (nveuStep(document, 3).tpp = 1)],
    ['schedule-gap /routes/nveu/schedule', (document) => document.routes?.nveu?.schedule?.splice(0, 1)],
    ['chip-without-source /chips/0/sources',
      (document) => Object.assign(document.chips[0] as object, { sources: '-' })],
    ['chip-not-verified /chips/0/status',
      (document) => Object.assign(document.chips[0] as object, { status: 'MEMORY' })],
    ['system-without-chip /systems/0/parts',
      (document) => Object.assign(document.systems?.[0]?.parts[0] as object, { chip: 'own' })],
    ['embargo-differs /groups',
      (document) => document.groups.splice(document.groups.findIndex(({ country }) => country === 'CN'), 1)],
    ['cap-above-ceiling /allocations/exceptions/0/tpp',
      (document) => document.allocations.exceptions.push({ country: 'AE', tpp: 1_580_000_000.001, citation: 'test' })],
    ['floor-goes-down /weights/movingFloor/entries/1/operations',
      (document) => Object.assign(document.weights?.movingFloor.entries[1] as object, { operations: 1e25 })],
    ['group-outside-period /groups/44',
      (document) => {
        document.groups.push({ country: 'AE', group: 'partner', from: '2030-01-01T00:00:00Z', citation: 'test' });
      }],
    ['country-group-gap /countryGroups/16/countries/0',
      (document) => {
        document.countryGroups?.push({ group: 'D:5', countries: ['KH'], from: '2026-11-07T00:00:00Z', citation: 'test' });
      }],
    ['chip-tpp-differs /chips/0/tppPerUnit',
      (document) => Object.assign(document.chips[0] as object, { tppPerUnit: 61_120 })],
    ['cap-goes-down /allocations/exceptions/0/tpp',
      (document) => document.allocations.exceptions.push(cap('AE', 7e8, '2026-01-01T00:00:00Z'))],
    ['cap-goes-down /allocations/exceptions/0/tpp',
      (document) => {
        const [later, first] = [cap('AE', 8e8, '2026-01-01T00:00:00Z'), cap('AE', 9e8)];
        document.allocations.exceptions.push(later, first);
      }],
    ['cap-outside-period /allocations/exceptions/0/from',
      (document) => document.allocations.exceptions.push(cap('AE', 9e8, '2028-01-01T00:00:00Z'))],
    ['share-above-whole /routes/uveu/parameters/outsideHomePercent/value',
      (document) => Object.assign(document.routes?.uveu?.parameters['outsideHomePercent'] as object, { value: 101 })],
    ['share-without-effect /routes/uveu/parameters/singleCountryPercent/value',
      (document) => Object.assign(document.routes?.uveu?.parameters['singleCountryPercent'] as object, { value: 26 })],
  ])('finds %s', (finding, change) => expect(foundAfter(change)).toContain(finding));

  it('names the questions left out that are answered otherwise for that, and no others', () => {
    const { redFlag28: _, licenceLife: __, ...readings } = builtInRulebook().document.policy.readings;
    const found = checkRulebook({ ...builtInRulebook().document, version: 'draft', policy: { ...builtInRulebook().document.policy, readings } });
    expect(found.find(({ code }) => code === 'readings-left-out')?.message).toMatch(/: redFlag28 \(not-named, not named\)$/);
  });

  it.each<[string, (document: Mutable<Rulebook>) => void]>([
    ['/groups/1', (document) => document.groups.splice(1, 0, { country: 'US', group: 'home', citation: 'test' })],
    ['/countryGroups/16/countries/0',
      (document) => document.countryGroups?.push({ group: 'B', countries: ['AE'], citation: 'test' })],
    ['/routes/nveu/eligibleGroups/0',
      (document) => Object.assign(document.routes?.nveu as object, { eligibleGroups: ['C'] })],
    ['/routes/lpp/parameters/noticeTpp', (document) => delete document.routes?.lpp?.parameters['noticeTpp']],
    ['/routes/lpp/parameters/price',
      (document) => {
        const price = { value: 1, unit: 'x', citation: 'x' };
        Object.assign(document.routes?.lpp?.parameters as object, { price });
      }],
    ['/routes/aia/obligations/3/due/parameter',
      (document) => Object.assign(document.routes?.aia?.obligations[3]?.due as object, { parameter: 'x' })],
    ['/routes/nveu/schedule/1/from', (document) => (nveuStep(document, 1).from = nveuStep(document, 0).from)],
    ['/routes/nveu/schedule/8/from', (document) => (nveuStep(document, 8).from = '2028-01-01T00:00:00Z')],
    ['/routes/nveu/schedule/0/from', (document) => (nveuStep(document, 0).from = '2024-12-31T23:59:59Z')],
    ['/routes/nveu/schedule', (document) => delete document.routes?.nveu?.schedule],
    ['/groups/0/group', (document) => Object.assign(document.groups[0] as object, { group: 'friend' })],
    ['/defaultGroup', (document) => Object.assign(document, { defaultGroup: 'friend' })],
    ['/controls/b/groups/0', (document) => Object.assign(document.controls?.b as object, { groups: ['E:1'] })],
    ['/controls/b/exceptGroups/0', (document) => Object.assign(document.controls?.b as object, { exceptGroups: ['A:9'] })],
    ['/countryGroups/0/group', (document) => Object.assign(document.countryGroups?.[0] as object, { group: 'friends' })],
    ['/groups/44/from',
      (document) => {
        document.groups.push({ country: 'KH', group: 'embargoed', from: '2026-02-03T00:00:00Z', citation: 'test' });
      }],
    ['/groups/44',
      (document) => {
        document.groups.push({ country: 'KH', group: 'partner', from: '2025-11-06T00:00:00Z', citation: 'test' });
      }],
    ['/chips/0/sources', (document) => Object.assign(document.chips[0] as object, { sources: '' })],
    ['/itemLevels/declared/technology/0/eccn',
      (document) => Object.assign(document.itemLevels.declared.technology?.[0] as object, { eccn: '3A090' })],
    ['/itemLevels/declared/technology/1/eccn',
      (document) => Object.assign(document.itemLevels.declared.technology?.[1] as object, { eccn: '3D001' })],
    ['/controls', (document) => delete document.controls],
    ['/routes/lpp/obligations/2/due/days', (document) =>
      Object.assign(document.routes?.lpp?.obligations[2]?.due as object, { days: 30 })],
    ['/routes/lpp/obligations/2/due/parameter', (document) =>
      Object.assign(document.routes?.lpp?.obligations[2]?.due as object, { parameter: 'patience' })],
    ['/routes/lpp/obligations/2/due/parameter', (document) =>
      Object.assign(document.routes?.lpp?.obligations[2]?.due as object, { parameter: 'noticeTpp' })],
    ['/routes/lpp/obligations/1/shipmentFrom', (document) =>
      Object.assign(document.routes?.lpp?.obligations[1] as object, { shipmentFrom: 'copyDays' })],
    ['/routes/lpp/parameters/copyDays/value', (document) =>
      Object.assign(document.routes?.lpp?.parameters['copyDays'] as object, { value: 30.5 })],
    ['/routes/lpp/obligations/2/due/days', (document) =>
      delete (document.routes?.lpp?.obligations[2]?.due as { parameter?: string }).parameter],
    ['/routes/lpp/obligations/2/commoditiesOnly', (document) =>
      Object.assign(document.routes?.lpp?.obligations[2] as object, { commoditiesOnly: false })],
    ['/policy/readings/lppNoticeAt', (document) => delete document.policy.readings.lppNoticeAt],
    ['/policy/readings/countAt/value',
      (document) => Object.assign(document.policy.readings.countAt as object, { value: 'decision' })],
    ['/systems/1/id', (document) => Object.assign(document.systems?.[1] as object, { id: 'nvidia-a100' })],
  ])('calls %s an error', (member, change) => expect(foundAfter(change)).toContain(`invalid ${member}`));

  it('does not call a cap that rises, or one that was always lower, a cap that goes down', () => {
    const found = foundAfter((document) =>
      document.allocations.exceptions.push(cap('AE', 7e8), cap('AE', 8e8, '2026-01-01T00:00:00Z')),
    );
    expect(found).toEqual([]);
  });

  it.each([null, 1, 'text', [], {}])('takes %j for what it is: no rulebook', (document) => {
    expect(checkRulebook(document).every(({ severity }) => severity === 'error')).toBe(true);
  });
});

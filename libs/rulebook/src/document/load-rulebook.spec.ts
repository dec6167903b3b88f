import { builtInRulebook } from './built-in-rulebook.js';
import { countries } from '../countries/countries.js';
import { loadRulebook, RulebookInvalid } from './load-rulebook.js';
import { fromTpp } from '../milli-tpp.js';
import type { AllocationException, Chip, GroupMembership, Rulebook } from './rulebook.js';

/** A document to change: JSON of the built-in rulebook, without its readonly. */
type Draft = { -readonly [Member in keyof Rulebook]: Rulebook[Member] } & Record<string, unknown>;

const draft = (): Draft => JSON.parse(JSON.stringify(builtInRulebook().document)) as Draft;

function problemsOf(document: unknown): readonly { member: string; message: string }[] {
  try {
    loadRulebook(document);
  } catch (error) {
    if (error instanceof RulebookInvalid) return error.problems;
    throw error;
  }
  return [];
}

/** The members that are wrong once `change` is made to a valid document. */
function wrongAfter(change: (document: Draft) => void): readonly string[] {
  const document = draft();
  change(document);
  return problemsOf(document).map(({ member }) => member);
}

const memberships = (...groups: Omit<GroupMembership, 'citation'>[]): GroupMembership[] =>
  groups.map((membership) => ({ ...membership, citation: 'test' }));
const h100 = (): Chip => draft().chips.find(({ id }) => id === 'nvidia-h100-sxm5') as Chip;

describe('loadRulebook', () => {
  it('takes an own document of the same shape', () => {
    const document = draft();
    document.id = 'own';
    document.allocations = { ...document.allocations, perCountryTpp: 1000.5 };
    document.chips = [{ ...h100(), id: 'own-chip' }];
    const rulebook = loadRulebook(document);
    expect(rulebook.allocationOf('AE', 0)).toBe(1_000_500);
    expect(rulebook.chip('own-chip')?.level).toBe('a');
    expect(rulebook.chip('nvidia-h100-sxm5')).toBeUndefined();
    expect(rulebook.hash).not.toBe(builtInRulebook().hash);
  });

  it('looks at each entry of a group a few times, however many countries have caps', () => {
    const document = draft();
    let looks = 0;
    const entries = 2000;
    document.groups = Array.from({ length: entries }, (_, index): GroupMembership => {
      const day = (days: number): string => new Date(Date.UTC(2000, 0, 1 + days)).toISOString();
      return {
        get country() {
          looks += 1;
          return 'AE';
        },
        group: 'partner',
        citation: 'test',
        from: day(index),
        until: day(index + 1),
      };
    });
    const exceptions = countries.map(({ code }): AllocationException => ({ country: code, tpp: 1, citation: 'test' }));
    document.allocations = { ...document.allocations, exceptions };
    problemsOf(document);
    expect(looks).toBeGreaterThanOrEqual(entries);
    expect(looks).toBeLessThanOrEqual(12 * entries);
  });

  it('looks no further once it has found more than anybody reads', () => {
    const looked = new Set<number>();
    const empty = (index: number): Chip => new Proxy({} as Chip, { ownKeys: () => (looked.add(index), []) });
    expect(problemsOf({ ...draft(), chips: Array.from({ length: 10_000 }, (_, index) => empty(index)) })).toHaveLength(1000);
    expect(looked.size).toBeGreaterThan(0);
    expect(looked.size).toBeLessThanOrEqual(1000);
  });

  it.each([null, undefined, 1, 'text', []])('refuses %j as a whole', (document) => {
    expect(problemsOf(document)).toMatchObject([{ member: '' }]);
  });

  it('names everything that is missing from an empty document', () => {
    expect(problemsOf({}).map(({ member }) => member)).toEqual(
      ['id', 'version', 'title', 'citation', 'period', 'allocations', 'alerts', 'policy', 'defaultGroup', 'groups',
        'itemLevels', 'chips'].map((name) => `/${name}`),
    );
  });

  it.each<[string, (document: Draft) => void]>([
    ['/extra', (document) => Object.assign(document, { extra: 1 })],
    ['/a~1b~0c', (document) => Object.assign(document, { 'a/b~c': 1 })],
    ['/chips/0/price', (document) => Object.assign(document.chips[0] as object, { price: 1 })],
    ['/alerts/forecast', (document) => Object.assign(document.alerts, { forecast: 0.5 })],
    ['/constructor', (document) => Object.assign(document, { constructor: 1 })],
  ])('refuses the unknown member %s', (member, change) => expect(wrongAfter(change)).toEqual([member]));

  it.each<[string, (document: Draft) => void]>([
    ['/id', (document) => (document.id = 'two words')],
    ['/version', (document) => (document.version = '')],
    ['/title', (document) => (document.title = '\ud800')],
    ['/period/start', (document) => Object.assign(document.period, { start: '2025-02-30T00:00:00Z' })],
    ['/period/start', (document) => Object.assign(document.period, { start: '2025-01-01' })],
    ['/period/start', (document) => Object.assign(document.period, { start: '2025-01-01T25:00:00Z' })],
    ['/period/end', (document) => Object.assign(document.period, { end: '2024-12-31T00:00:00Z' })],
    ['/period/end', (document) => Object.assign(document.period, { end: document.period.start })],
    ['/allocations/perCountryTpp', (document) => Object.assign(document.allocations, { perCountryTpp: 0.0001 })],
    ['/allocations/perCountryTpp', (document) => Object.assign(document.allocations, { perCountryTpp: '790000000' })],
    ['/allocations/perCountryTpp', (document) => Object.assign(document.allocations, { perCountryTpp: 1e13 })],
    ['/alerts/watch', (document) => Object.assign(document.alerts, { watch: 0.95 })],
    ['/alerts/critical', (document) => Object.assign(document.alerts, { critical: 1 })],
    ['/alerts/exhausted', (document) => Object.assign(document.alerts, { exhausted: 1.1 })],
    ['/alerts/hysteresis', (document) => Object.assign(document.alerts, { hysteresis: 0.8 })],
    ['/policy/holdDays', (document) => Object.assign(document.policy, { holdDays: 0 })],
    ['/policy/holdDays', (document) => Object.assign(document.policy, { holdDays: 1.5 })],
    ['/policy/reversalCredits/returned', (document) => Object.assign(document.policy.reversalCredits, { returned: 1 })],
    ['/policy/readings/partialApproval/value',
      (document) => Object.assign(document.policy.readings.partialApproval, { value: 'remainder' })],
    ['/defaultGroup', (document) => Object.assign(document, { defaultGroup: 'tier-2' })],
    ['/groups/0/country', (document) => Object.assign(document.groups[0] as object, { country: 'XX' })],
    ['/groups/0/from', (document) => Object.assign(document.groups[0] as object, { from: 'yesterday' })],
    ['/itemLevels/a/0/eccn', (document) => Object.assign(document.itemLevels.a[0] as object, { eccn: 'a.1' })],
    ['/itemLevels/a/1/densityMin',
      (document) => Object.assign(document.itemLevels.a[1] as object, { densityMin: 5.9201 })],
    ['/itemLevels/b/0/tppBelow', (document) => Object.assign(document.itemLevels.b[0] as object, { tppBelow: 2400 })],
    ['/itemLevels/b/1/densityBelow',
      (document) => Object.assign(document.itemLevels.b[1] as object, { densityBelow: 3 })],
    ['/itemLevels/declared/b/18',
      (document) => Object.assign(document.itemLevels.declared, { b: [...document.itemLevels.declared.b, '3A090.a'] })],
    ['/chips/1/id', (document) => (document.chips = [h100(), h100()])],
    ['/chips/0/id', (document) => (document.chips = [{ ...h100(), id: 'NVIDIA H100' }])],
    ['/chips/0/tppPerUnit', (document) => (document.chips = [{ ...h100(), tppPerUnit: 15832.0001 }])],
    ['/chips/0/dieAreaMm2', (document) => (document.chips = [{ ...h100(), dieAreaMm2: 0 }])],
  ])('names %s when it is wrong: case %#', (member, change) => expect(wrongAfter(change)).toEqual([member]));

  it('says what is wrong, what it found and what it wants', () => {
    const [problem] = problemsOf({ ...draft(), groups: memberships({ country: 'uk', group: 'partner' }) });
    expect(problem).toEqual({
      member: '/groups/0/country',
      message: 'must be an ISO 3166-1 alpha-2 code in upper case, not "uk"',
    });
  });

  it('lists its problems in the message of the error, the first 20 in full', () => {
    const groups = memberships(...Array.from({ length: 30 }, () => ({ country: 'XX', group: 'partner' as const })));
    const message = /cannot be used:\n {2}\/groups\/0\/country .*[^]*and 10 more$/;
    expect(() => loadRulebook({ ...draft(), groups })).toThrow(message);
  });
});

describe('effective dates', () => {
  const [first, second] = ['2025-06-01T00:00:00Z', '2026-06-01T00:00:00Z'];

  it('may follow each other, in any order of the file', () => {
    const groups = memberships(
      { country: 'AE', group: 'partner', from: second },
      { country: 'AE', group: 'embargoed', until: first },
      { country: 'AE', group: 'allocation', from: first, until: second },
    );
    const rulebook = loadRulebook({ ...draft(), groups });
    const groupAt = (instant: string): string => rulebook.groupOf('AE', Date.parse(instant));
    expect(groupAt('2025-05-31T23:59:59.999Z')).toBe('embargoed');
    expect(groupAt(first)).toBe('allocation');
    expect(groupAt(second)).toBe('partner');
    expect(rulebook.nextGroupChange(0)).toBe(Date.parse(first));
    expect(rulebook.nextGroupChange(Date.parse(first))).toBe(Date.parse(second));
  });

  it('refuses two groups at once', () => {
    const groups = memberships(
      { country: 'AE', group: 'partner', until: second },
      { country: 'AE', group: 'embargoed', from: first },
    );
    expect(problemsOf({ ...draft(), groups })).toMatchObject([
      { member: '/groups/1', message: expect.stringContaining('overlaps /groups/0') as string },
    ]);
    const built = draft().groups;
    const twice = [...built, ...memberships({ country: 'US', group: 'home' })];
    expect(problemsOf({ ...draft(), groups: twice })).toMatchObject([{ member: `/groups/${built.length}` }]);
  });

  it('refuses a gap, in which the country would silently fall back to the default', () => {
    const groups = memberships(
      { country: 'AE', group: 'partner', until: first },
      { country: 'AE', group: 'embargoed', from: second },
    );
    expect(problemsOf({ ...draft(), groups })).toMatchObject([
      { member: '/groups/1/from', message: expect.stringContaining('gap after /groups/0') as string },
    ]);
  });

  it('refuses a membership that ends before it begins', () => {
    const groups = memberships({ country: 'AE', group: 'partner', from: second, until: first });
    expect(problemsOf({ ...draft(), groups })).toMatchObject([{ member: '/groups/0/until' }]);
  });

  const capped = (...exceptions: Omit<AllocationException, 'citation'>[]): unknown => {
    const document = draft();
    const cited = exceptions.map((exception) => ({ ...exception, citation: 'test' }));
    return { ...document, allocations: { ...document.allocations, exceptions: cited } };
  };

  it('let a cap differ from a date on, until the next', () => {
    const rulebook = loadRulebook(
      capped({ country: 'AE', tpp: 3, from: second }, { country: 'AE', tpp: 1.5, from: first }),
    );
    const capAt = (instant: string): number | null => rulebook.allocationOf('AE', Date.parse(instant));
    expect(capAt('2025-05-31T23:59:59.999Z')).toBe(fromTpp(790_000_000));
    expect(capAt(first)).toBe(fromTpp(1.5));
    expect(capAt('2026-05-31T23:59:59.999Z')).toBe(fromTpp(1.5));
    expect(capAt(second)).toBe(fromTpp(3));
    expect(rulebook.allocationOf('SA', Date.parse(second))).toBe(fromTpp(790_000_000));
    expect(rulebook.nextGroupChange(0)).toBe(Date.parse(first));
  });

  it('refuse two caps from the same date and a cap where none can be', () => {
    expect(problemsOf(capped({ country: 'AE', tpp: 1 }, { country: 'AE', tpp: 2 }))).toMatchObject([
      { member: '/allocations/exceptions/1' },
    ]);
    expect(problemsOf(capped({ country: 'DE', tpp: 1 }))).toMatchObject([
      { member: '/allocations/exceptions/0/country' },
    ]);
    expect(problemsOf(capped({ country: 'KH', tpp: 1 }))).toEqual([]);
  });
});

describe('the work of a check', () => {
  it('grows with the length of a document, not with one list times another', () => {
    const count = 2_000;
    const document = structuredClone(builtInRulebook().document) as unknown as { groups: object[]; allocations: { exceptions: object[] } };
    const day = (index: number): string => new Date(Date.UTC(2000, 0, 1 + index)).toISOString();
    let looks = 0;
    const groups = Array.from({ length: count }, (_, index) => ({ country: 'AE', group: 'partner', citation: 'test', from: day(index), until: day(index + 1) }));
    document.groups = new Proxy(groups, { get: (target, name, receiver): unknown => ((looks += 1), Reflect.get(target, name, receiver)) });
    document.allocations.exceptions = Array.from({ length: count }, (_, index) => ({ country: 'AE', tpp: 1, citation: 'test', from: day(index) }));
    loadRulebook(document);
    expect(looks).toBeLessThan(50 * count);
  });
});

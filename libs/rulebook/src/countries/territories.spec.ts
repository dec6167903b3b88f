import { builtInRulebook } from '../document/built-in-rulebook.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { loadRulebook, RulebookInvalid } from '../document/load-rulebook.js';
import { determine } from '../routes/determine.js';
import { classifyItems } from '../items/classify-items.js';
import type { Rulebook } from '../document/rulebook.js';
import { checkRulebook } from '../validation/check-rulebook.js';

const { document } = builtInRulebook();
const atMs = Date.parse('2026-03-01T00:00:00Z');
const cited = { citation: 'A test' };

function ship(rulebook: CompiledRulebook, destination: string): ReturnType<typeof determine> {
  const { items = [] } = classifyItems(rulebook, [{ chip: 'nvidia-b200', quantity: 1 }]);
  return determine(rulebook, { destination, items }, atMs);
}

function problemsOf(changed: Rulebook): readonly string[] {
  try {
    loadRulebook(changed);
    return [];
  } catch (error) {
    if (!(error instanceof RulebookInvalid)) throw error;
    return error.problems.map(({ member }) => member);
  }
}

/** The built-in rulebook with the Faroe Islands as a territory of Iceland, which has an allocation, and Anguilla as one of Iran. */
const moved: Rulebook = {
  ...document,
  territories: [{ country: 'FO', of: 'IS', ...cited }, { country: 'AI', of: 'IR', ...cited }],
};

describe('a territory', () => {
  it('is said to be one by the reasons of the route, with the paragraph and its source', () => {
    const aia = ship(builtInRulebook(), 'KY').routesConsidered.find(({ route }) => route === 'aia');
    expect(aia?.reasons.at(-1)).toEqual({
      code: 'territory',
      text: 'Cayman Islands (KY) is a territory of United Kingdom (GB) and has its treatment.',
      citation: '15 CFR 738.3(b); British Nationality Act 1981, Schedule 6; the example of 15 CFR 738.3(b)',
    });
  });

  it('of the United States is home', () => {
    const territoriesOfHome = ['AS', 'GU', 'MP', 'PR', 'UM', 'VI'];
    for (const country of territoriesOfHome) expect(builtInRulebook().groupOf(country, atMs)).toBe('home');
  });

  it('of a country with an allocation draws on the line of that country and has no allocation itself', () => {
    const rulebook = loadRulebook(moved);
    expect(ship(rulebook, 'FO')).toMatchObject({ route: 'licence', line: 'country:IS', debitedMilliTpp: 36_000_000 });
    expect([rulebook.groupOf('FO', atMs), rulebook.capOfLine('country:FO', atMs)]).toEqual(['allocation', 0]);
    expect(rulebook.capOfLine('country:IS', atMs)).toBe(790_000_000_000);
  });

  it('of an embargoed country is embargoed', () => {
    expect(ship(loadRulebook(moved), 'AI')).toMatchObject({ refusal: { code: 'no-allocation' }, line: 'country:AI' });
  });

  it('has an allocation of its own under the other reading, and in documents that do not ask', () => {
    const { territories: _, ...readings } = document.policy.readings;
    const silent = { ...document, policy: { ...document.policy, readings } };
    const own = { ...readings, territories: { value: 'own-allocation', reason: 'A test.' } };
    for (const each of [silent, { ...document, policy: { ...document.policy, readings: own } }]) {
      const rulebook = loadRulebook(each);
      expect(ship(rulebook, 'GL')).toMatchObject({ route: 'licence', line: 'country:GL' });
      expect([rulebook.groupOf('KY', atMs), rulebook.allocationOf('KY', atMs)]).toEqual(['allocation', 790_000_000_000]);
      // By 772.1 it is the United States, which is no reading.
      expect([rulebook.groupOf('PR', atMs), rulebook.allocationOf('PR', atMs)]).toEqual(['home', null]);
    }
  });

  it('leaves few countries without a group to the linter', () => {
    const found = checkRulebook(document).find(({ code }) => code === 'country-without-group');
    expect(found?.message).toMatch(/ 5 countries, .*: AQ CK LI NU PS$/);
  });

  it.each<[pointer: string, changed: Partial<Rulebook>]>([
    ['/territories/1/country', { territories: [{ country: 'GL', of: 'DK', ...cited }, { country: 'GL', of: 'NO', ...cited }] }],
    ['/territories/0/of', { territories: [{ country: 'GL', of: 'GL', ...cited }] }],
    ['/territories/0/of', { territories: [{ country: 'GL', of: 'FO', ...cited }, { country: 'FO', of: 'DK', ...cited }] }],
    ['/groups/0/country', { groups: [{ country: 'GL', group: 'partner', ...cited }] }],
    ['/countryGroups/0/countries/0', { countryGroups: [{ group: 'B', countries: ['GL'], ...cited }, ...(document.countryGroups ?? [])] }],
    ['/allocations/exceptions/0/country', { allocations: { ...document.allocations, exceptions: [{ country: 'GL', tpp: 1, ...cited }] } }],
  ])('has one entry, one country and nothing of its own: %s', (pointer, changed) => {
    expect(problemsOf({ ...document, ...changed })).toContain(pointer);
  });
});

import { builtInRulebook } from '../document/built-in-rulebook.js';
import { classifyItems } from '../items/classify-items.js';
import { loadRulebook } from '../document/load-rulebook.js';
import { determine } from './determine.js';

const builtIn = builtInRulebook();

function reasonsOfLicence(trainsWeightsForOutsiders: boolean, rulebook = builtIn): readonly string[] {
  const items = classifyItems(rulebook, [{ chip: 'nvidia-b200', quantity: 1 }]).items ?? [];
  const shipment = { destination: 'IN', items, facts: { trainsWeightsForOutsiders } };
  const { routesConsidered } = determine(rulebook, shipment, Date.parse('2026-03-01T00:00:00Z'));
  return routesConsidered.at(-1)?.reasons.map(({ code }) => code) ?? [];
}

describe('red flag 28', () => {
  it('is named with the route of items that train weights for outsiders, and of no others', () => {
    expect(reasonsOfLicence(true)).toEqual(['within-allocation', 'red-flag-28']);
    expect(reasonsOfLicence(false)).toEqual(['within-allocation']);
  });

  it('is not named under the other reading', () => {
    const document = structuredClone(builtIn.document);
    Object.assign(document.policy.readings.redFlag28 ?? {}, { value: 'not-named' });
    expect(reasonsOfLicence(true, loadRulebook(document))).toEqual(['within-allocation']);
  });
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInRulebook } from '../../document/built-in-rulebook.js';
import type { CompiledRulebook } from '../../compiled/compiled-rulebook.js';
import { namedExceptions, type Determined, type Shipment } from '../../determination.js';
import { classifyItems } from '../../items/classify-items.js';
import type { ItemFacts } from '../../items/classify-item.js';
import { loadRulebook } from '../../document/load-rulebook.js';
import { noTpp } from '../../milli-tpp.js';
import { determine } from '../determine.js';

const at = Date.parse('2026-03-01T00:00:00Z');
const b200: ItemFacts = { chip: 'nvidia-b200', quantity: 1 };

function ship(shipment: Partial<Shipment>, item = b200, rulebook: CompiledRulebook = builtInRulebook()): Determined {
  const { items, problems } = classifyItems(rulebook, [item]);
  if (problems !== undefined) throw new Error(problems[0]?.message);
  return determine(rulebook, { destination: 'VN', items, ...shipment }, at);
}

describe('license exceptions asked for by name', () => {
  it('are not considered where none is asked for', () => {
    const unasked = ship({ facts: { exceptionConditionsMet: true } });
    expect(unasked.routesConsidered).toHaveLength(9);
    expect(unasked.missingFacts.some(({ fact }) => fact === 'facts.exceptionConditionsMet')).toBe(false);
  });

  it.each(namedExceptions)('%s comes after the others, alone of its kind', (route) => {
    const { routesConsidered } = ship({ route });
    expect(routesConsidered).toHaveLength(10);
    expect(routesConsidered.at(-1)).toMatchObject({ route, applicable: false });
  });

  it('name the fact that they lack, debit nothing and have no duties', () => {
    expect(ship({ route: 'rpl' }).missingFacts).toContainEqual({ route: 'rpl', fact: 'facts.exceptionConditionsMet' });
    expect(ship({ route: 'rpl', facts: { exceptionConditionsMet: true } })).toMatchObject({
      route: 'rpl', line: 'country:VN', milliTpp: 36_000_000, debitedMilliTpp: 0, obligations: [], refusal: null,
    });
  });

  it.each([['3E001 (for 3A090.a)'], ['4D090 (for 4A090.a)'], ['5E992 (for 5A992.z.1)'], ['5D992.z.1']])('TSU takes %s, HBM does not', (eccn) => {
    const item: ItemFacts = { description: 'design files', eccn, quantity: 1, milliTppPerUnit: noTpp };
    const facts = { exceptionConditionsMet: true };
    expect(ship({ route: 'tsu', facts }, item).route).toBe('tsu');
    expect(ship({ route: 'hbm', facts }, item).refusal?.reasons).toMatchObject([{ code: 'item-not-eligible' }]);
  });

  it('are not in documents from before they were routes', () => {
    const path = new URL('../../../../../../test/golden/rulebooks/us-ai-diffusion-2025-01-15.json', import.meta.url);
    const older = loadRulebook(JSON.parse(readFileSync(fileURLToPath(path), 'utf8')));
    const { refusal } = ship({ route: 'rpl', facts: { exceptionConditionsMet: true } }, b200, older);
    expect(refusal).toMatchObject({ code: 'route-not-applicable', reasons: [{ code: 'not-in-this-rulebook', citation: '15 CFR 740.10' }] });
    expect(ship({}, b200, older).routesConsidered).toHaveLength(9);
  });
});

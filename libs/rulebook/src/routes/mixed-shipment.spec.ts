import { builtInRulebook } from '../document/built-in-rulebook.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { classifyItems } from '../items/classify-items.js';
import { loadRulebook } from '../document/load-rulebook.js';
import { determine } from './determine.js';

const builtIn = builtInRulebook();
const mixed = [
  { chip: 'nvidia-b200', quantity: 2 },
  { chip: 'nvidia-geforce-rtx-5090', quantity: 3 },
  { chip: 'nvidia-h20', quantity: 4 },
];

function ship(rulebook: CompiledRulebook, items = mixed, destination = 'IN') {
  return determine(rulebook, { destination, items: classifyItems(rulebook, items).items ?? [] }, Date.parse('2026-03-01T00:00:00Z'));
}

describe('a shipment of items that need a licence and items that do not', () => {
  it('says of each item what it debits, and why', () => {
    const { route, debitedMilliTpp, milliTpp, routesConsidered, items } = ship(builtIn);
    expect([route, debitedMilliTpp, milliTpp]).toEqual(['licence', 72_000_000, 72_000_000 + 3 * 6_704_000 + 4 * 2_368_000]);
    expect(routesConsidered.at(-1)?.reasons.slice(1)).toEqual([
      { code: 'item-debits', text: '2 nvidia-b200: debits 72000 TPP.', citation: '15 CFR 742.6(b)(10)(iii)(B)(1)' },
      {
        code: 'leaves-under-aca',
        text: '3 nvidia-geforce-rtx-5090: leaves under License Exception ACA and debits nothing.',
        citation: '15 CFR 740.8(a)',
      },
      {
        code: 'item-debits-nothing',
        text: '4 nvidia-h20: needs no licence here and debits nothing.',
        citation: '15 CFR 742.6(b)(10)(iii)(B)(1)',
      },
    ]);
    expect(items.map((item) => item.route)).toEqual([undefined, 'aca', undefined]);
  });

  it('says nothing of items that are all alike', () => {
    expect(ship(builtIn, mixed.slice(0, 1)).routesConsidered.at(-1)?.reasons).toHaveLength(1);
    expect(ship(builtIn, mixed.slice(1, 2))).toMatchObject({ route: 'aca', debitedMilliTpp: 0 });
  });

  it('is one shipment under the other reading', () => {
    const document = structuredClone(builtIn.document);
    Object.assign(document.policy.readings.mixedShipments ?? {}, { value: 'as-one' });
    const found = ship(loadRulebook(document));
    expect(found.debitedMilliTpp).toBe(72_000_000 + 3 * 6_704_000);
    expect(found.items.map((item) => item.route)).toEqual([undefined, undefined, undefined]);
  });

  it('leaves under its own route as a whole where ACA is switched off', () => {
    const document = structuredClone(builtIn.document);
    Object.assign(document.routes?.aca ?? {}, { enabled: false });
    expect(ship(loadRulebook(document)).debitedMilliTpp).toBe(72_000_000 + 3 * 6_704_000);
  });
});

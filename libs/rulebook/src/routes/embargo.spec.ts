import { builtInRulebook } from '../document/built-in-rulebook.js';
import { loadRulebook } from '../document/load-rulebook.js';
import { outcomeOf } from '../testing/shipment-table.js';

function barringAcmOnly() {
  const document = structuredClone(builtInRulebook().document) as { policy: { readings: Record<string, unknown> } };
  document.policy.readings['customersEmbargoed'] = { value: 'bars-acm', reason: 'The consignee decides.' };
  return loadRulebook(document);
}

describe('items for customers in Macau or Country Group D:5', () => {
  const shipment = '1xnvidia-b200 ->MY to MY/MY endUse=storage privateSector=true customersOutsideD5=false';

  it('are denied like items that go there themselves', () => {
    expect(outcomeOf(shipment)).toBe('no-allocation');
  });

  it('are kept from ACM alone under the other reading', () => {
    expect(outcomeOf(shipment, barringAcmOnly())).toBe('licence debits 36000');
    expect(outcomeOf(`${shipment} as acm`, barringAcmOnly())).toBe('route-not-applicable: customers-embargoed');
  });
});

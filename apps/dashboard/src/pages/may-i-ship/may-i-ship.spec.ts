import type { Determination } from '../../api/answers.js';
import { bodyOf, curlOf, isComplete, typedIn } from './shipment.js';
import { verdictOf } from './verdict.js';

const typed = (query: string) => typedIn(new URLSearchParams(query));

describe('the form of a shipment', () => {
  it.each([
    ['to=IN&chip=nvidia-h200-sxm&quantity=500', { destination: 'IN', items: [{ chip: 'nvidia-h200-sxm', quantity: 500 }] }],
    ['to=IN&tpp=20919.2&quantity=3', { destination: 'IN', items: [{ description: 'item', eccn: '3A090.a', tppPerUnit: 20_919.2, quantity: 3 }] }],
    [
      'to=AE&chip=x&quantity=1&consignee=Falcon&headquarters=AE&parent=Falcon Holding&parentHeadquarters=US&day=2026-12-15',
      {
        destination: 'AE',
        ultimateConsignee: { name: 'Falcon', headquarters: 'AE', ultimateParent: { name: 'Falcon Holding', headquarters: 'US' } },
        items: [{ chip: 'x', quantity: 1 }],
        exportedAt: '2026-12-15T00:00:00Z',
      },
    ],
    ['to=AE&chip=x&quantity=1&headquarters=AE', { destination: 'AE', items: [{ chip: 'x', quantity: 1 }] }],
  ])('asks with the address %p', (query, body) => {
    expect(bodyOf(typed(query))).toEqual(body);
  });

  it.each([
    ['', false],
    ['to=IN&quantity=5', false],
    ['to=IN&chip=x', false],
    ['to=IN&chip=x&quantity=5', true],
    ['to=IN&tpp=5000&quantity=5', true],
  ])('of the address %p is complete: %p', (query, expected) => {
    expect(isComplete(typed(query))).toBe(expected);
  });

  it('becomes a command in which a shell reads names as they are', () => {
    expect(curlOf('http://x', { name: "L'Oréal $HOME" })).toBe(
      `curl -s http://x/v1/determinations -H 'Content-Type: application/json' -d '{"name":"L'\\''Oréal $HOME"}'`,
    );
  });
});

describe('the answer', () => {
  const determination = (over: object): Determination =>
    ({ route: 'licence', debitedTpp: 7_916_000, balanceAfter: { allocation: 790_000_000, available: 79_000_000 }, wouldBeRefused: null, ...over }) as Determination;
  const plain = (text: string): string => text.replace(/\u2009/g, ' ');
  const refused = (code: string, over: object) => ({ wouldBeRefused: { code, title: 'The quota does not suffice', detail: 'The detail.', ...over } });

  it.each([
    [{}, true, 'Yes, with a licence that draws on the allocation of India', 'India would have 79 000 000 TPP left, 10.0 % of it.'],
    [{ balanceAfter: { allocation: null, available: null } }, true, 'Yes, with a licence; India has no cap', '7 916 000 TPP are counted there.'],
    [{ route: 'none', debitedTpp: 0 }, true, 'Yes, and no licence is needed', 'Nothing is debited.'],
    [{ route: 'aca', debitedTpp: 0 }, true, 'Yes, under Advanced Computing Authorized (ACA)', 'Nothing is debited.'],
    [
      { route: 'lpp', balanceAfter: { allocation: 26_900_000, available: 13_450_000 } },
      true,
      'Yes, under Low Processing Performance (LPP)',
      'The line of this company would have 13 450 000 TPP left, 50.0 % of it.',
    ],
    [refused('insufficient-quota', { available: 61_728_000 }), false, 'No: the quota does not suffice', '61 728 000 TPP are left.'],
    [refused('destination-embargoed', { available: null }), false, 'No: the quota does not suffice', 'The detail.'],
  ])('to %j', (over, isYes, headline, rest) => {
    const verdict = verdictOf(determination(over), { name: 'India' });
    expect({ ...verdict, rest: plain(verdict.rest) }).toEqual({ isYes, headline, rest });
  });
});

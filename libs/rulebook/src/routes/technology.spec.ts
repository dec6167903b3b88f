import { builtInRulebook } from '../document/built-in-rulebook.js';
import type { RouteName, Shipment } from '../determination.js';
import { classifyItems } from '../items/classify-items.js';
import { noTpp } from '../milli-tpp.js';
import { determine } from './determine.js';

const rulebook = builtInRulebook();
const atMs = Date.parse('2026-03-01T00:00:00Z');

/** What becomes of technology or software of this ECCN that somebody sends there. */
function outcome(eccn: string, destination: string, more: Partial<Shipment> = {}): string {
  const declared = { description: 'it', milliTppPerUnit: noTpp, quantity: 1, eccn, datacenter: false };
  const { items = [] } = classifyItems(rulebook, [declared]);
  const found = determine(rulebook, { destination, items, ...more }, atMs);
  expect(found.contradictions).toEqual([]);
  const { route, refusal, routesConsidered, debitedMilliTpp } = found;
  expect(debitedMilliTpp).toBe(0);
  if (refusal === null) return route;
  const asked = routesConsidered.find((each) => each.route === more.route);
  return `${refusal.code}: ${(asked?.reasons ?? refusal.reasons).map(({ code }) => code).join(', ')}`;
}

const emirati = { name: 'Falcon', country: 'AE', headquarters: 'AE' };

describe('technology and software that are declared with what they are for', () => {
  it.each<[paragraph: string, eccn: string, destination: string, route: string]>([
    ['742.6(a)(6)(iii)(A)', '3E001 (for 3A090.a)', 'BR', 'licence'],
    ['742.6(a)(6)(iii)(A)', '5E992 (for 5A992.z.1)', 'BR', 'licence'],
    ['742.6(a)(6)(iii)(B)', '3E001 (for 3A090.b)', 'VN', 'licence'],
    ['742.6(a)(6)(iii)(B)', '3E001 (for 3A090.b)', 'BR', 'none'],
    ['742.6(a)(6)(iii)', '3E001 (for 3A991)', 'CN', 'none'],
    ['740.27(a)(2)(i)', '3D001 (for 3A090.a)', 'DE', 'aia'],
    ['740.27(a)(2)(i)', '4E001 (for 4A090.a)', 'DE', 'aia'],
    ['740.27(a)(2)(i), which does not list 3E001', '3E001 (for 3A090.a)', 'DE', 'licence'],
    ['742.6(b)(10)(iii)(A)(1)', '3E001 (for 3A090.a)', 'CN', 'no-allocation'],
  ])('%s: %s to %s', (_, eccn, destination, route) => {
    expect(outcome(eccn, destination).split(':')[0]).toBe(route);
  });

  it.each<[route: RouteName, eccn: string]>([
    ['aca', '3E001 (for 3A090.a)'],
    ['aca', '4D090 (for 4A090.a)'],
    ['lpp', '3E001 (for 3A090.a)'],
    ['lpp', '5E002 (for 5A002.z.1.a)'],
  ])('are not listed for %s: %s', (route, eccn) => {
    const indian = { name: 'Falcon', country: 'IN', headquarters: 'IN' };
    const consignee = { ...indian, ultimateParent: indian };
    expect(outcome(eccn, 'IN', { route, consignee })).toBe('route-not-applicable: item-not-eligible');
  });

  it('are listed for ACA where they are 5D992.z, and for ACM', () => {
    expect(outcome('5D992.z.1', 'BR')).toBe('aca');
    const facts = { endUse: 'development', privateSector: true, customersOutsideD5: true } as const;
    expect(outcome('3E001 (for 3A090.a)', 'AE', { consignee: emirati, facts })).toBe('acm');
  });

  it('bar no route where they need no licence', () => {
    const chip = { chip: 'nvidia-a100', quantity: 1 };
    const technology = { description: 'it', milliTppPerUnit: noTpp, quantity: 1, eccn: '3E001 (for 3A090.b)' };
    const { items = [] } = classifyItems(rulebook, [chip, technology]);
    expect(determine(rulebook, { destination: 'DE', items }, atMs)).toMatchObject({ route: 'aia', refusal: null });
  });
});

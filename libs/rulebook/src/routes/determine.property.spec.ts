import fc from 'fast-check';
import { builtInRulebook } from '../document/built-in-rulebook.js';
import { countries } from '../countries/countries.js';
import type { Shipment } from '../determination.js';
import type { Consignee, Party } from '../consignee.js';
import { classifyItems } from '../items/classify-items.js';
import type { ItemFacts } from '../items/classify-item.js';
import { milliTpp } from '../milli-tpp.js';
import { checkRouteFacts, routeFactNames, type RouteFacts } from '../route-facts.js';
import { determine } from './determine.js';
import { isDebiting } from './mixed-shipment.js';
import type { DeterminationPorts, RegisteredCompany } from './ports.js';

const rulebook = builtInRulebook();

const country = fc.constantFrom(...countries.map(({ code }) => code));
const text = fc.string({ maxLength: 20 });
const quantity = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer(), fc.double());
const eccn = fc.oneof(
  fc.constantFrom('3A090.a', '4A090.b', '3A090.c', '5A992.z.1', '5A002.z.1.a', '5D992.z.1', 'EAR99', 'none', '3A090'),
  text,
);

const known = [...rulebook.chips, ...rulebook.systems].map(({ id }) => id);
const chipFacts = fc.record(
  { chip: fc.oneof(fc.constantFrom(...known), text), quantity, eccn },
  { requiredKeys: ['chip', 'quantity'] },
);
const describedFacts = fc.record(
  {
    description: text,
    quantity,
    milliTppPerUnit: fc.oneof(
      fc.integer({ min: 0, max: 60_000_000 }).map(milliTpp),
      fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).map(milliTpp),
    ),
    eccn,
    dieAreaMm2: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.double()),
    datacenter: fc.boolean(),
  },
  { requiredKeys: ['description', 'quantity'] },
);
const items: fc.Arbitrary<ItemFacts[]> = fc.array(fc.oneof(chipFacts, describedFacts), { maxLength: 5 });

const party: fc.Arbitrary<Party> = fc.record(
  { name: text, country, headquarters: country },
  { requiredKeys: ['name'] },
);
const consignee: fc.Arbitrary<Consignee> = fc
  .tuple(party, fc.option(party, { nil: undefined }))
  .map(([self, ultimateParent]) => (ultimateParent === undefined ? self : { ...self, ultimateParent }));
const date = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2028-06-01'), noInvalidDate: true })
  .map((at) => at.toISOString());
const facts = fc.record(
  {
    inCountryTransfer: fc.boolean(),
    subjectToEar: fc.boolean(),
    prohibitedEndUse: fc.boolean(),
    trainsWeightsForOutsiders: fc.boolean(),
    endUse: fc.constantFrom('development', 'production', 'storage', 'other'),
    privateSector: fc.boolean(),
    governmentOwned: fc.boolean(),
    customersOutsideD5: fc.boolean(),
    noticeGivenAt: date,
    cluster: fc.boolean(),
    clusterTpp: fc.integer({ min: 0, max: 1_000_000 }),
    operator: consignee,
    betweenVeuSites: fc.boolean(),
    newDataCenter: fc.boolean(),
    siteNoticeGivenAt: date,
    exceptionConditionsMet: fc.boolean(),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<RouteFacts>;
/** What nobody checked: of any type. */
const garbage = fc.dictionary(
  fc.constantFrom(...routeFactNames, '__proto__', 'x'), fc.anything(),
) as unknown as fc.Arbitrary<RouteFacts>;
const circumstances: fc.Arbitrary<Omit<Shipment, 'items'>> = fc.record(
  {
    destination: country,
    consignee,
    route: fc.constantFrom('aia', 'aca', 'nac', 'acm', 'uveu', 'nveu', 'lpp', 'licence'),
    facts: fc.oneof(facts, garbage),
  },
  { requiredKeys: ['destination'] },
);
const amount = fc.integer({ min: 0, max: 5_000_000_000 }).map((tpp) => milliTpp(tpp * 1000));
const tpp = fc.option(amount, { nil: null });
const authorisation = fc.record({
  id: text,
  kind: fc.constantFrom('uveu' as const, 'nveu' as const),
  country: fc.option(country),
  fromMs: fc.constant(0),
  untilMs: fc.constant(Infinity),
});
const company: fc.Arbitrary<RegisteredCompany> = fc.record({
  id: fc.constant('acme'), name: text, headquarters: country, declaredMilliTpp: tpp,
  authorisations: fc.array(authorisation, { maxLength: 3 }),
});
const ports: fc.Arbitrary<DeterminationPorts> = fc
  .tuple(fc.option(tpp, { nil: undefined }), fc.option(fc.option(company), { nil: undefined }))
  .map(([left, registered]) => ({
    ...(left !== undefined && { lines: () => left }),
    ...(registered !== undefined && { companies: () => registered }),
  }));
const moment = fc.oneof(
  fc.date({ min: new Date('2024-06-01'), max: new Date('2028-06-01'), noInvalidDate: true }).map(Number),
  fc.double(),
);

const countsOn = /^(?:country:[A-Z]{2}|lpp:[^:]+:\d{4,}|nveu:[^:]+:[A-Z]{2}|uveu:[^:]+)$/;

describe('classification and determination of anything', () => {
  it('never throw, and debit one line or none, at most the level of 3A090.a', () => {
    let determined = 0;
    fc.assert(
      fc.property(items, circumstances, ports, moment, (itemFacts, rest, asked, atMs) => {
        const classified = classifyItems(rulebook, itemFacts);
        if (classified.problems !== undefined) {
          expect(classified.problems.length).toBeGreaterThan(0);
          return;
        }
        determined += 1;
        const shipment = { ...rest, items: classified.items };
        const determination = determine(rulebook, shipment, atMs, asked);
        const { route, line, refusal, routesConsidered, milliTpp: size, debitedMilliTpp: debited } = determination;
        // What leaves under an exception of its own beside the others debits nothing.
        const levelA = determination.items.filter((item) => item.level === 'a' && item.route === undefined);
        const exactly = (some: typeof classified.items): bigint =>
          some.reduce((sum, each) => sum + BigInt(each.milliTppPerUnit) * BigInt(each.quantity), 0n);

        expect(BigInt(size)).toBe(exactly(classified.items));
        expect([0n, exactly(levelA)]).toContain(BigInt(debited));
        expect(line).toMatch(countsOn);
        if (debited > 0 && refusal === null) expect(['aia', 'licence', 'lpp', 'nveu', 'uveu']).toContain(route);
        const hasOwnLine = ['lpp', 'nveu', 'uveu'].includes(route) && refusal === null;
        expect(line.startsWith(hasOwnLine ? `${route}:` : rulebook.lineOf(shipment.destination, atMs))).toBe(true);
        expect(new Set(routesConsidered.map((each) => each.route)).size).toBe(9);
        for (const { applicable, reasons } of routesConsidered) {
          expect(reasons.length).toBeGreaterThan(0);
          if (applicable) expect(reasons.some(({ code }) => code === 'missing-fact')).toBe(false);
        }
        if (refusal === null) {
          const chosen = routesConsidered.find((each) => each.route === route);
          if (shipment.route === undefined) expect(chosen?.applicable).toBe(true);
          else expect(route).toBe(shipment.route);
          if (chosen?.applicable === false) {
            expect(chosen.reasons.every(({ code }) => code === 'exceeds-line')).toBe(true);
          }
        } else {
          expect(refusal.reasons.length).toBeGreaterThan(0);
          expect(determination.obligations).toEqual([]);
        }
        // The same question has the same answer.
        expect(determine(rulebook, shipment, atMs, asked)).toEqual(determination);
      }),
      { numRuns: 600 },
    );
    expect(determined).toBeGreaterThan(50);
  });

  it('do not depend on the order of items or of facts', () => {
    const turned = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? backwards(value) : value;
    const backwards = <T extends object>(value: T): T =>
      Object.fromEntries(Object.entries(value).reverse().map(([name, each]) => [name, turned(each)])) as T;
    fc.assert(
      fc.property(items, circumstances, ports, moment, (itemFacts, rest, asked, atMs) => {
        const forth = classifyItems(rulebook, itemFacts);
        const back = classifyItems(rulebook, [...itemFacts].reverse());
        if (forth.items === undefined || back.items === undefined) return;
        const straight = { ...rest, items: forth.items };
        const reversed = { ...backwards(rest), items: back.items };
        const found = determine(rulebook, reversed, atMs, asked);
        expect({ ...found, items: [...found.items].reverse() }).toEqual(determine(rulebook, straight, atMs, asked));
      }),
      { numRuns: 300 },
    );
  });

  it('debit what their items debit, or nothing', () => {
    fc.assert(
      fc.property(items, circumstances, ports, moment, (itemFacts, rest, asked, atMs) => {
        const classified = classifyItems(rulebook, itemFacts).items;
        if (classified === undefined) return;
        const found = determine(rulebook, { ...rest, items: classified }, atMs, asked);
        if (found.refusal !== null) return;
        const debiting = found.items.filter(isDebiting).reduce((sum, { milliTppPerUnit, quantity }) => sum + milliTppPerUnit * quantity, 0);
        expect([0, debiting]).toContain(found.debitedMilliTpp);
        expect(found.items.map(({ route: _, ...item }) => item)).toEqual(classified);
      }),
      { numRuns: 500 },
    );
  });

  it('never choose a limited route that does not fit, unless it is asked for', () => {
    const chips = fc.integer({ min: 1, max: 100_000 }).map((units) => [{ chip: 'nvidia-b200', quantity: units }]);
    const inPeriod = fc.integer({ min: rulebook.inForceMs ?? 0, max: rulebook.period.endMs - 1 });
    const left = fc.integer({ min: 0, max: 40_000_000 }).map((tens) => milliTpp(tens * 10_000));
    fc.assert(
      fc.property(chips, country, inPeriod, left, (facts, destination, atMs, rest) => {
        const levelA = classifyItems(rulebook, facts).items ?? [];
        const parent = { name: 'Parent', headquarters: destination };
        const named = { name: 'Falcon', country: destination, headquarters: destination, ultimateParent: parent };
        const shipment = { destination, items: levelA, consignee: named };
        const found = determine(rulebook, shipment, atMs, { lines: () => rest });
        if (found.route === 'lpp' && found.refusal === null) expect(found.debitedMilliTpp).toBeLessThanOrEqual(rest);
      }),
      { numRuns: 300 },
    );
  });

  it('refuse datacentre items wherever anyone involved is embargoed, and only there', () => {
    const level = classifyItems(rulebook, [{ chip: 'nvidia-b200', quantity: 1 }]).items ?? [];
    const inPeriod = fc.integer({ min: rulebook.inForceMs ?? 0, max: rulebook.period.endMs - 1 });
    fc.assert(
      fc.property(circumstances, fc.option(consignee), inPeriod, ({ destination, consignee: named }, operator, atMs) => {
        const isStated = operator !== null && checkRouteFacts({ operator }).length === 0;
        const stated = isStated ? { facts: { operator } } : {};
        const shipment = { destination, items: level, ...(named && { consignee: named }), ...stated };
        const parties = [named, named?.ultimateParent, stated.facts?.operator, stated.facts?.operator.ultimateParent];
        const places = [destination, ...parties.flatMap((each) => [each?.country, each?.headquarters])];
        const isEmbargoed = places.some((place) => place && rulebook.groupOf(place, atMs) === 'embargoed');
        const { refusal, contradictions } = determine(rulebook, shipment, atMs);
        if (contradictions.length === 0) expect(refusal?.code).toBe(isEmbargoed ? 'no-allocation' : undefined);
        else expect(refusal).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});

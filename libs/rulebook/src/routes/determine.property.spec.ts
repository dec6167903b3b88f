import fc from 'fast-check';
import { builtInRulebook } from '../built-in-rulebook.js';
import { countries } from '../countries.js';
import type { Consignee, Party, Shipment } from '../determination.js';
import { classifyItems } from '../items/classify-items.js';
import type { ItemFacts } from '../items/classify-item.js';
import { milliTpp } from '../milli-tpp.js';
import { determine } from './determine.js';

const rulebook = builtInRulebook();

const country = fc.constantFrom(...countries.map(({ code }) => code));
const text = fc.string({ maxLength: 20 });
const quantity = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer(), fc.double());
const eccn = fc.oneof(fc.constantFrom('3A090.a', '4A090.b', '5A992.z.1', 'EAR99', 'none', '3A090'), text);

const chipFacts = fc.record(
  { chip: fc.oneof(fc.constantFrom(...rulebook.chips.map(({ id }) => id)), text), quantity, eccn },
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
    dieAreaMm2: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.double()),
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
const circumstances: fc.Arbitrary<Omit<Shipment, 'items'>> = fc.record(
  {
    destination: country,
    consignee,
    route: fc.constantFrom('aia', 'aca', 'nac', 'acm', 'uveu', 'nveu', 'lpp', 'licence'),
  },
  { requiredKeys: ['destination'] },
);
const moment = fc.oneof(
  fc.date({ min: new Date('2024-06-01'), max: new Date('2028-06-01'), noInvalidDate: true }).map(Number),
  fc.double(),
);

describe('classification and determination of anything', () => {
  it('never throw, and keep debit, route and refusal consistent', () => {
    let determined = 0;
    fc.assert(
      fc.property(items, circumstances, moment, (facts, rest, atMs) => {
        const classified = classifyItems(rulebook, facts);
        if (classified.problems !== undefined) {
          expect(classified.problems.length).toBeGreaterThan(0);
          return;
        }
        determined += 1;
        const shipment = { ...rest, items: classified.items };
        const determination = determine(rulebook, shipment, atMs);
        const { route, refusal, routesConsidered, milliTpp: size, debitedMilliTpp: debited } = determination;
        const levelA = classified.items.filter(({ level }) => level === 'a');
        const exactly = (some: typeof classified.items): bigint =>
          some.reduce((sum, each) => sum + BigInt(each.milliTppPerUnit) * BigInt(each.quantity), 0n);

        expect(BigInt(size)).toBe(exactly(classified.items));
        expect(BigInt(debited)).toBe(exactly(levelA));
        expect(debited).toBeLessThanOrEqual(size);
        expect(route === 'none').toBe(levelA.length === 0);
        expect(determination.line).toBe(`country:${shipment.destination}`);
        expect(new Set(routesConsidered.map((each) => each.route)).size).toBe(9);
        if (refusal === null) {
          expect(routesConsidered.find((each) => each.route === route)?.applicable).toBe(true);
          if (shipment.route !== undefined) expect(route).toBe(shipment.route);
        } else {
          expect(refusal.reasons.length).toBeGreaterThan(0);
        }
        // The same question has the same answer.
        expect(determine(rulebook, shipment, atMs)).toEqual(determination);
      }),
      { numRuns: 500 },
    );
    expect(determined).toBeGreaterThan(50);
  });

  it('refuse level a wherever anyone involved is embargoed, and only there', () => {
    const level = classifyItems(rulebook, [{ chip: 'nvidia-b200', quantity: 1 }]).items ?? [];
    const inPeriod = fc.integer({ min: rulebook.period.startMs, max: rulebook.period.endMs - 1 });
    fc.assert(
      fc.property(circumstances, inPeriod, ({ destination, consignee: named }, atMs) => {
        const shipment = { destination, items: level, ...(named && { consignee: named }) };
        const parent = named?.ultimateParent;
        const places = [destination, named?.country, named?.headquarters, parent?.country, parent?.headquarters];
        const isEmbargoed = places.some((place) => place && rulebook.groupOf(place, atMs) === 'embargoed');
        expect(determine(rulebook, shipment, atMs).refusal?.code).toBe(isEmbargoed ? 'no-allocation' : undefined);
      }),
      { numRuns: 500 },
    );
  });
});

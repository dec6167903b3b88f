import fc from 'fast-check';
import type { QuotaReserved } from '#ledger';
import { builtInRulebook } from '#rulebook';
import { reservedBody } from './reservation-body.js';
import { reservedJson } from './reserved-json.js';

const rulebook = builtInRulebook();
const amount = fc.maxSafeNat();
const text = fc.string({ unit: 'binary', maxLength: 20 });
const item = fc.record({
  chip: fc.option(text),
  description: fc.option(text),
  eccn: text,
  level: fc.constant('a'),
  quantity: fc.integer({ min: 1, max: 1000 }),
  milliTppPerUnit: fc.nat(),
  route: fc.constantFrom(undefined, 'aca'),
});
const event = fc.record({
  type: fc.constant('QuotaReserved'),
  reservationId: fc.uuid(),
  destination: fc.constant('AE'),
  exporter: text,
  route: fc.constantFrom('licence', 'aia', 'none', 'lpp', 'nac'),
  facts: fc.option(fc.constantFrom({ cluster: true }, { clusterTpp: 1.5, endUse: 'storage' }), { nil: undefined }),
  consignee: fc.option(
    fc.record({ name: text, country: fc.constant('AE'), ultimateParent: fc.record({ name: text }) }),
  ),
  items: fc.array(item, { minLength: 1, maxLength: 3 }),
  milliTpp: amount,
  debitedMilliTpp: amount,
  expiresAt: fc.constant('2026-12-31T00:00:00.000Z'),
  recordedAt: fc.constant('2026-06-15T00:00:00.000Z'),
  reference: fc.option(text),
  rulebook: fc.record({ hash: text, id: text, version: text }),
  balanceMilliTpp: fc.record({ allocation: fc.option(amount), exported: fc.nat(), reserved: fc.nat() }),
}) as unknown as fc.Arbitrary<QuotaReserved>;

describe('reservedJson', () => {
  it('is what JSON.stringify makes of the body', () => {
    fc.assert(
      fc.property(event, fc.nat(), fc.nat(), (reserved, revision, position) => {
        expect(reservedJson(reserved, 'country:AE', revision, position, rulebook)).toBe(
          JSON.stringify(reservedBody(reserved, 'country:AE', revision, position, rulebook)),
        );
      }),
      { numRuns: 500 },
    );
  });
});

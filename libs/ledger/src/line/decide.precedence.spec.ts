import { milliTpp, type RuleRefusal } from '#rulebook';
import type { RefusalCode } from '../events/line-event.js';
import type { LineCommand } from './line-command.js';
import { determinationOf, exportDirect, exportHold, given, h100, issued, released, reserve, reserved, suspended, type Scenario } from '../testing/line-scenario.js';

/** Every refusal, the first that holds decides. The rulebook settles the order of its own three among themselves. */
const precedence = ['outside-quota-period', 'no-allocation', 'route-not-applicable', 'line-suspended', 'insufficient-quota'] as const;
const ofRules = new Set<RefusalCode>(['outside-quota-period', 'no-allocation', 'route-not-applicable']);

const pairs = precedence.flatMap((first, index) => precedence.slice(index + 1).map((second) => [first, second] as const));
const pairsAcross = pairs.filter(([first, second]) => !(ofRules.has(first) && ofRules.has(second)));

/** A line on which these codes apply. */
function lineWith(codes: readonly RefusalCode[]): Scenario {
  const cap = milliTpp(codes.includes('insufficient-quota') ? 15_832_000 : 100 * 15_832_000);
  const history = [reserved('r1', [h100(1)])];
  return given(cap, ...history, ...(codes.includes('line-suspended') ? [suspended] : []));
}

function determinationWith(codes: readonly RefusalCode[]) {
  const code = codes.find((one): one is RuleRefusal => ofRules.has(one));
  return determinationOf([h100(2)], { refusal: code === undefined ? null : { code, reasons: [{ code: 'why', text: 'Why.', citation: '§' }] } });
}

const operations: readonly [string, (codes: readonly RefusalCode[]) => LineCommand][] = [
  ['reserve', (codes) => reserve('r2', [h100(2)], { determination: determinationWith(codes) })],
  ['export-direct', (codes) => exportDirect('e2', [h100(2)], { determination: determinationWith(codes) })],
  [
    'amend',
    (codes) => ({
      ...issued('a2'),
      type: 'Amend',
      reservationId: 'r1',
      expectedRevision: null,
      items: { list: [h100(2)], determination: determinationWith(codes) },
      expiresAt: null,
      reference: undefined,
    }),
  ],
];

describe.each(operations)('precedence of the refusals of %s', (operation, command) => {
  it.each(precedence)('%s alone', (code) => {
    lineWith([code]).when(command([code])).thenRefused(code, { operation });
  });

  it.each(pairsAcross)('%s before %s', (first, second) => {
    lineWith([first, second]).when(command([first, second])).thenRefused(first, { operation });
  });

  it('nothing of it where nothing applies', () => {
    const { events } = lineWith([]).when(command([]));
    expect(events.map(({ type }) => type)).not.toContain('ReservationRefused');
  });
});

describe('what records nothing comes before any refusal', () => {
  const refusedFor = determinationWith(['no-allocation']);
  const amend = (over: object): LineCommand =>
    ({
      ...issued('a2'), type: 'Amend', reservationId: 'r1', expectedRevision: null, items: { list: [h100(2)], determination: refusedFor },
      expiresAt: null, reference: undefined, ...over,
    });

  it('an unknown id, then a stale version, then a closed reservation', () => {
    lineWith(['line-suspended']).when(amend({ reservationId: 'unknown', expectedRevision: 7 })).thenRejected('reservation-not-found');
    const closed = given(milliTpp(15_832_000), reserved('r1', [h100(1)]), released('r1'));
    closed.when(amend({ expectedRevision: 7 })).thenRejected('version-mismatch', { revision: 1 });
    closed.when(amend({ expectedRevision: 1 })).thenRejected('reservation-closed');
  });

  it('a part that does not fit the hold', () => {
    const outsidePeriod = { code: 'outside-quota-period', reasons: [] } as const;
    lineWith(['line-suspended'])
      .when({ ...exportHold('e1', 'r1', { of: 'tpp', milliTpp: milliTpp(15_832_001) }), outsidePeriod })
      .thenRejected('exceeds-hold');
  });
});

import { milliTpp } from '#rulebook';
import type { CloseLine, CountShipment, RecordAttrition, TakeOver } from './line-command.js';
import { exportDirect, exported, exportHold, given, issued, item, reserve, reserved } from '../testing/line-scenario.js';
import { ownExported } from './line-state.js';

// Lines of companies that were merged, and what attrition gives back on them.

const units = (quantity: number) => [item('chip', quantity, 1_000_000)];
const amount = (quantity: number) => milliTpp(quantity * 1_000_000);
const survivor = 'nveu:survivor:AE';

const close = (into = survivor): CloseLine => ({ ...issued('close'), type: 'CloseLine', into, reason: 'one company' });

function takeOver(fromRevision: number, exports: number, holds: number, over: Partial<TakeOver> = {}): TakeOver {
  const amounts = { exportedMilliTpp: amount(exports), reservedMilliTpp: amount(holds) };
  return { ...issued(`take-${fromRevision}`), type: 'TakeOver', fromLine: 'nveu:former:AE', fromRevision, ...amounts, ...over };
}

function attrition(quantity: number): RecordAttrition {
  const what = { milliTpp: amount(quantity), cause: 'failure', occurredAt: 0, reason: 'burnt out' } as const;
  return { ...issued('attrition'), type: 'RecordAttrition', ...what };
}

describe('a closed line', () => {
  const used = given(amount(10), reserved('a', units(4)), exported('x', units(2)));
  const closed = used.when(close()).then({ type: 'LineClosed', into: survivor, closedInto: survivor }).after;

  it('takes no new hold, no direct export and no growth, and says which line carries on', () => {
    const refusal = { reasons: [expect.objectContaining({ code: 'line-closed', text: expect.stringContaining(survivor) as string })] };
    closed.when(reserve('b', units(1))).thenRefused('line-suspended', refusal);
    closed.when(exportDirect('y', units(1))).thenRefused('line-suspended', refusal);
    const { determination } = reserve('a', units(5));
    const items = { list: units(5), determination };
    closed
      .when({ ...issued('m'), type: 'Amend', reservationId: 'a', expectedRevision: null, items, expiresAt: null, reference: undefined })
      .thenRefused('line-suspended', refusal);
  });

  it('lets what it has go on: exports of holds, releases and reversals', () => {
    closed.when(exportHold('y', 'a', { of: 'all' })).andLine({ exported: amount(6), reserved: 0, available: amount(4) });
    closed.when({ ...issued('r'), type: 'Release', reservationId: 'a', expectedRevision: null, reason: null }).then({ type: 'ReservationReleased', closedInto: survivor });
    closed.when({ ...issued('v'), type: 'Reverse', exportId: 'x', code: 'duplicate', reason: 'twice', credits: true, windowMs: null }).then({ type: 'ExportReversed' });
  });

  it('is closed once, and again only into another line', () => {
    closed.when(close()).then();
    closed.when(close('nveu:other:AE')).then({ type: 'LineClosed', closedInto: 'nveu:other:AE' });
  });

  describe('with shares', () => {
    const toAE = { 'outside-partners': amount(25), 'country:AE': amount(7) };
    const closed = given(null).when(reserve('a', units(2), { shareLimits: toAE })).after.when(close('uveu:survivor')).after;
    /** The survivor declares more by now, and its headquarters may have moved to the United States. */
    const limitsOfSurvivor = { 'outside-partners': amount(50), 'country:AE': amount(14), 'outside-home': amount(100) };
    const counted: CountShipment = {
      ...issued('count'),
      type: 'CountShipment',
      ...{ fromLine: 'country:AE', fromRevision: 0, fromEventId: 'e', shipmentId: 's', destination: 'AE', exportedBy: 0, reservedBy: amount(1) },
      shareLimits: limitsOfSurvivor,
    };

    it('keeps all its limits, whatever it still counts or takes over', () => {
      const ofShares = { 'country:AE': { exported: amount(1), reserved: amount(0) } };
      for (const command of [counted, takeOver(5, 1, 0, { ofShares, shareLimits: limitsOfSurvivor })]) {
        const { shares = {} } = closed.when(command).after.state;
        expect(Object.entries(shares).map(([scope, { limitMilliTpp }]) => [scope, limitMilliTpp])).toEqual(Object.entries(toAE));
      }
    });

    it('takes the limit of a share that it did not have', () => {
      const shareLimits = { 'outside-partners': amount(50), 'country:SA': amount(14) };
      closed.when({ ...counted, shareLimits }).then({ scopes: Object.keys(shareLimits), shareLimits: { 'country:SA': amount(14) } });
    });
  });
});

describe('the line that carries on', () => {
  const own = given(amount(10), exported('x', units(3)));
  const both = own.when(takeOver(5, 2, 4)).andLine({ exported: amount(5), reserved: amount(4), available: amount(1) }).after;

  it('counts what the closed line has against its own limit', () => {
    both.when(reserve('b', units(2))).thenRefused('insufficient-quota', { availableMilliTpp: amount(1) });
    expect(both.state.counts).toEqual(own.state.counts);
  });

  it('takes later amounts in the place of earlier ones', () => {
    both.when(takeOver(6, 4, 0)).andLine({ exported: amount(7), reserved: 0, available: amount(3) });
  });

  it('decides nothing when it is told again, or of an earlier state', () => {
    both.when(takeOver(5, 2, 4)).then();
    both.when(takeOver(7, 2, 4)).then();
    both.when(takeOver(4, 9, 9)).then();
  });

  it('may come to use more than its limit: then nothing new passes', () => {
    const over = own.when(takeOver(5, 9, 0)).andLine({ exported: amount(12), reserved: 0, available: 0 }).after;
    over.when(reserve('b', units(1))).thenRefused('insufficient-quota', { availableMilliTpp: 0 });
  });

  it('takes over the shares too, with their limits', () => {
    const ofShares = { 'country:AE': { exported: amount(1), reserved: amount(2) } };
    const shares = given(null).when(takeOver(5, 1, 2, { ofShares, shareLimits: { 'country:AE': amount(7) } })).after;
    expect(shares.state.shares).toEqual({ 'country:AE': { limitMilliTpp: amount(7), exported: amount(1), reserved: amount(2) } });
    const later = { 'country:AE': { exported: amount(1), reserved: milliTpp(0) } };
    expect(shares.when(takeOver(6, 1, 0, { ofShares: later })).after.state.shares?.['country:AE']).toMatchObject({ exported: amount(1), reserved: 0 });
  });
});

describe('attrition', () => {
  const own = given(amount(10), exported('x', units(3)));

  it('gives back what no longer counts as installed', () => {
    own
      .when(attrition(2))
      .then({ type: 'AttritionRecorded', milliTpp: amount(2), cause: 'failure', occurredAt: '1970-01-01T00:00:00.000Z', reason: 'burnt out' })
      .andLine({ exported: amount(1), reserved: 0, available: amount(9) });
  });

  it('gives back no more than is installed', () => {
    own.when(attrition(4)).thenRejected('exceeds-installed', { detail: '4000 TPP are more than the 3000 TPP that the line counts as installed.' });
  });

  it('is not given back again when the export is reversed', () => {
    const reversal = { ...issued('v'), type: 'Reverse', exportId: 'x', code: 'misreported', reason: 'test', credits: true, windowMs: null } as const;
    own.when(attrition(2)).after.when(reversal).then({ creditedMilliTpp: amount(1) }).andLine({ exported: 0, reserved: 0, available: amount(10) });
  });

  it('leaves what was taken over to the closed line', () => {
    const both = own.when(takeOver(5, 2, 0)).after;
    expect(ownExported(both.state)).toBe(amount(3));
    both.when(attrition(4)).thenRejected('exceeds-installed', { detail: expect.stringContaining('nveu:former:AE') as string });
    both.when(attrition(3)).andLine({ exported: amount(2), reserved: 0, available: amount(8) });
  });
});

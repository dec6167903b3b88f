import { milliTpp } from '#rulebook';
import { exportDirect, exportHold, given, hourMs, issued, item, reserve, start } from '../testing/line-scenario.js';

// A country line under the reading `countAt: licence`: a hold debits at once and nothing of it is ever credited back.

const units = (quantity: number) => [item('chip', quantity, 1_000_000)];
const amount = (quantity: number) => milliTpp(quantity * 1_000_000);
const licensed = given(amount(10)).when(reserve('a', units(6), { countedAt: 'licence' })).after;
const part = (quantity: number) => ({ of: 'items', items: [{ chip: 'chip', description: null, quantity }] }) as const;

describe('a hold that counts at its licence', () => {
  it('debits at once, and still says what may be shipped under it', () => {
    expect(licensed.state.balance).toEqual({ allocation: amount(10), exported: amount(6), reserved: 0 });
    expect(licensed.of('a')).toMatchObject({ heldMilliTpp: amount(6), countedAt: 'licence' });
    expect(licensed.state.counts).toMatchObject({ openReservations: 1, exports: 0 });
  });

  it('debits nothing more when it is shipped', () => {
    const shipped = licensed
      .when(exportHold('x', 'a', part(4)))
      .then({ type: 'ExportDebited', countedAt: 'licence', debitedMilliTpp: amount(4) })
      .andLine({ exported: amount(6), reserved: 0, available: amount(4) }).after;
    expect(shipped.of('a')).toMatchObject({ heldMilliTpp: amount(2), exportedMilliTpp: amount(4) });
    shipped.when(exportHold('y', 'a', part(1), true)).andLine({ exported: amount(6), reserved: 0, available: amount(4) });
  });

  it('gives nothing back when it is released, lapses or is made smaller, or an export of it is reversed', () => {
    const unchanged = { exported: amount(6), reserved: 0, available: amount(4) };
    licensed.when({ ...issued('r'), type: 'Release', reservationId: 'a', expectedRevision: null, reason: null }).andLine(unchanged);
    licensed.when({ ...issued('l', start + hourMs), type: 'Lapse', reservationId: 'a' }).andLine(unchanged);
    licensed.when(amend(2)).andLine(unchanged);
    const shipped = licensed.when(exportHold('x', 'a', part(4))).after;
    const reversal = { ...issued('v'), type: 'Reverse', exportId: 'x', code: 'duplicate', reason: 'twice', credits: true, windowMs: null } as const;
    shipped.when(reversal).then({ type: 'ExportReversed', creditedMilliTpp: 0 }).andLine(unchanged);
  });

  it('debits what it grows by, if there is room', () => {
    licensed.when(amend(9)).andLine({ exported: amount(9), reserved: 0, available: amount(1) });
    licensed.when(amend(11)).thenRefused('insufficient-quota', { availableMilliTpp: amount(4) });
  });
});

describe('a direct export that counts at its licence', () => {
  const exported = given(amount(10)).when(exportDirect('x', units(6), { countedAt: 'licence' }));

  it('debits, and credits nothing when it is reversed', () => {
    const unchanged = { exported: amount(6), reserved: 0, available: amount(4) };
    const { after } = exported.then({ type: 'ExportDebited', countedAt: 'licence', debitedMilliTpp: amount(6) }).andLine(unchanged);
    expect(after.state.counts).toMatchObject({ exports: 1, openReservations: 0 });
    const reversal = { ...issued('v'), type: 'Reverse', exportId: 'x', code: 'misreported', reason: 'test', credits: true, windowMs: null } as const;
    after.when(reversal).then({ type: 'ExportReversed', creditedMilliTpp: 0 }).andLine(unchanged);
  });
});

function amend(quantity: number) {
  const list = units(quantity);
  const { determination } = reserve('a', list);
  return { ...issued('m'), type: 'Amend', reservationId: 'a', expectedRevision: null, items: { list, determination }, expiresAt: null, reference: undefined } as const;
}

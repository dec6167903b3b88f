import { milliTpp, type MilliTpp } from '#rulebook';
import type { LineCommand } from './line-command.js';
import { capSet, exported, given, h100, issued, reserve, reserved, resumed, suspended } from '../testing/line-scenario.js';

const cap = milliTpp(100 * 15_832_000);
const h100s = (quantity: number): number => quantity * 15_832_000;

function setAllocation(allocationMilliTpp: MilliTpp | null, basis: 'rulebook' | 'order' = 'order'): LineCommand {
  return { ...issued('order'), type: 'SetAllocation', allocationMilliTpp, basis, reason: 'by order' };
}

const suspend: LineCommand = { ...issued('order'), type: 'Suspend', reason: 'by order' };
const resume: LineCommand = { ...issued('order'), type: 'Resume', reason: 'by order' };

describe('set allocation', () => {
  it('raises a cap', () => {
    given(cap, reserved('r1', [h100(100)]))
      .when(setAllocation(milliTpp(h100s(120))))
      .then({ type: 'AllocationSet', commandId: 'order', allocationMilliTpp: h100s(120), previousMilliTpp: cap, basis: 'order', capBasis: 'order', reason: 'by order' })
      .andLine({ exported: 0, reserved: cap, available: h100s(20) })
      .after.when(reserve('r2', [h100(20)]))
      .then({ type: 'QuotaReserved', capBasis: 'order' });
  });

  it('may fall below the use: nothing is available, what is held stays held', () => {
    given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(10)]))
      .when(setAllocation(milliTpp(h100s(15))))
      .then({ allocationMilliTpp: h100s(15) })
      .andLine({ exported: h100s(10), reserved: h100s(10), available: 0 });
  });

  it('gives a cap to a line without one, and takes it away', () => {
    given(null, reserved('r1', [h100(10)])).when(setAllocation(milliTpp(h100s(15)))).andLine({ exported: 0, reserved: h100s(10), available: h100s(5) });
    given(cap).when(setAllocation(null)).then({ allocationMilliTpp: null, previousMilliTpp: cap }).andLine({ exported: 0, reserved: 0, available: null });
  });

  it('to what it is already says nothing, but the same figure on another basis is news', () => {
    given(cap, capSet(milliTpp(5))).when(setAllocation(milliTpp(5))).then();
    given(cap).when(setAllocation(cap, 'rulebook')).then();
    given(cap).when(setAllocation(cap, 'order')).then({ allocationMilliTpp: cap, basis: 'order' });
  });

  it('of the rulebook leaves no mark of an order', () => {
    const [event] = given(cap, capSet(milliTpp(5))).when(setAllocation(cap, 'rulebook')).then({ basis: 'rulebook' }).events;
    expect(event).not.toHaveProperty('capBasis');
  });
});

describe('suspend and resume', () => {
  it('stops new holds until it ends', () => {
    const line = given(cap).when(suspend).then({ type: 'LineSuspended', commandId: 'order', reason: 'by order', suspended: true }).after;
    line.when(reserve('r1', [h100(1)])).thenRefused('line-suspended', { suspended: true, requestedMilliTpp: h100s(1), availableMilliTpp: cap });
    const [event] = line.when(resume).then({ type: 'LineResumed', reason: 'by order' }).events;
    expect(event).not.toHaveProperty('suspended');
    line.when(resume).after.when(reserve('r1', [h100(1)])).then({ type: 'QuotaReserved' });
  });

  it('refuses what debits nothing, too', () => {
    given(milliTpp(0), suspended).when(reserve('r1', [])).thenRefused('line-suspended', { requestedMilliTpp: 0 });
  });

  it('twice says nothing', () => {
    given(cap, suspended).when(suspend).then();
    given(cap).when(resume).then();
    given(cap, suspended, resumed).when(resume).then();
  });
});

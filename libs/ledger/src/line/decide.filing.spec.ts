import { milliTpp, noTpp } from '#rulebook';
import type { LineCommand } from './line-command.js';
import { exportDirect, exported, given, h100, issued, reserved, reversed } from '../testing/line-scenario.js';

function file(exportId: string, itn: string): LineCommand {
  return { ...issued(`file-${exportId}`), type: 'File', exportId, itn };
}

const cap = milliTpp(1_000_000_000);

describe('a filing', () => {
  it('records the ITN of an export, and debits nothing', () => {
    given(cap, exported('e', [h100(2)]))
      .when(file('e', 'X1'))
      .then({ type: 'ExportFiled', exportId: 'e', exportRevision: 0, itn: 'X1', commandId: 'file-e', idempotencyKey: 'key-of-file-e' })
      .andLine({ exported: 2 * 15_832_000, reserved: 0, available: 1_000_000_000 - 2 * 15_832_000 });
  });

  it('records the ITN of an export that took a part of a hold', () => {
    given(cap, reserved('r', [h100(5)]), exported('e', [h100(2)], 'r'))
      .when(file('e', 'X1'))
      .then({ type: 'ExportFiled', exportId: 'e', exportRevision: 1 });
  });

  it('of the same ITN again decides nothing, whether it was filed or given at once', () => {
    const filed = given(cap, exported('e', [h100(2)])).when(file('e', 'X1')).after;
    filed.when(file('e', 'X1')).then();
    given(cap).when(exportDirect('e', [h100(2)], { itn: 'X1' })).after.when(file('e', 'X1')).then();
  });

  it('of another ITN is rejected, whether the first was filed or given at once', () => {
    const filed = given(cap, exported('e', [h100(2)])).when(file('e', 'X1')).after;
    filed.when(file('e', 'X2')).thenRejected('itn-recorded', { detail: expect.stringContaining('X1') as unknown });
    given(cap).when(exportDirect('e', [h100(2)], { itn: 'X1' })).after.when(file('e', 'X2')).thenRejected('itn-recorded');
  });

  it('of a reversed export is rejected, whatever its ITN', () => {
    const gone = given(cap, exported('e', [h100(2)]), reversed('e', milliTpp(2 * 15_832_000)));
    gone.when(file('e', 'X1')).thenRejected('already-reversed');
    const filed = given(cap, exported('e', [h100(2)])).when(file('e', 'X1')).after;
    filed.when({ ...issued('reverse'), type: 'Reverse', exportId: 'e', code: 'returned', reason: 'back', credits: false, windowMs: null })
      .then({ type: 'ExportReversed', exportRevision: 0, creditedMilliTpp: noTpp })
      .after.when(file('e', 'X1')).thenRejected('already-reversed');
  });

  it('of what is no export is rejected', () => {
    given(cap, reserved('r', [h100(1)])).when(file('r', 'X1')).thenRejected('export-not-found');
  });
});

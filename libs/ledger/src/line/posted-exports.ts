import { milliTpp, noTpp, type MilliTpp } from '#rulebook';
import { rejected } from '../outcome/rejected.js';
import { reversedElsewhere } from './also-counts.js';
import { scopesOf } from './counting.js';
import type { PostedExport } from './entries.js';
import type { File, Reverse } from './line-command.js';
import { ownExported } from './line-state.js';
import { answersById, record, stamp, type Decision, type LineContext } from './recording.js';

/** Reverses an export: its TPP go back to the line if the code credits. */
export function reverse(command: Reverse, context: LineContext): Decision {
  const found = context.export;
  if (!found) return rejected('export-not-found', `There is no export ${command.exportId}.`);
  if (found.status === 'reversed') return rejected('already-reversed', `Export ${found.id} was reversed before; an export is reversed once.`);
  if (command.windowMs !== null && command.at - Date.parse(found.recordedAt) > command.windowMs) {
    const days = Math.round(command.windowMs / 86_400_000);
    return rejected('reversal-window-closed', `An exporter may reverse its own export within ${days} days of ${found.recordedAt}.`);
  }
  return record(context, {
    type: 'ExportReversed',
    exportId: found.id,
    exportRevision: found.createdRevision,
    code: command.code,
    reason: command.reason,
    creditedMilliTpp: command.credits ? creditOf(found, context) : noTpp,
    ...scopesOf(found, context),
    ...reversedElsewhere(found),
    ...answersById(command),
    ...stamp(command, context),
  });
}

/** Records the ITN of an export that has none. Its own ITN again decides nothing. */
export function file(command: File, context: LineContext): Decision {
  const { exportId, itn } = command;
  const found = context.export;
  if (!found) return rejected('export-not-found', `There is no export ${exportId}.`);
  if (found.status === 'reversed') {
    return rejected('already-reversed', `Export ${found.id} is reversed: no ITN is recorded for it any more.`);
  }
  if (found.itn === itn) return [];
  if (found.itn !== null) {
    const correction = 'Reverse the export and record it again if that one is wrong.';
    return rejected('itn-recorded', `Export ${found.id} has the ITN ${found.itn} already. ${correction}`);
  }
  return record(context, {
    type: 'ExportFiled',
    exportId: found.id,
    exportRevision: found.createdRevision,
    itn,
    ...answersById(command),
    ...stamp(command, context),
  });
}

/** What was counted at its licence stays counted; what attrition gave back already is not given back again. */
function creditOf({ countedAt, debitedMilliTpp }: PostedExport, { state }: LineContext): MilliTpp {
  if (countedAt !== undefined) return noTpp;
  return milliTpp(Math.min(debitedMilliTpp, ownExported(state)));
}

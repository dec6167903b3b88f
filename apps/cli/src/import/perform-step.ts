import type { LedgerAccess } from '../access/ledger-access.js';
import type { RecordedShipment } from '../access/recorded-shipment.js';
import { Foresight } from './foresight.js';
import type { ShipmentRow } from './plan-import.js';
import { unfiled } from './row-action.js';
import { keyOfFiling, keyOfReversal } from './row-keys.js';
import { otherFacts, resultOf, resultOfAnswer, resultOfRecorded, type RowResult } from './row-result.js';
import type { PerformStep } from './run-import.js';

/** @param file name of the imported file, for the record of what it corrects */
export function performing(ledger: LedgerAccess, file: string): PerformStep {
  const reversed = new Set<string>();
  return async (step) => {
    const { row } = step;
    switch (step.do) {
      case 'nothing':
        return resultOfRecorded(row, step.recorded);
      case 'file':
        return fileItn(resultOfRecorded(row, step.recorded), row, ledger);
      case 'ask-again':
        return askAgain(row, step.key, step.recorded, ledger);
      case 'hold-back':
        return resultOf(row, { outcome: 'not-sent', reason: step.reason, detail: step.detail });
      case 'reject':
        return resultOf(row, { outcome: 'rejected', reason: 'idempotency-key-reused', detail: otherFacts });
      case 'send':
        return step.corrects ? correct(row, step.key, step.corrects, { ledger, file, reversed }) : send(row, step.key, ledger);
    }
  };
}

async function send(row: ShipmentRow, key: string, ledger: LedgerAccess): Promise<RowResult> {
  const { action, body } = row.action;
  const answer = await ledger.submit({ operation: action, body, idempotencyKey: key });
  const isKnown = answer.outcome === 'rejected' && answer.code === 'idempotency-key-reused';
  if (!isKnown || body.itn === undefined) return resultOfAnswer(row, answer);
  // Another import sent the row without its ITN after this one had read what is recorded.
  const first = await ledger.submit({ operation: action, body: unfiled(body), idempotencyKey: key });
  const result = resultOfAnswer(row, first);
  return result.outcome === 'exported' ? fileItn(result, row, ledger) : result;
}

/** Sends a refused row as it was sent before, with its ITN or without: its first answer says why. */
async function askAgain(row: ShipmentRow, key: string, recorded: RecordedShipment, ledger: LedgerAccess): Promise<RowResult> {
  const { action, body } = row.action;
  for (const asked of body.itn === undefined ? [body] : [body, unfiled(body)]) {
    const answer = await ledger.submit({ operation: action, body: asked, idempotencyKey: key });
    if (answer.outcome === 'refused') return resultOfAnswer(row, answer);
  }
  return resultOfRecorded(row, recorded);
}

async function fileItn(result: RowResult, row: ShipmentRow, ledger: LedgerAccess): Promise<RowResult> {
  const { itn = '' } = row.action.body;
  const problem = await ledger.file({ exportId: result.id, itn, idempotencyKey: keyOfFiling(result.id, itn) });
  if (problem === undefined) return { ...result, filed: true, detail: `The ITN ${itn} was recorded.` };
  return { ...result, reason: problem.code, detail: problem.detail };
}

/** Reverses first, so that the line has room for what is right; but nothing for a row that would not be recorded. */
async function correct(
  row: ShipmentRow,
  key: string,
  corrected: RecordedShipment,
  { ledger, file, reversed }: { readonly ledger: LedgerAccess; readonly file: string; readonly reversed: Set<string> },
): Promise<RowResult> {
  const { id } = corrected;
  const expected = await new Foresight(ledger).shipment(row.action.body, reversed.has(id) ? undefined : corrected);
  if (expected.outcome === 'rejected') return resultOfAnswer(row, expected);
  if (expected.outcome === 'refused') {
    const detail = `Would correct export ${id}, but would be refused: ${expected.detail} Nothing was sent or reversed for this row.`;
    return resultOf(row, { outcome: 'not-sent', reason: expected.code, detail });
  }
  const reason = `Corrected by an import of ${file}.`;
  const problem = await ledger.reverse({ exportId: id, code: 'misreported', reason, idempotencyKey: keyOfReversal(id) });
  // Another row of this import corrects it, too.
  if (problem !== undefined && problem.code !== 'already-reversed') {
    return resultOf(row, { outcome: 'not-sent', reason: problem.code, detail: `Export ${id} cannot be reversed: ${problem.detail}` });
  }
  reversed.add(id);
  const result = await send(row, key, ledger);
  const detail = `Corrects export ${id}, which was reversed. ${result.detail}`.trim();
  return { ...result, reason: result.reason === '' ? 'corrected' : result.reason, detail };
}

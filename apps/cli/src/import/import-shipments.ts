import type { LedgerAccess } from '../access/ledger-access.js';
import { foreseeing } from './foresight.js';
import { identifyRows } from './identify-rows.js';
import { planSteps, type StepOptions } from './import-steps.js';
import { performing } from './perform-step.js';
import { asksNothing, isShipmentRow, type PlannedRow } from './plan-import.js';
import { RecordedShipments } from './recorded-shipments.js';
import { resultOfNothing, type RowResult } from './row-result.js';
import { runImport, type ImportOptions } from './run-import.js';

export interface ShipmentsImport extends ImportOptions, StepOptions {
  /** Name of the file, for the record of what it corrects. */
  readonly file: string;
  /** Says what would happen, and records nothing. */
  readonly dryRun: boolean;
}

/**
 * Imports planned rows: finds out what is recorded of them, decides what to do with each, and does it.
 * @returns one result per row, in the order of the file
 */
export async function importShipments(
  rows: readonly PlannedRow[],
  ledger: LedgerAccess,
  options: ShipmentsImport,
): Promise<readonly RowResult[]> {
  // Loaded only when needed: the ledger costs a fifth of a second.
  const { commandIdFor } = await import('#ledger');
  const shipments = rows.filter(isShipmentRow);
  const recorded = await RecordedShipments.read(ledger, shipments, commandIdFor);
  const steps = planSteps(identifyRows(shipments, recorded), recorded.byExporter(), options);
  const others = rows.filter(asksNothing).map(resultOfNothing);
  for (const result of others) options.onRow?.(result);
  const perform = options.dryRun ? foreseeing(ledger) : performing(ledger, options.file);
  const results = await runImport(steps, perform, options);
  return [...others, ...results].sort((a, b) => a.line - b.line);
}

import type { FakeLedger } from './fake-ledger.js';
import { importShipments, type ShipmentsImport } from '../import/import-shipments.js';
import { summarize, type ImportSummary } from '../import/import-summary.js';
import { parseCsv } from '../import/table/csv-file.js';
import { planImport, type PlannedRow } from '../import/plan-import.js';
import type { RowResult } from '../import/row-result.js';
import { shipmentAction, writtenExporter } from '../import/shipments.js';

// For specs: imports of texts, of the exporter acme where they name none.

export const header = 'destination,chip,quantity,exportedAt';
export const usual: ShipmentsImport = {
  file: 'x.csv', again: false, correct: false, retryRefused: false, dryRun: false, concurrencyMax: 2,
};

export function plan(text: string): readonly PlannedRow[] {
  return planImport(parseCsv(text, 'x.csv'), {
    format: 'shipments',
    actionOf: (row) => shipmentAction(row, { exporter: 'acme', home: new Set(['US']) }),
    writtenExporter: (row) => writtenExporter(row, 'acme'),
  });
}

export async function results(ledger: FakeLedger, text: string, options: Partial<ShipmentsImport> = {}): Promise<readonly RowResult[]> {
  return importShipments(plan(text), ledger.access, { ...usual, ...options });
}

export async function imported(ledger: FakeLedger, text: string, options: Partial<ShipmentsImport> = {}): Promise<ImportSummary> {
  return summarize(await results(ledger, text, options));
}

export const full = `${header},exporter,itn,reference`;


import { keyOfMeaning, keyOfText } from './row-keys.js';
import type { NoShipment, Row, RowAction, Shipment } from './row-action.js';
import type { Table } from './table/table.js';

/** A row of the file and what it asks. */
export interface PlannedRow<Action extends RowAction = RowAction> {
  readonly line: number;
  readonly row: number;
  /** The exporter as the file spells it. */
  readonly writtenExporter: string;
  readonly action: Action;
  /** Key of the text of the row and its occurrence: what imports knew it by when they looked at its text. */
  readonly textKey: string;
  /** Key of what the row means; other rows of the file may mean the same. Empty if the row asks nothing. */
  readonly meaningKey: string;
}

export type ShipmentRow = PlannedRow<Shipment>;

/** What the rows of a format ask. */
export interface RowReader {
  readonly format: string;
  readonly actionOf: (row: Row) => RowAction;
  readonly writtenExporter: (row: Row) => string;
}

/** Every row of the file in the order in which it is sent: oldest first, then those without a date, as in the file. */
export function planImport(file: Table, { format, actionOf, writtenExporter }: RowReader): readonly PlannedRow[] {
  const occurrences = new Map<string, number>();
  const planned = file.rows.map((row): PlannedRow => {
    const textKey = keyOfText(format, row);
    const occurrence = (occurrences.get(textKey) ?? 0) + 1;
    occurrences.set(textKey, occurrence);
    const action = actionOf(row);
    const meaningKey = isShipment(action) ? keyOfMeaning(format, action) : '';
    const keys = { textKey: `${textKey}:${occurrence}`, meaningKey };
    return { line: row.line, row: row.row, writtenExporter: writtenExporter(row), action, ...keys };
  });
  const ragged = file.ragged.map(({ line, row, detail }): PlannedRow => {
    const action = { action: 'reject', reason: 'bad-row', detail } as const;
    return { line, row, writtenExporter: '', action, textKey: '', meaningKey: '' };
  });
  return [...planned, ...ragged].sort((a, b) => compareDates(dateOf(a), dateOf(b)) || a.line - b.line);
}

export function isShipment(action: RowAction): action is Shipment {
  return 'body' in action;
}

export function isShipmentRow(row: PlannedRow): row is ShipmentRow {
  return isShipment(row.action);
}

export function asksNothing(row: PlannedRow): row is PlannedRow<NoShipment> {
  return !isShipment(row.action);
}

function dateOf({ action }: PlannedRow): string | null {
  return isShipment(action) ? action.date : null;
}

/** RFC 3339 in UTC with milliseconds sorts as text. */
function compareDates(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

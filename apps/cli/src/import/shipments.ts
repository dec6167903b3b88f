import { normalName } from '#rulebook';
import { fault, quoted, readCountry, readDieArea, readQuantity, readTime, readTpp, type Read } from './cells/cells.js';
import { rejected, type Fault, type Row, type RowAction, type ShipmentItem } from './row-action.js';

/** Columns of our own simple format: the names of the API's members. Order does not matter; documented in docs/imports.md. */
export const shipmentColumns = [
  'action', 'destination', 'exporter', 'chip', 'description', 'eccn', 'quantity', 'tppPerUnit', 'dieAreaMm2',
  'route', 'exportedAt', 'expiresAt', 'itn', 'reference',
] as const;
export const neededShipmentColumns: readonly string[] = ['destination', 'quantity'];

type Column = (typeof shipmentColumns)[number];

export interface ShipmentsContext {
  /** For rows that name none. */
  readonly exporter: string;
  readonly home: ReadonlySet<string>;
}

/** The exporter of a row as it is spelled there, else the one for rows that name none. */
export function writtenExporter({ cells }: Row, exporter: string): string {
  const written = (cells['exporter'] ?? '').trim();
  return written === '' ? exporter : written;
}

/** What a row asks of the ledger: an export (the default) or a reservation. What the rules say is left to the ledger. */
export function shipmentAction(row: Row, { exporter, home }: ShipmentsContext): RowAction {
  const cell = (column: Column): string => (row.cells[column] ?? '').trim();
  const destination = readCountry('destination', cell('destination'));
  if ('value' in destination && home.has(destination.value)) {
    return { action: 'skip', reason: 'home-country', detail: `${cell('destination')} is home: not an export.` };
  }
  const kind = readAction(cell('action'));
  const reserves = 'value' in kind && kind.value === 'reserve';
  const item = readItem(cell);
  const exportedAt = reserves ? { value: undefined } : readTime('exportedAt', cell('exportedAt'));
  const expiresAt = reserves && cell('expiresAt') !== '' ? readTime('expiresAt', cell('expiresAt')) : { value: undefined };
  const misplaced = reserves ? ['exportedAt' as const, 'itn' as const] : ['expiresAt' as const];
  const faults = faultsOf(kind, destination, ...item.faults, exportedAt, expiresAt);
  for (const column of misplaced) {
    if (cell(column) !== '') faults.push({ reason: 'bad-row', detail: `${column} has no meaning for ${reserves ? 'a reservation' : 'an export'}.` });
  }
  const [first, ...others] = faults;
  if (first !== undefined) return rejected([first, ...others]);
  if (!('value' in destination) || !('value' in exportedAt) || !('value' in expiresAt) || item.value === undefined) {
    throw new Error('A cell without a fault has a value.');
  }
  const body = {
    destination: destination.value,
    exporter: normalName(writtenExporter(row, exporter)),
    items: [item.value] as const,
    ...optional('route', cell('route')),
    ...optional('exportedAt', exportedAt.value),
    ...optional('expiresAt', expiresAt.value),
    ...optional('itn', cell('itn')),
    ...optional('reference', cell('reference')),
  };
  return { action: reserves ? 'reserve' : 'export', date: exportedAt.value ?? null, body };
}

function readAction(text: string): Read<'export' | 'reserve'> {
  if (text === '' || text === 'export') return { value: 'export' };
  if (text === 'reserve') return { value: 'reserve' };
  return fault('unknown-action', `action ${quoted(text)} is neither "export" nor "reserve".`);
}

/** A chip of the catalogue by its id, or a described item with its TPP. */
function readItem(cell: (column: Column) => string): { readonly value?: ShipmentItem; readonly faults: readonly Read<unknown>[] } {
  const quantity = readQuantity('quantity', cell('quantity'));
  const chip = cell('chip');
  const description = cell('description');
  if ((chip === '') === (description === '')) {
    const detail = chip === '' ? 'chip and description are both empty.' : 'chip and description are both given: leave one empty.';
    return { faults: [fault('no-chip', detail), quantity] };
  }
  const tpp = readItemTpp(chip, cell('tppPerUnit'));
  const dieArea: Read<number | undefined> = cell('dieAreaMm2') === '' ? { value: undefined } : readDieArea('dieAreaMm2', cell('dieAreaMm2'));
  if (!('value' in quantity) || !('value' in tpp) || !('value' in dieArea)) return { faults: [quantity, tpp, dieArea] };
  return {
    value: {
      ...(chip === '' ? { description } : { chip }),
      quantity: quantity.value,
      ...optional('tppPerUnit', tpp.value),
      ...optional('dieAreaMm2', dieArea.value),
      ...optional('eccn', cell('eccn')),
    },
    faults: [],
  };
}

function readItemTpp(chip: string, text: string): Read<number | undefined> {
  if (chip === '') return text === '' ? fault('no-tpp', 'tppPerUnit is empty: a described item needs it.') : readTpp('tppPerUnit', text);
  return text === '' ? { value: undefined } : fault('bad-row', 'tppPerUnit goes with description; the catalogue knows it of a chip.');
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [K in Name]?: Value } {
  return value === undefined || value === '' ? {} : ({ [name]: value } as { readonly [K in Name]?: Value });
}

function faultsOf(...reads: readonly Read<unknown>[]): Fault[] {
  return reads.flatMap((read) => ('fault' in read ? [read.fault] : []));
}

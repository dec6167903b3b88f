import { normalName } from '#rulebook';
import { fault, quoted, readCountry, readDieArea, readQuantity, readTime, readTpp, type Read } from './cells/cells.js';
import { rejected, type Fault, type Row, type RowAction, type ShipmentItem } from './row-action.js';

/** Columns of Epoch AI's data on GPU clusters (epoch.ai/data/gpu-clusters) that decide what a row means. */
const column = {
  name: 'Name',
  status: 'Status',
  chip: 'Chip type (primary)',
  quantity: 'Chip quantity (primary)',
  country: 'Country',
  date: 'First Operational Date',
} as const;

/** Columns of Epoch AI's data on machine learning hardware that say what a chip is. */
const hardwareColumn = {
  name: 'Hardware name',
  tpp: 'Total processing performance (bit-OP/s)',
  dieArea: 'Die Size (mm^2)',
} as const;

export const clusterColumns: readonly string[] = Object.values(column);
export const hardwareColumns: readonly string[] = Object.values(hardwareColumn);

/** The hardware file counts bit-operations per second, TPP counts 10^12 of them. */
const tppExponent = -12;
const referenceLengthMax = 120;

/** Chips by name, as the hardware file describes them. */
export type Hardware = ReadonlyMap<string, Chip>;
type Chip = { readonly tppPerUnit: number; readonly dieAreaMm2?: number } | { readonly fault: Fault };

/** @throws RangeError if two rows describe one chip differently. */
export function readHardware(rows: readonly Row[]): Hardware {
  const hardware = new Map<string, Chip>();
  for (const { line, cells } of rows) {
    const name = cell(cells, hardwareColumn.name);
    if (name === '') continue;
    const chip = readChip(name, cells);
    const earlier = hardware.get(name);
    if (earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(chip)) {
      throw new RangeError(`line ${line} describes ${quoted(name)} otherwise than an earlier line: keep one of them.`);
    }
    hardware.set(name, chip);
  }
  return hardware;
}

function readChip(name: string, cells: Row['cells']): Chip {
  const tppText = cell(cells, hardwareColumn.tpp);
  if (tppText === '') return fault('no-tpp', `The hardware file gives no "${hardwareColumn.tpp}" for ${quoted(name)}.`);
  const tpp = readTpp(hardwareColumn.tpp, tppText, tppExponent);
  if ('fault' in tpp) return tpp;
  const dieAreaText = cell(cells, hardwareColumn.dieArea);
  if (dieAreaText === '') return { tppPerUnit: tpp.value };
  const dieArea = readDieArea(hardwareColumn.dieArea, dieAreaText, false);
  return 'fault' in dieArea ? dieArea : { tppPerUnit: tpp.value, dieAreaMm2: dieArea.value };
}

export interface EpochContext {
  readonly hardware: Hardware;
  readonly exporter: string;
  /** Countries to which nothing can be exported because it is there already. */
  readonly home: ReadonlySet<string>;
}

/**
 * What a cluster asks of the ledger: one that exists (or did) is an export on its first day, a planned one a
 * reservation. At home is never an export, whatever else a row says or leaves out.
 */
export function clusterAction({ cells }: Row, { hardware, exporter, home }: EpochContext): RowAction {
  const destination = readCountry(column.country, cell(cells, column.country));
  if ('value' in destination && home.has(destination.value)) {
    return { action: 'skip', reason: 'home-country', detail: `${cell(cells, column.country)} is home: not an export.` };
  }
  const kind = readStatus(cell(cells, column.status));
  const item = readItem(cells, hardware);
  const date = readDate(cells, 'value' in kind && kind.value === 'reserve');
  const [first, ...others] = faultsOf(kind, destination, ...item.faults, date);
  if (first !== undefined) return rejected([first, ...others]);
  if (!('value' in kind) || !('value' in destination) || !('value' in date) || item.value === undefined) {
    throw new Error('A cell without a fault has a value.');
  }
  const reference = [...cell(cells, column.name).replace(/\s+/g, ' ')].slice(0, referenceLengthMax).join('');
  const body = {
    destination: destination.value,
    exporter: normalName(exporter),
    items: [item.value] as const,
    ...(reference === '' ? {} : { reference }),
  };
  return date.value === null || kind.value === 'reserve'
    ? { action: 'reserve', date: date.value, body }
    : { action: 'export', date: date.value, body: { ...body, exportedAt: date.value } };
}

function readStatus(status: string): Read<'export' | 'reserve'> {
  switch (status) {
    case 'Existing':
    case 'Decommissioned':
      return { value: 'export' };
    case 'Planned':
      return { value: 'reserve' };
    case '':
      return fault('no-status', `${column.status} is empty.`);
    default:
      return fault('unknown-status', `${column.status} ${quoted(status)} is none of Existing, Decommissioned, Planned.`);
  }
}

function readItem(cells: Row['cells'], hardware: Hardware): { readonly value?: ShipmentItem; readonly faults: readonly Read<unknown>[] } {
  const name = cell(cells, column.chip);
  const quantity = readQuantity(column.quantity, cell(cells, column.quantity));
  if (name === '') return { faults: [fault('no-chip', `${column.chip} is empty.`), quantity] };
  const chip = hardware.get(name);
  if (chip === undefined) {
    return { faults: [fault('no-tpp', `The hardware file does not have the chip ${quoted(name)}.`), quantity] };
  }
  if ('fault' in chip || 'fault' in quantity) return { faults: ['fault' in chip ? chip : { value: chip }, quantity] };
  return { value: { description: name, quantity: quantity.value, ...chip }, faults: [] };
}

/** A reservation needs no date: what is planned is seldom dated, and then comes after everything that is. */
function readDate(cells: Row['cells'], mayBeEmpty: boolean): Read<string | null> {
  const text = cell(cells, column.date);
  return text === '' && mayBeEmpty ? { value: null } : readTime(column.date, text);
}

function faultsOf(...reads: readonly Read<unknown>[]): readonly Fault[] {
  return reads.flatMap((read) => ('fault' in read ? [read.fault] : []));
}

function cell(cells: Row['cells'], name: string): string {
  return (cells[name] ?? '').trim();
}

/** A format of the data sheet, as it was typed. */
export interface FormatRow {
  /** "FP8", or "tensor/FP8" where an item has several kinds of processing units. */
  readonly name: string;
  readonly tops: string;
  readonly bits: string;
}

/** What the form of the calculator holds, as the address does: texts as they were typed. */
export interface Described {
  readonly rows: readonly FormatRow[];
  /** The figures are MacTOPS, of which each is two operations. */
  readonly isMac: boolean;
  /** Equal processing units; empty: one. */
  readonly units: string;
  /** mm²; empty: not known. */
  readonly area: string;
  readonly isDatacenter: boolean;
}

const emptyRow: FormatRow = { name: '', tops: '', bits: '' };

/** The form of an address; a new one has one row. */
export function describedIn(query: URLSearchParams): Described {
  const given = query.get('formats');
  const rows = (given ?? '').split(',').map((text): FormatRow => {
    const [name = '', tops = '', bits = ''] = text.split(':');
    return { name, tops, bits };
  });
  return {
    rows: given === null ? [emptyRow] : rows,
    isMac: query.get('figures') === 'mac',
    units: query.get('units') ?? '',
    area: query.get('dieAreaMm2') ?? '',
    isDatacenter: query.get('datacenter') !== 'false',
  };
}

/** Separators of the address have no place within a name or a figure. */
const joined = ({ name, tops, bits }: FormatRow): string => [name, tops, bits].map((text) => text.replace(/[,:]/g, '')).join(':');

/** The formats as the address has them; empty for a form that nobody touched. */
export function formatsOf(rows: readonly FormatRow[]): string {
  const text = rows.map(joined).join(',');
  return text === '::' ? '' : text;
}

/** The address of a form. */
export function addressOf({ rows, isMac, units, area, isDatacenter }: Described): string {
  const query = new URLSearchParams({
    formats: formatsOf(rows),
    ...(isMac && { figures: 'mac' }),
    ...(units !== '' && { units }),
    ...(area !== '' && { dieAreaMm2: area }),
    ...(!isDatacenter && { datacenter: 'false' }),
  });
  return `/app/rules/calculator?${query.toString()}`;
}

/** A number as the API takes it: with at most three decimals. */
export function isDecimal(text: string): boolean {
  return /^\d{1,15}(\.\d{1,3})?$/.test(text);
}

function isWhole(text: string, max: number): boolean {
  return /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= max;
}

const bitsMax = 1024;
const unitsMax = 100_000;

/** What is wrong with the form, for people; empty while nothing is. What was left out is not wrong. */
export function faultsIn({ rows, units, area }: Described): readonly string[] {
  const faults = rows.flatMap(({ tops, bits }) => [
    ...(tops === '' || isDecimal(tops) ? [] : [`${tops} is no number of TOPS: write it with at most three decimals, as 989.5.`]),
    ...(bits === '' || isWhole(bits, bitsMax) ? [] : [`${bits} is no bit length: it is a whole number from 1 to ${bitsMax}.`]),
  ]);
  if (units !== '' && !isWhole(units, unitsMax)) faults.push(`${units} is no number of processing units: it is a whole number from 1 to ${unitsMax}.`);
  if (area !== '' && !isDecimal(area)) faults.push(`${area} is no die area: write mm² with at most three decimals, as 814.`);
  return faults;
}

/** The path that asks the ledger; undefined while something is missing or wrong. */
export function pathOf(described: Described): string | undefined {
  const { rows, isMac, units, area, isDatacenter } = described;
  const whole = rows.filter(({ tops, bits }) => tops !== '' && bits !== '');
  if (whole.length === 0 || faultsIn(described).length > 0) return undefined;
  // Without a name the ledger could not say which format it means.
  const formats = whole.map(({ name, tops, bits }) => `${name.trim() === '' ? `${bits} bit` : name.trim()}:${isMac ? doubled(tops) : tops}:${bits}`);
  const query = new URLSearchParams({
    formats: formats.join(','),
    ...(units !== '' && { units }),
    ...(area !== '' && { dieAreaMm2: area }),
    datacenter: String(isDatacenter),
  });
  return `/v1/chips?${query.toString()}`;
}

/** Two operations for each multiply-accumulate. Three decimals stay three decimals. */
function doubled(tops: string): string {
  return String(Number((Number(tops) * 2).toFixed(3)));
}

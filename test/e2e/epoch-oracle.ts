import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/**
 * What the import of the Epoch files must come to, computed a second time and differently: straight from the files, with
 * BigInt, in one pass, without the importer and without the rulebook's code.
 */
export interface Expected {
  readonly rows: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly refused: number;
  readonly exported: number;
  readonly reserved: number;
  /** Thousandths of TPP by country, where there are any. */
  readonly exportedMilliTpp: Readonly<Record<string, bigint>>;
  readonly reservedMilliTpp: Readonly<Record<string, bigint>>;
}

type Cells = Readonly<Record<string, string>>;

/** Every name of the file. */
const codeOf: Readonly<Record<string, string>> = {
  'United Arab Emirates': 'AE', 'United States of America': 'US', 'Saudi Arabia': 'SA', 'Korea (Republic of)': 'KR', France: 'FR',
  India: 'IN', 'United Kingdom of Great Britain and Northern Ireland': 'GB', China: 'CN', Finland: 'FI', Malaysia: 'MY',
  Germany: 'DE', Norway: 'NO', Japan: 'JP', Italy: 'IT', Taiwan: 'TW', Switzerland: 'CH', Sweden: 'SE', Singapore: 'SG',
  Iceland: 'IS', Spain: 'ES', Australia: 'AU', Thailand: 'TH', Denmark: 'DK', Vietnam: 'VN', Israel: 'IL', Canada: 'CA',
  'Hong Kong': 'HK', Brazil: 'BR', Russia: 'RU', Poland: 'PL', Netherlands: 'NL', Luxembourg: 'LU', Czechia: 'CZ', Slovenia: 'SI',
  'Philippines (the)': 'PH', Mexico: 'MX', Indonesia: 'ID',
};
/** Supplement No. 5 to Part 740, paragraph (a). */
const partners = new Set('AU BE CA DK FI FR DE IE IT JP NL NZ NO KR ES SE TW GB'.split(' '));
/** Country Group D:5 and Macau, as far as the file goes; Hong Kong counts as China. */
const embargoed = new Set('CN HK RU'.split(' '));
const capMilliTpp = 790_000_000_000n;
const endMs = Date.UTC(2028, 0, 1);

export function expectedOfEpoch(clustersFile: string, hardwareFile: string, inForceMs: number, nowMs: number): Expected {
  const clusters = cellsOf(clustersFile);
  const hardware = new Map(cellsOf(hardwareFile).map((chip) => [chip['Hardware name'] ?? '', chip]));
  const counts = { rows: clusters.length, skipped: 0, rejected: 0, refused: 0, exported: 0, reserved: 0 };
  const exportedMilliTpp: Record<string, bigint> = {};
  const reservedMilliTpp: Record<string, bigint> = {};
  const dateOf = (row: Cells): string => row['First Operational Date'] || '9999';
  // Sorting is stable: rows of one day stay as they are in the file.
  for (const row of [...clusters].sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : 0))) {
    const country = codeOf[row['Country'] ?? ''];
    const chip = hardware.get(row['Chip type (primary)'] ?? '');
    const quantity = Math.round(Number(row['Chip quantity (primary)']));
    const tppText = chip?.['Total processing performance (bit-OP/s)'] ?? '';
    const planned = row['Status'] === 'Planned';
    const date = row['First Operational Date'] ?? '';
    if (country === 'US') {
      counts.skipped += 1;
      continue;
    }
    if (country === undefined || tppText === '' || !(quantity >= 1) || (date === '' && !planned)) {
      counts.rejected += 1;
      continue;
    }
    const each = milliTppOf(tppText);
    const level = levelOf(each, Number(chip?.['Die Size (mm^2)'] ?? ''));
    if (level === 'unknown') {
      counts.rejected += 1;
      continue;
    }
    const atMs = planned ? nowMs : Date.parse(`${date}T00:00:00Z`);
    // Before the rule took effect it required nothing.
    const isControlled = level === 'a' && atMs >= inForceMs;
    const debit = isControlled ? each * BigInt(quantity) : 0n;
    const used = (exportedMilliTpp[country] ?? 0n) + (reservedMilliTpp[country] ?? 0n);
    const isCapped = !partners.has(country);
    const refused = isControlled && (embargoed.has(country) || (isCapped && (atMs >= endMs || used + debit > capMilliTpp)));
    if (refused) {
      counts.refused += 1;
      continue;
    }
    counts[planned ? 'reserved' : 'exported'] += 1;
    const sums = planned ? reservedMilliTpp : exportedMilliTpp;
    if (debit > 0n) sums[country] = (sums[country] ?? 0n) + debit;
  }
  return { ...counts, exportedMilliTpp, reservedMilliTpp };
}

function cellsOf(file: string): readonly Cells[] {
  return parse(readFileSync(file, 'utf8'), { columns: true });
}

/** `1.5832e+16` bit-operations per second are 15,832,000 thousandths of TPP. The files have no half to round. */
function milliTppOf(text: string): bigint {
  return BigInt(Math.round(Number(text) / 1e9));
}

/** 3A090.a, or known not to be, or undecided for want of a die area. */
function levelOf(milliTpp: bigint, dieAreaMm2: number): 'a' | 'lower' | 'unknown' {
  if (milliTpp >= 4_800_000n) return 'a';
  if (milliTpp < 1_600_000n) return 'lower';
  if (!(dieAreaMm2 > 0)) return 'unknown';
  return Number(milliTpp) / 1000 / dieAreaMm2 >= 5.92 ? 'a' : 'lower';
}

import type { LineView } from '#projections';
import type { CountriesAnswer, CountryView } from '../access/ledger-access.js';
import type { Difference } from './log-check.js';

/** Compares the lines folded from the log with the live views of the countries at the same position. */
export function compareViews(replayed: ReadonlyMap<string, LineView>, live: CountriesAnswer): readonly Difference[] {
  const differences = live.countries.flatMap((country) => compareCountry(replayed.get(country.line), country));
  const shown = new Set(live.countries.map(({ line }) => line));
  for (const line of replayed.keys()) {
    if (!shown.has(line)) differences.push({ where: line, what: 'line', expected: 'a view', found: 'none' });
  }
  return differences;
}

function compareCountry(replayed: LineView | undefined, live: CountryView): readonly Difference[] {
  const expected = replayed === undefined ? untouched : membersOf(replayed);
  return Object.entries(expected).flatMap(([what, value]) => {
    const found = what === 'suspended' ? live.status === 'suspended' : live[what as keyof CountryView];
    return found === value ? [] : [{ where: live.line, what, expected: text(value), found: text(found) }];
  });
}

type Members = Readonly<Record<string, number | string | boolean | null>>;

/** A line without history has its cap from the rulebook, of which the log says nothing. */
const untouched: Members = {
  exported: 0,
  reserved: 0,
  exports: 0,
  openReservations: 0,
  refusals: 0,
  suspended: false,
  lastEventAt: null,
  criticalSince: null,
  exhaustedSince: null,
};

function membersOf({ balance, counts, suspended, recordedAt, criticalSince, exhaustedSince }: LineView): Members {
  const { allocation, exported, reserved } = balance;
  return {
    allocation: allocation === null ? null : allocation / 1000,
    exported: exported / 1000,
    reserved: reserved / 1000,
    available: allocation === null ? null : Math.max(0, allocation - exported - reserved) / 1000,
    ...counts,
    suspended,
    lastEventAt: recordedAt,
    criticalSince,
    exhaustedSince,
  };
}

const text = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

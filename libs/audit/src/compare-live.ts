import type { Body } from '#wire';
import { canonicalText } from './canonical-text.js';
import { shownBalance, type LineState } from './line-state.js';
import type { Difference } from './log-check.js';

/**
 * Compares the lines folded from the log with the live views: the countries at the same position, the lines of
 * companies at the same revision. One of these that moved on meanwhile was checked in the log alone.
 */
export function compareLive(
  replayed: ReadonlyMap<string, LineState>,
  live: Body<'CountryList'>,
  companies: readonly Body<'CompanyLineView'>[],
): readonly Difference[] {
  const differences = live.countries.flatMap((country) => compareLine(replayed.get(country.line), country));
  const shown = new Map(companies.map((view) => [view.line, view]));
  const countries = new Set(live.countries.map(({ line }) => line));
  for (const [line, view] of replayed) {
    if (!line.startsWith('country:')) differences.push(...compareCompanyLine(view, shown.get(line)));
    else if (!countries.has(line)) differences.push({ where: line, what: 'line', expected: 'a view', found: 'none' });
  }
  return differences;
}

function compareCompanyLine(replayed: LineState, live: Body<'CompanyLineView'> | undefined): readonly Difference[] {
  const { line: where, revision } = replayed;
  if (live === undefined) return [{ where, what: 'line', expected: 'a view', found: 'none' }];
  if (live.revision > revision) return [];
  if (live.revision < revision) return [{ where, what: 'revision', expected: text(revision), found: text(live.revision) }];
  const expected = companyMembersOf(replayed);
  const found: CompanyMembers = {
    closedInto: live.closedInto,
    takenOver: byName(live.takenOver.map(({ line, reserved, exported }) => [line, { reserved, exported }])),
    limits: byName((live.limits ?? []).map(({ scope, limit, used }) => [scope, { limit, used }])),
  };
  const special = Object.entries(expected).flatMap(([what, value]) => {
    const shown = text(found[what as keyof CompanyMembers]);
    return shown === text(value) ? [] : [{ where, what, expected: text(value), found: shown }];
  });
  return [...compareLine(replayed, live), ...special];
}

/** What only lines of companies have. */
interface CompanyMembers {
  readonly closedInto: string | null;
  readonly takenOver: string;
  readonly limits: string;
}

/** Amounts in TPP. */
function companyMembersOf({ shares = {}, closedInto, takenOver = {} }: LineState): CompanyMembers {
  const limits = Object.entries(shares).map(([scope, { limitMilliTpp, exported, reserved }]) => {
    return [scope, { limit: limitMilliTpp / 1000, used: (exported + reserved) / 1000 }] as const;
  });
  const taken = Object.entries(takenOver).map(([line, { reserved, exported }]) => {
    return [line, { reserved: reserved / 1000, exported: exported / 1000 }] as const;
  });
  return { closedInto: closedInto ?? null, takenOver: byName(taken), limits: byName(limits) };
}

function byName(entries: readonly (readonly [string, object])[]): string {
  return canonicalText(Object.fromEntries(entries));
}

function compareLine(
  replayed: LineState | undefined,
  live: Body<'CountryView'> | Body<'CompanyLineView'>,
): readonly Difference[] {
  const expected = replayed === undefined ? untouched : membersOf(replayed);
  return Object.entries(expected).flatMap(([what, value]) => {
    const found = what === 'suspended' ? live.status === 'suspended' : live[what as keyof typeof live];
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

function membersOf(view: LineState): Members {
  const { counts, suspended, closedInto, recordedAt, criticalSince, exhaustedSince } = view;
  const { allocation, exported, reserved } = shownBalance(view);
  return {
    allocation: allocation === null ? null : allocation / 1000,
    exported: exported / 1000,
    reserved: reserved / 1000,
    available: closedInto !== undefined ? 0 : allocation === null ? null : Math.max(0, allocation - exported - reserved) / 1000,
    ...counts,
    // A closed line is shown as suspended.
    suspended: suspended || closedInto !== undefined,
    lastEventAt: recordedAt,
    criticalSince,
    exhaustedSince,
  };
}

const text = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

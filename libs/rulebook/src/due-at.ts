import { instantMs } from './instant.js';
import { fromTpp, noTpp, type MilliTpp } from './milli-tpp.js';
import type { DueRule } from './route-settings.js';

const dayMs = 86_400_000;

/** What a due date depends on. */
export interface DueFacts {
  /** When the shipment leaves, in milliseconds since 1970, UTC. */
  readonly exportedAtMs: number;
  /** The shipment's own TPP, and what the consignee had received under the same route before. */
  readonly milliTpp?: MilliTpp;
  readonly receivedMilliTpp?: MilliTpp;
  readonly incidentAtMs?: number;
}

/**
 * The latest moment at which a duty must be done, RFC 3339 in UTC; null while nothing makes it due. Days and months
 * are calendar days and months from the export; a yearly duty is due at the end of its next day.
 */
export function dueAt(due: DueRule, facts: DueFacts): string | null {
  const { exportedAtMs } = facts;
  switch (due.when) {
    case 'before-export':
      return iso(exportedAtMs - (due.days ?? 0) * dayMs);
    case 'with-export':
      return iso(exportedAtMs);
    case 'after-export':
      return iso(exportedAtMs + due.days * dayMs);
    case 'after-incident':
      return facts.incidentAtMs === undefined ? null : iso(facts.incidentAtMs + due.days * dayMs);
    case 'years-after-export':
      return iso(monthsLater(exportedAtMs, 12 * due.years));
    case 'every-months':
      return iso(monthsLater(exportedAtMs, due.months));
    case 'by':
      return iso(Math.max(instantMs(due.date) ?? NaN, exportedAtMs));
    case 'yearly':
      return nextDay(due.dates, exportedAtMs);
    case 'on-reaching': {
      const before = facts.receivedMilliTpp ?? noTpp;
      const limit = fromTpp(due.tpp);
      return before < limit && before + (facts.milliTpp ?? noTpp) >= limit ? iso(exportedAtMs) : null;
    }
  }
}

/** The end of the first of these days (`MM-DD`) that has not ended. */
function nextDay(dates: readonly string[], afterMs: number): string | null {
  const year = new Date(afterMs).getUTCFullYear();
  const ends = [year, year + 1].flatMap((each) => dates.map((date) => Date.parse(`${each}-${date}T23:59:59.999Z`)));
  return iso(Math.min(...ends.filter((endMs) => endMs >= afterMs)));
}

/** The same day so many months later, or the last day of a shorter month. */
function monthsLater(fromMs: number, months: number): number {
  const from = new Date(fromMs);
  const later = new Date(fromMs);
  later.setUTCMonth(from.getUTCMonth() + months, 1);
  const days = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  return later.setUTCDate(Math.min(from.getUTCDate(), days));
}

function iso(atMs: number): string | null {
  return Math.abs(atMs) <= 8.64e15 ? new Date(atMs).toISOString() : null;
}

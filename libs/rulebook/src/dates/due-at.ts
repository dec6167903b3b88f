import { deadlineMs, endOfDay } from './calendar-days.js';
import { dutyPeriods, monthsLater } from './duty-periods.js';
import { fromTpp, noTpp, type MilliTpp } from '../milli-tpp.js';
import type { DueRule, RecurringDue } from '../document/route-settings.js';

/** What a due date depends on. */
export interface DueFacts {
  /** When the shipment leaves, in milliseconds since 1970, UTC. */
  readonly exportedAtMs: number;
  /** The shipment's own TPP, and what the consignee had received under the same route before. */
  readonly milliTpp?: MilliTpp;
  readonly receivedMilliTpp?: MilliTpp;
  readonly incidentAtMs?: number;
  /** When the holder of an authorisation moves the items to another country. */
  readonly transferAtMs?: number;
}

/**
 * The latest moment at which a duty must be done, RFC 3339 in UTC; null while nothing makes it due. Days and months
 * are calendar days and months from the export, and the last permissible day counts to its end; a yearly duty is due at
 * the end of the next day whose report covers the export.
 */
export function dueAt(due: DueRule, facts: DueFacts): string | null {
  const { exportedAtMs } = facts;
  switch (due.when) {
    case 'before-export':
      return iso(due.days === undefined || due.days === 0 ? exportedAtMs : endOfDay(exportedAtMs, -due.days));
    case 'with-export':
      return iso(exportedAtMs);
    case 'after-export':
      return iso(endOfDay(exportedAtMs, due.days));
    case 'after-incident':
      return facts.incidentAtMs === undefined ? null : iso(endOfDay(facts.incidentAtMs, due.days));
    case 'before-transfer':
      return facts.transferAtMs === undefined ? null : iso(endOfDay(facts.transferAtMs, -due.days));
    case 'years-after-export':
      return iso(endOfDay(monthsLater(exportedAtMs, 12 * due.years)));
    case 'every-months':
    case 'yearly':
      return firstPeriodEnd(due, exportedAtMs);
    case 'by':
      return iso(Math.max(deadlineMs(due.date) ?? NaN, exportedAtMs));
    case 'on-reaching': {
      const before = facts.receivedMilliTpp ?? noTpp;
      const limit = fromTpp(due.tpp);
      return before < limit && before + (facts.milliTpp ?? noTpp) >= limit ? iso(exportedAtMs) : null;
    }
  }
}

function firstPeriodEnd(due: RecurringDue, sinceMs: number): string | null {
  for (const { dueMs } of dutyPeriods(due, sinceMs, sinceMs)) return iso(dueMs);
  return null;
}

function iso(atMs: number): string | null {
  return Math.abs(atMs) <= 8.64e15 ? new Date(atMs).toISOString() : null;
}

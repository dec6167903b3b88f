import type { Reason, RouteName } from '../determination.js';
import type { Verdict } from './route-rule.js';

const none: readonly string[] = [];

/** The route may be taken. `line` null: the destination's. */
export function applies(route: RouteName, reason: Reason, debits: boolean, line: string | null = null): Verdict {
  return { considered: { route, applicable: true, reasons: [reason] }, line, debits, beyondLine: false, missing: none };
}

/** The route may not be taken. */
export function bars(route: RouteName, reasons: readonly Reason[], missing: readonly string[] = none): Verdict {
  return { considered: { route, applicable: false, reasons }, line: null, debits: false, beyondLine: false, missing };
}

/** The route could be taken, but its line has too little left. */
export function exceeds(route: RouteName, reason: Reason, line: string): Verdict {
  const considered = { route, applicable: false, reasons: [reason] };
  return { considered, line, debits: true, beyondLine: true, missing: none };
}

/** A fact that a route needs, with why. */
export interface NeededFact {
  /** Its path in a request: `facts.noticeGivenAt`. */
  readonly fact: string;
  readonly why: string;
  readonly citation: string;
}

/** The route may not be taken as long as these facts are not stated. */
export function lacks(route: RouteName, facts: readonly NeededFact[], others: readonly Reason[] = []): Verdict {
  const reasons = facts.map(({ fact, why, citation }): Reason => {
    return { code: 'missing-fact', text: `${fact} is missing: ${why}.`, citation };
  });
  return bars(route, [...others, ...reasons], facts.map(({ fact }) => fact));
}

export function consigneeNeeded(why: string, citation: string): NeededFact {
  return { fact: 'ultimateConsignee', why, citation };
}

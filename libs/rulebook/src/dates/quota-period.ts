import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { Determination, Reason } from '../determination.js';
import { shownInstant } from './instant.js';
import { countryOfLine } from '../limits/quota-lines.js';

/** Whether a moment (milliseconds since 1970, UTC) lies outside the period for which allocations are given. */
export function isOutsidePeriod({ period: { startMs, endMs } }: CompiledRulebook, atMs: number): boolean {
  return !(atMs >= startMs && atMs < endMs);
}

/** Whether the moment lies before the rule took effect; false in a rulebook that does not say when it did. */
export function isBeforeRule({ inForceMs }: CompiledRulebook, atMs: number): boolean {
  return inForceMs !== undefined && atMs < inForceMs;
}

/**
 * Whether what is on this line with this debit is bound to the quota period. Only the allocation of a country is given
 * for a period (15 CFR 742.6(b)(10)(iii)(B)(1)), so only what draws on one at the date is; in a rulebook that does not
 * say when the rule took effect everything is, as it was before rulebooks did.
 */
export function isBoundToPeriod(
  rulebook: CompiledRulebook,
  { line, debitedMilliTpp }: Pick<Determination, 'line' | 'debitedMilliTpp'>,
  atMs: number,
): boolean {
  if (rulebook.inForceMs === undefined) return true;
  if (debitedMilliTpp === 0) return false;
  const country = countryOfLine(line);
  return country !== undefined && rulebook.groupOf(country, atMs) === 'allocation';
}

/** Why nothing can draw on an allocation at a moment outside the period. */
export function outsidePeriod({ document: { period } }: CompiledRulebook, atMs: number): Reason {
  return {
    code: 'outside-quota-period',
    text: `${shownInstant(atMs)} is outside the quota period, which runs from ${period.start} until before ${period.end}.`,
    citation: period.citation,
  };
}

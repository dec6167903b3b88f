import { deadlineMs } from '../dates/calendar-days.js';
import { instantMs } from '../dates/instant.js';
import type { WeightsStep } from './weights-determination.js';
import type { DueBy, EffectiveFrom, WeightsRules } from './weights-rules.js';

/** Whether the control exists at a moment, and whether it must be complied with yet. */
export function inForce({ inForce: begin, compliance }: WeightsRules, atMs: number): WeightsStep {
  const step = 'in-force';
  if (!hasBegun(begin, atMs)) {
    const text = `There is no control of model weights before ${dayOf(begin)}.`;
    return { step, frees: 'yes', reason: { code: 'not-in-force', text, citation: begin.citation } };
  }
  if (!hasBegun(compliance, atMs)) {
    const text = `In force since ${dayOf(begin)}; compliance is required from ${dayOf(compliance)} on.`;
    return { step, frees: 'no', reason: { code: 'in-force-compliance-later', text, citation: compliance.citation } };
  }
  const text = `In force since ${dayOf(begin)}.`;
  return { step, frees: 'no', reason: { code: 'in-force', text, citation: begin.citation } };
}

/** Whether it holds at a moment: from its date on, or once the day by which it is due has ended. */
export function hasBegun(date: EffectiveFrom | DueBy, atMs: number): boolean {
  return 'by' in date ? atMs > (deadlineMs(date.by) ?? Infinity) : atMs >= (instantMs(date.from) ?? Infinity);
}

/** When it must be done at the latest, RFC 3339. */
export function dueOf(date: EffectiveFrom | DueBy): string {
  return 'by' in date ? new Date(deadlineMs(date.by) ?? NaN).toISOString() : date.from;
}

export function dayOf(date: EffectiveFrom | DueBy): string {
  return ('by' in date ? date.by : date.from).slice(0, 10);
}

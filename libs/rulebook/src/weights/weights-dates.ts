import { instantMs } from '../instant.js';
import type { WeightsStep } from './weights-determination.js';
import type { EffectiveFrom, WeightsRules } from './weights-rules.js';

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

export function hasBegun({ from }: EffectiveFrom, atMs: number): boolean {
  return atMs >= (instantMs(from) ?? Infinity);
}

export function dayOf({ from }: EffectiveFrom): string {
  return from.slice(0, 10);
}

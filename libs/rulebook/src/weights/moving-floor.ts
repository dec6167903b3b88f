import { instantMs } from '../dates/instant.js';
import type { FloorEntry, WeightsRules } from './weights-rules.js';

/**
 * The floor in force at a moment: the highest of those that have begun, so that it never falls (ECCN 4E091, Note 2).
 * Undefined before the first.
 */
export function floorAt({ movingFloor: { entries } }: WeightsRules, atMs: number): FloorEntry | undefined {
  return entries
    .filter(({ from }) => (instantMs(from) ?? Infinity) <= atMs)
    .reduce<FloorEntry | undefined>(
      (highest, entry) => ((highest?.operations ?? -1) < entry.operations ? entry : highest),
      undefined,
    );
}

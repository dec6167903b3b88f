import { rulebookSummary } from './rulebook-schemas.js';
import { count, object, orNull, position, ref, text, time } from './schema-parts.js';

/** For those who run the ledger. */
export const operationSchemas = {
  About: object({ now: time, demo: orNull(ref('Demo')) }),
  Demo: object({ speed: { type: 'integer', minimum: 1 }, seed: count }),
  Health: object({ status: text }),
  RulebookAdoption: object({ ...rulebookSummary, inForce: { const: true } }),
  Readiness: object({ status: text, position, rulebook: ref('Rulebook'), newerRulebook: orNull(ref('Rulebook')) }),
} as const;

import { rulebookSummary } from './rulebook-schemas.js';
import { object, orNull, position, ref, text } from './schema-parts.js';

/** For those who run the ledger. */
export const operationSchemas = {
  Health: object({ status: text }),
  RulebookAdoption: object({ ...rulebookSummary, inForce: { const: true } }),
  Readiness: object({ status: text, position, rulebook: ref('Rulebook'), newerRulebook: orNull(ref('Rulebook')) }),
} as const;

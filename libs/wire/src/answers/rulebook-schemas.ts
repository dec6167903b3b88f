import { amount, amountOrNull, arrayOf, count, object, page, position, text, textOrNull, time } from './schema-parts.js';

export const rulebookSummary = {
  id: text,
  version: text,
  hash: text,
  title: text,
  citation: text,
  period: object({ start: time, end: time, citation: text }),
  adoptedAt: time,
  position,
  inForce: { type: 'boolean' },
} as const;

/** Chips with their classification, and the rulebooks that were adopted. */
export const rulebookSchemas = {
  Chip: object({
    kind: { enum: ['chip', 'system', 'described'] },
    id: textOrNull,
    name: textOrNull,
    vendor: textOrNull,
    tppPerUnit: amount,
    /** This and what else only chips have is null elsewhere. */
    format: textOrNull,
    bitLength: { type: ['integer', 'null'], minimum: 1 },
    denseTops: amountOrNull,
    dieAreaMm2: amountOrNull,
    dieAreaIsEstimate: { type: 'boolean' },
    performanceDensity: amountOrNull,
    eccn: text,
    paragraph: textOrNull,
    level: { enum: ['a', 'b', 'c', 'uncontrolled', 'unknown'] },
    datacenter: { type: 'boolean' },
    /** What a system is made of; empty for everything else. */
    parts: arrayOf(object({ chip: text, quantity: count })),
    status: textOrNull,
    sources: textOrNull,
    arithmetic: arrayOf(object({ text, citation: text })),
  }),
  ChipList: page('Chip'),
  RulebookSummary: object(rulebookSummary),
  RulebookList: page('RulebookSummary'),
  AdoptedRulebook: object({ ...rulebookSummary, document: { type: 'object' } }),
} as const;

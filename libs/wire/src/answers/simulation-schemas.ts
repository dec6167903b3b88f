import { limits, standing } from './line-schemas.js';
import { amountOrNull, arrayOf, count, object, orNull, position, reasons, ref, text, textOrNull, time, timeOrNull } from './schema-parts.js';

/** How a decision under the draft would have differed. Of several that hold, the first in this order counts. */
export const differenceKinds = [
  'allowed-to-refused',
  'refused-to-allowed',
  'other-refusal',
  'other-route',
  'other-line',
  'other-debit',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

const decision = object({
  outcome: { enum: ['allowed', 'refused'] },
  code: textOrNull,
  route: textOrNull,
  line: textOrNull,
  tpp: amountOrNull,
  debitedTpp: { type: 'number', description: 'Less than zero where it gives back.' },
});

const comparedLine = object({ ...standing, limits }, ['limits']);

/** What a draft rulebook would have changed. */
export const simulationSchemas = {
  SimulatedLine: object({ line: text, differs: { type: 'boolean' }, recorded: comparedLine, simulated: comparedLine }),
  SimulatedDifference: object({
    kind: { enum: differenceKinds },
    position,
    eventId: text,
    operation: { enum: ['reserve', 'amend', 'export', 'export-direct', 'reverse'] },
    subject: text,
    recordedAt: time,
    destination: textOrNull,
    exporter: textOrNull,
    recorded: decision,
    simulated: decision,
    reasons,
  }),
  Simulation: object({
    draft: ref('Rulebook'),
    /** In force at the end of what was replayed; null for a log without one. */
    rulebook: orNull(ref('Rulebook')),
    position,
    recordedAt: timeOrNull,
    at: time,
    replayed: object({ events: count, decisions: count, withoutEffect: count, notJudged: count }),
    counts: object(Object.fromEntries(differenceKinds.map((kind) => [kind, count])) as Record<DifferenceKind, typeof count>),
    lines: arrayOf(ref('SimulatedLine')),
    linesLeftOut: count,
    /** In the order of the log. */
    items: arrayOf(ref('SimulatedDifference')),
    nextCursor: textOrNull,
    notes: arrayOf(text),
  }),
} as const;

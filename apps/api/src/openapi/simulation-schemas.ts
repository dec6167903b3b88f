import { differenceKinds } from '#projections';
import { lineStatuses } from '../lines/line-status.js';
import type { JsonSchema } from './dto-schema.js';
import { amount, amountOrNull, arrayOf, count, object, position, reasons, ref, text, textOrNull, time, timeOrNull } from './schema-parts.js';

const decision = object({
  outcome: { enum: ['allowed', 'refused'] },
  code: textOrNull,
  route: textOrNull,
  line: textOrNull,
  tpp: amountOrNull,
  debitedTpp: { type: 'number', description: 'Less than zero where it gives back.' },
});

const comparedLine = object(
  {
    allocation: amountOrNull,
    reserved: amount,
    exported: amount,
    available: amountOrNull,
    utilization: { type: ['number', 'null'], minimum: 0 },
    status: { enum: lineStatuses },
    limits: arrayOf(object({ scope: text, limit: amount, used: amount, available: amount })),
  },
  ['limits'],
);

/** What a draft rulebook would have changed. */
export const simulationSchemas: Readonly<Record<string, JsonSchema>> = {
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
    rulebook: { oneOf: [{ type: 'null' }, ref('Rulebook')] },
    position,
    recordedAt: timeOrNull,
    at: time,
    replayed: object({ events: count, decisions: count, withoutEffect: count, notJudged: count }),
    counts: object(Object.fromEntries(differenceKinds.map((kind) => [kind, count]))),
    lines: arrayOf(ref('SimulatedLine')),
    linesLeftOut: count,
    items: arrayOf(ref('SimulatedDifference')),
    nextCursor: textOrNull,
    notes: arrayOf(text),
  }),
};

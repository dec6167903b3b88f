import { amount, amountOrNull, arrayOf, count, object, orNull, page, position, reasons, ref, text, textOrNull, time, timeOrNull } from './schema-parts.js';

const answer = { enum: ['yes', 'no', 'unknown'] } as const;
const determinedWeights = {
  route: { enum: ['none', 'aia', 'licence', 'unknown'] },
  control: { enum: ['controlled', 'not-controlled', 'unknown'] },
  decidedBy: text,
  operations: object({ least: amount, most: amountOrNull }),
  steps: arrayOf(object({ step: text, frees: answer, reason: object({ code: text, text, citation: text }) })),
  routesConsidered: arrayOf(object({ route: text, applicable: { type: 'boolean' }, reasons })),
  presumption: { enum: ['approval', 'denial', 'not-stated', 'unknown', null] },
  presumptionReasons: reasons,
  missing: arrayOf(object({ member: text, text })),
  obligations: arrayOf(object({ kind: text, text, citation: text, dueAt: timeOrNull })),
} as const;

/** Determinations and exports of model weights. */
export const weightsSchemas = {
  DeterminationAnswer: { anyOf: [ref('Determination'), ref('WeightsDetermination')] },
  WeightsDetermination: object({ ...determinedWeights, wouldBeRefused: orNull(ref('Problem')) }),
  WeightExport: object(
    {
      id: text,
      status: { enum: ['recorded', 'refused'] },
      exporter: text,
      weights: { type: 'object' },
      consignee: { type: 'object' },
      exportedAt: time,
      asked: text,
      licence: text,
      ...determinedWeights,
      refusal: orNull(object({ code: text, reasons })),
      reference: textOrNull,
      recordedAt: time,
      revision: count,
      position,
      rulebook: ref('Rulebook'),
    },
    ['consignee', 'asked', 'licence'],
  ),
  WeightExportPage: page('WeightExport'),
} as const;

import { arrayOf, object, orNull, page, position, ref, text, textOrNull, time } from './schema-parts.js';

/** Obligations and reports. */
export const obligationSchemas = {
  Obligation: object({
    id: text,
    kind: text,
    text,
    citation: text,
    party: object({ role: { enum: ['exporter', 'consignee', 'veu'] }, id: text, name: text }),
    exporter: textOrNull,
    consignee: textOrNull,
    route: text,
    line: text,
    reservationId: textOrNull,
    exportId: textOrNull,
    period: orNull(object({ from: time, until: time })),
    dueAt: time,
    status: { enum: ['open', 'done', 'overdue'] },
    raisedBy: object({ eventId: text, position }),
    evidence: orNull(object({ eventId: text, position, fulfilledAt: time, reference: textOrNull, note: textOrNull, principal: text })),
    position,
  }),
  ObligationPage: page('Obligation'),
  FulfilmentList: object({
    items: arrayOf(
      object({ id: text, status: { type: 'integer' }, body: { oneOf: [ref('Obligation'), ref('Problem')] } }),
    ),
  }),
  ReportKind: object({
    name: text,
    title: text,
    citation: text,
    parameters: arrayOf(object({ name: text, text })),
    columns: arrayOf(text),
  }),
  ReportList: page('ReportKind'),
  Report: object({
    name: text,
    title: text,
    citation: text,
    parameters: { type: 'object', additionalProperties: text },
    asOf: time,
    columns: arrayOf(text),
    rows: arrayOf({ type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } }),
    position,
  }),
} as const;

import { countryStatuses } from '../countries/country-view.js';
import { destinationGroups } from '../countries/country.query.js';
import type { JsonSchema } from './dto-schema.js';

// What this API answers. The e2e tests hold every answer they see against these. One long table, on purpose.

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const amount = { type: 'number', minimum: 0 };
const amountOrNull = { type: ['number', 'null'], minimum: 0 };
const time = { type: 'string', format: 'date-time' };
const timeOrNull = { type: ['string', 'null'], format: 'date-time' };
const count = { type: 'integer', minimum: 0 };
const position = { type: 'string', pattern: '^[0-9]+$', description: 'A place in the log.' };

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const arrayOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const page = (name: string): JsonSchema => object({ items: arrayOf(ref(name)), nextCursor: textOrNull });

/** All members are there unless they are named in `optional`; no others are. */
function object(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

const country = {
  country: text,
  name: text,
  group: { enum: destinationGroups },
  line: text,
  allocation: amountOrNull,
  reserved: amount,
  exported: amount,
  available: amountOrNull,
  utilization: { type: ['number', 'null'], minimum: 0 },
  status: { enum: countryStatuses },
  openReservations: count,
  exports: count,
  refusals: count,
  lastEventAt: timeOrNull,
  criticalSince: timeOrNull,
  exhaustedSince: timeOrNull,
  forecast: { type: 'null' },
};

const rulebookSummary = {
  id: text,
  version: text,
  hash: text,
  title: text,
  citation: text,
  period: object({ start: time, end: time, citation: text }),
  adoptedAt: time,
  position,
  inForce: { type: 'boolean' },
};

const reasons = arrayOf(object({ code: text, text, citation: text }));

export const answerSchemas: Readonly<Record<string, JsonSchema>> = {
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code'],
    additionalProperties: true,
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: text,
      code: text,
      errors: arrayOf(object({ in: { enum: ['query', 'header', 'path'] }, pointer: text, message: text }, ['in'])),
      requested: amount,
      available: amountOrNull,
      largestThatFits: amountOrNull,
      line: text,
      reasons,
      reservationId: text,
      position,
      revision: count,
    },
  },
  ProblemKind: object({ code: text, status: { type: 'integer' }, title: text, explanation: text }),
  Balance: object({ allocation: amountOrNull, reserved: amount, exported: amount, available: amountOrNull }),
  Rulebook: object({ id: text, version: text, hash: text }),
  Item: object(
    {
      chip: text,
      description: text,
      eccn: text,
      quantity: { type: ['integer', 'null'], minimum: 0 },
      tppPerUnit: amount,
      tpp: amount,
      exportedTpp: amount,
    },
    ['chip', 'description', 'exportedTpp'],
  ),
  Reservation: object(
    {
      id: text,
      status: { enum: ['held', 'partly-exported', 'exported', 'released', 'lapsed', 'refused'] },
      route: text,
      line: text,
      destination: text,
      exporter: text,
      ultimateConsignee: { type: 'object' },
      items: arrayOf(ref('Item')),
      tpp: amount,
      debitedTpp: amount,
      heldTpp: amount,
      exportedTpp: amount,
      reference: textOrNull,
      createdAt: time,
      expiresAt: timeOrNull,
      revision: count,
      position,
      rulebook: ref('Rulebook'),
      balance: ref('Balance'),
      facts: { type: 'object' },
      obligations: arrayOf(ref('Duty')),
    },
    ['ultimateConsignee', 'facts'],
  ),
  Duty: object({ kind: text, text, citation: text, due: { type: 'object', required: ['when'] }, dueAt: timeOrNull }),
  ReservationPage: page('Reservation'),
  BulkAnswer: object({ status: { type: 'integer' }, body: { type: 'object' }, replayed: { const: true } }, [
    'replayed',
  ]),
  Determination: object({
    route: text,
    line: text,
    routesConsidered: arrayOf(object({ route: text, applicable: { type: 'boolean' }, reasons })),
    tpp: amount,
    debitedTpp: amount,
    balanceAfter: ref('Balance'),
    obligations: arrayOf(ref('Duty')),
    missingFacts: arrayOf(object({ route: text, fact: text })),
    wouldBeRefused: { oneOf: [{ type: 'null' }, ref('Problem')] },
  }),
  Export: object(
    {
      id: text,
      status: { enum: ['posted', 'reversed'] },
      reservationId: textOrNull,
      route: text,
      line: text,
      destination: text,
      exporter: text,
      items: arrayOf(ref('Item')),
      tpp: amount,
      debitedTpp: amount,
      releasedTpp: amount,
      final: { type: 'boolean' },
      exportedAt: time,
      recordedAt: time,
      itn: textOrNull,
      reference: textOrNull,
      revision: count,
      position,
      rulebook: ref('Rulebook'),
      balance: ref('Balance'),
      obligations: arrayOf(ref('Duty')),
      reversal: ref('Reversal'),
    },
    ['reversal'],
  ),
  ExportPage: page('Export'),
  Reversal: object({
    exportId: text,
    status: { const: 'reversed' },
    line: text,
    code: text,
    reason: text,
    creditedTpp: amount,
    recordedAt: time,
    revision: count,
    position,
    balance: ref('Balance'),
  }),
  CountryView: object(country),
  Country: object({ ...country, position, recordedAt: timeOrNull, rulebook: ref('Rulebook') }),
  CountryList: object({
    countries: arrayOf(ref('CountryView')),
    position,
    recordedAt: timeOrNull,
    rulebook: ref('Rulebook'),
  }),
  LinePage: page('CountryView'),
  CountryHistory: object({
    country: text,
    line: text,
    interval: { enum: ['day', 'week', 'month'] },
    from: { type: 'string', format: 'date' },
    to: { type: 'string', format: 'date' },
    points: arrayOf(
      object({
        date: { type: 'string', format: 'date' },
        allocation: amountOrNull,
        reserved: amount,
        exported: amount,
        available: amountOrNull,
      }),
    ),
    position,
    recordedAt: timeOrNull,
  }),
  Event: object({
    specversion: { const: '1.0' },
    id: text,
    source: text,
    type: text,
    subject: text,
    time,
    datacontenttype: { const: 'application/json' },
    position,
    stream: text,
    revision: count,
    data: { type: 'object' },
  }),
  EventPage: object({ items: arrayOf(ref('Event')), nextCursor: textOrNull, position }, ['position']),
  Chip: object({
    kind: { enum: ['chip', 'system', 'described'] },
    id: textOrNull,
    name: textOrNull,
    vendor: textOrNull,
    tppPerUnit: amount,
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
    parts: arrayOf(object({ chip: text, quantity: count })),
    status: textOrNull,
    sources: textOrNull,
    arithmetic: arrayOf(object({ text, citation: text })),
  }),
  ChipList: page('Chip'),
  RulebookSummary: object(rulebookSummary),
  RulebookList: page('RulebookSummary'),
  AdoptedRulebook: object({ ...rulebookSummary, document: { type: 'object' } }),
  Alert: object({
    id: text,
    line: text,
    country: textOrNull,
    level: { enum: ['watch', 'critical', 'exhausted', 'reopened', 'forecast'] },
    threshold: amount,
    utilization: amount,
    position,
    eventId: text,
    raisedAt: time,
    closedAt: timeOrNull,
    acknowledgedBy: textOrNull,
  }),
  AlertPage: page('Alert'),
  Health: object({ status: text, position }, ['position']),
};

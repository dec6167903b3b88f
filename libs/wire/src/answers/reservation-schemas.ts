import type { Consignee, DueRule, RouteFacts } from '#rulebook';
import { amount, amountOrNull, arrayOf, count, object, orNull, page, position, reasons, ref, text, textOrNull, time, timeOrNull, typed } from './schema-parts.js';

/** What reservations and exports say of the parties and of the use. */
export const consignee = typed<Consignee>({ type: 'object' });
export const facts = typed<RouteFacts>({ type: 'object' });

/** Reservations, and what becomes of a shipment. */
export const reservationSchemas = {
  /** Of a line, in TPP. */
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
      /** The exception of its own under which it leaves beside the others, debiting nothing; left out: the shipment's route. */
      route: { const: 'aca' },
      /** Left out while nothing of it is exported. */
      exportedTpp: amount,
    },
    ['chip', 'description', 'route', 'exportedTpp'],
  ),
  Reservation: object(
    {
      id: text,
      status: { enum: ['held', 'partly-exported', 'exported', 'released', 'lapsed', 'refused'] },
      route: text,
      line: text,
      destination: text,
      exporter: text,
      ultimateConsignee: consignee,
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
      facts,
      obligations: arrayOf(ref('Duty')),
      nearMatches: arrayOf(ref('NearMatches')),
    },
    ['ultimateConsignee', 'facts', 'nearMatches'],
  ),
  /** What comes with the route; `dueAt` is null as long as it hangs on something that is yet to come, such as the date of the export. */
  Duty: object({ kind: text, text, citation: text, due: typed<DueRule>({ type: 'object', required: ['when'] }), dueAt: timeOrNull }),
  ReservationPage: page('Reservation'),
  BulkAnswer: {
    description: 'A line of the answer: the status and the body that the reservation would have had as a request of its own.',
    ...object(
      { status: { type: 'integer' }, body: { anyOf: [ref('Reservation'), ref('Problem')] }, replayed: { const: true } },
      ['replayed'],
    ),
  },
  Determination: object({
    route: text,
    line: text,
    routesConsidered: arrayOf(object({ route: text, applicable: { type: 'boolean' }, reasons })),
    tpp: amount,
    debitedTpp: amount,
    balanceAfter: ref('Balance'),
    obligations: arrayOf(ref('Duty')),
    missingFacts: arrayOf(object({ route: text, fact: text })),
    nearMatches: arrayOf(ref('NearMatches')),
    wouldBeRefused: orNull(ref('Problem')),
  }),
} as const;

import { consignee, facts } from './reservation-schemas.js';
import { amount, arrayOf, count, object, page, position, ref, text, textOrNull, time } from './schema-parts.js';

/** What has left. */
export const exportSchemas = {
  Export: object(
    {
      id: text,
      status: { enum: ['posted', 'reversed'] },
      reservationId: textOrNull,
      route: text,
      line: text,
      destination: text,
      exporter: text,
      ultimateConsignee: consignee,
      facts,
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
      /** Due at these dates; a reversed export has none. */
      obligations: arrayOf(ref('Duty')),
      /** Only once it is reversed. */
      reversal: ref('Reversal'),
      nearMatches: arrayOf(ref('NearMatches')),
    },
    ['ultimateConsignee', 'facts', 'reversal', 'nearMatches'],
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
} as const;

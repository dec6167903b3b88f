import { arrayOf, count, object, position, ref, text, textOrNull, time } from './schema-parts.js';

/** The log. */
export const eventSchemas = {
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
} as const;

import { amount, amountOrNull, arrayOf, count, object, position, reasons, text } from './schema-parts.js';

/** Errors (RFC 9457), and the list of what they may be. */
export const problemSchemas = {
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
      /** What of the request is at fault: `in` is left out for members of the body, to which `pointer` is a JSON pointer. */
      errors: arrayOf(object({ in: { enum: ['query', 'header', 'path'] }, pointer: text, message: text }, ['in'])),
      /** TPP asked of the line. */
      requested: amount,
      /** TPP that the line has left; null without a cap. */
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
} as const;

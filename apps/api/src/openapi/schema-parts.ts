import type { JsonSchema } from './dto-schema.js';

// What the schemas of answers are made of.

export const text = { type: 'string' };
export const textOrNull = { type: ['string', 'null'] };
export const amount = { type: 'number', minimum: 0 };
export const amountOrNull = { type: ['number', 'null'], minimum: 0 };
export const time = { type: 'string', format: 'date-time' };
export const timeOrNull = { type: ['string', 'null'], format: 'date-time' };
export const dateOrNull = { type: ['string', 'null'], format: 'date' };
export const count = { type: 'integer', minimum: 0 };
export const position = { type: 'string', pattern: '^[0-9]+$', description: 'A place in the log.' };

export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
export const arrayOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
export const page = (name: string): JsonSchema => object({ items: arrayOf(ref(name)), nextCursor: textOrNull });

/** All members are there unless they are named in `optional`; no others are. */
export function object(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

export const reasons = arrayOf(object({ code: text, text, citation: text }));

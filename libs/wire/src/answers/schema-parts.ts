// What the schemas of answers are made of. Their types say what is in them, for `Body` is worked out from that.

export type JsonSchema = Readonly<Record<string, unknown>>;
type Properties = Readonly<Record<string, JsonSchema>>;

export const text = { type: 'string' } as const;
export const textOrNull = { type: ['string', 'null'] } as const;
export const amount = { type: 'number', minimum: 0 } as const;
export const amountOrNull = { type: ['number', 'null'], minimum: 0 } as const;
export const time = { type: 'string', format: 'date-time' } as const;
export const timeOrNull = { type: ['string', 'null'], format: 'date-time' } as const;
export const date = { type: 'string', format: 'date' } as const;
export const dateOrNull = { type: ['string', 'null'], format: 'date' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
export const position = { type: 'string', pattern: '^[0-9]+$', description: 'A place in the log.' } as const;

/** The schema of this name in the document. */
export const ref = <Name extends string>(name: Name) => ({ $ref: `#/components/schemas/${name}` as const });
export const arrayOf = <const Items extends JsonSchema>(items: Items) => ({ type: 'array', items }) as const;
export const orNull = <const Schema extends JsonSchema>(schema: Schema) => ({ oneOf: [{ type: 'null' }, schema] }) as const;
export const page = <Name extends string>(name: Name) => object({ items: arrayOf(ref(name)), nextCursor: textOrNull });

/** All members are there unless they are named in `optional`; no others are. */
export function object<const Members extends Properties, const Optional extends keyof Members & string = never>(
  properties: Members,
  optional: readonly Optional[] = [],
) {
  const required = Object.keys(properties).filter((name): name is Exclude<keyof Members & string, Optional> => !optional.some((each) => each === name));
  return { type: 'object', properties, required, additionalProperties: false } as const;
}

export declare const inCode: unique symbol;
export interface Typed<Type> extends JsonSchema {
  readonly [inCode]?: Type;
}

/** A schema that says less of its values than is known: in code they are of this type. */
export const typed = <Type>(schema: JsonSchema): Typed<Type> => schema;

export const reasons = arrayOf(object({ code: text, text, citation: text }));

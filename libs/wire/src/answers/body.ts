import type { answerSchemas } from './answer-schemas.js';
import type { inCode } from './schema-parts.js';

type Schemas = typeof answerSchemas;

/** Answers, and the parts of them that have a name. */
export type AnswerName = keyof Schemas;

/** What this schema describes: `Body<'Reservation'>`, or a part of it as `Body<'Balance'>`. */
export type Body<Name extends AnswerName> = TypeOf<Schemas[Name]>;

/** Of JSON Schema only what answers use. What it does not know is `never`, which nothing can be given for. */
type TypeOf<Schema> =
  typeof inCode extends keyof Schema ? Exclude<Schema[typeof inCode], undefined>
  : Schema extends { readonly $ref: `#/components/schemas/${infer Name extends AnswerName}` } ? Body<Name>
  : Schema extends { readonly const: infer Value } ? Value
  : Schema extends { readonly enum: readonly (infer Value)[] } ? Value
  : Schema extends { readonly anyOf: readonly (infer Each)[] } ? TypeOf<Each>
  : Schema extends { readonly oneOf: readonly (infer Each)[] } ? TypeOf<Each>
  : Schema extends { readonly items: infer Each } ? readonly TypeOf<Each>[]
  : Schema extends { readonly properties: infer Members; readonly required: readonly (infer Required)[] } ?
    { readonly [Name in keyof Members as Name extends Required ? Name : never]: TypeOf<Members[Name]> } & (
      [keyof Members] extends [Required] ? unknown : { readonly [Name in keyof Members as Name extends Required ? never : Name]?: TypeOf<Members[Name]> }
    ) & (Schema extends { readonly additionalProperties: true } ? Readonly<Record<string, unknown>> : unknown)
  : Schema extends { readonly additionalProperties: infer Each } ? Readonly<Record<string, TypeOf<Each>>>
  : Schema extends { readonly type: readonly (infer Type extends keyof Primitives)[] } ? Primitives[Type]
  : Schema extends { readonly type: infer Type extends keyof Primitives } ? Primitives[Type]
  : never;

interface Primitives {
  readonly string: string;
  readonly number: number;
  readonly integer: number;
  readonly boolean: boolean;
  readonly null: null;
  readonly object: object;
}

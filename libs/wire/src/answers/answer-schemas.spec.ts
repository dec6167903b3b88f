import { answerSchemas } from './answer-schemas.js';

/** What `Body` knows of JSON Schema, and what says nothing of a type. */
const known = new Set([
  ...['$ref', 'const', 'enum', 'anyOf', 'oneOf', 'items', 'properties', 'required', 'additionalProperties', 'type'],
  ...['description', 'format', 'minimum', 'pattern'],
]);

type Json = Readonly<Record<string, unknown>>;

/** A schema and all that are in it. */
function* partsOf(schema: Json): Iterable<Json> {
  yield schema;
  const { anyOf = [], oneOf = [], items, properties = {}, additionalProperties } = schema;
  const inner = [...(anyOf as Json[]), ...(oneOf as Json[]), items, ...Object.values(properties as Json), additionalProperties];
  for (const each of inner) if (typeof each === 'object') yield* partsOf(each as Json);
}

describe('the schemas of answers', () => {
  const all = Object.entries(answerSchemas).flatMap(([name, schema]) => [...partsOf(schema)].map((part) => [name, part] as const));

  it('refer to schemas that there are', () => {
    const names = all.flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !Object.hasOwn(answerSchemas, name.replace('#/components/schemas/', '')))).toEqual([]);
  });

  it('say nothing that the types of bodies do not know', () => {
    const unknown = all.flatMap(([name, part]) => Object.keys(part).filter((word) => !known.has(word)).map((word) => `${name}: ${word}`));
    expect(unknown).toEqual([]);
  });

  it('require members that they have', () => {
    const missing = all.flatMap(([name, { properties, required = [] }]) =>
      properties === undefined ? [] : (required as string[]).filter((each) => !Object.hasOwn(properties as Json, each)).map((each) => `${name}: ${each}`),
    );
    expect(missing).toEqual([]);
  });
});

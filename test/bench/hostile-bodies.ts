export interface HostileBody {
  readonly name: string;
  readonly text: string;
}

/** A JSON Schema, as far as it is looked at here. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export const bodyBytesMax = 65_000;

/** Bodies of a JSON operation that take the most work within its limits, or are made to. */
export function hostileBodies(schema: Schema, example: object, resolve: (schema: Schema) => Schema): readonly HostileBody[] {
  const bodies: HostileBody[] = [
    { name: '5,000 unknown members', text: JSON.stringify({ ...example, ...Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`m${n}`, 1])) }) },
    { name: 'nested 30,000 deep', text: '['.repeat(30_000) },
    { name: 'quotes and backslashes', text: `{"a":"${'\\"\\\\'.repeat(bodyBytesMax / 4 - 10)}"}` },
    { name: 'a member twice, at the end', text: `{${Array.from({ length: 4_000 }, (_, n) => `"m${n}":1`).join(',')},"m0":1}` },
  ];
  for (const { path, maxItems, element } of arraysIn(schema, resolve)) {
    const place = path.join('.');
    for (const [what, each] of [['empty', {}], ['odd', Object.fromEntries(Object.keys(resolve(element).properties ?? {}).map((name) => [name, []]))]] as const) {
      bodies.push({ name: `${place}: as many ${what} ones as fit`, text: filled(example, path, each, Infinity) });
      bodies.push({ name: `${place}: ${maxItems} ${what} ones`, text: filled(example, path, each, maxItems) });
    }
    const [known] = valueAt(example, path) ?? [];
    if (known !== undefined) bodies.push({ name: `${place}: ${maxItems} as documented`, text: filled(example, path, known, maxItems) });
  }
  for (const name of Object.keys(resolve(schema).properties ?? {})) {
    bodies.push({ name: `${name}: a long text`, text: JSON.stringify({ ...example, [name]: 'é '.repeat(15_000) }) });
  }
  return bodies.filter(({ text }) => Buffer.byteLength(text) <= 65_536);
}

interface ArrayPlace {
  readonly path: readonly string[];
  readonly maxItems: number;
  readonly element: Schema;
}

function arraysIn(schema: Schema, resolve: (schema: Schema) => Schema, path: readonly string[] = []): readonly ArrayPlace[] {
  const { properties = {}, items, maxItems = 1_000, anyOf = [], oneOf = [] } = resolve(schema);
  if (path.length > 4) return [];
  const own = items === undefined || path.length === 0 ? [] : [{ path, maxItems, element: items }];
  return [
    ...own,
    ...[...anyOf, ...oneOf].flatMap((each) => arraysIn(each, resolve, path)),
    ...Object.entries(properties).flatMap(([name, member]) => arraysIn(member, resolve, [...path, name])),
    ...(items === undefined ? [] : Object.entries(resolve(items).properties ?? {}).flatMap(([name, member]) => arraysIn(member, resolve, [...path, name]))),
  ];
}

/** The example with an array of so many of these at the place, as far as they fit. Arrays on the way are filled, too. */
function filled(example: object, path: readonly string[], element: unknown, count: number): string {
  const build = (at: unknown, [name = '', ...rest]: readonly string[], room: number): unknown => {
    const of = (typeof at === 'object' && at !== null ? at : {}) as Readonly<Record<string, unknown>>;
    const old = of[name];
    if (rest.length > 0 && !Array.isArray(old)) return { ...of, [name]: build(old, rest, room) };
    const [first] = Array.isArray(old) ? (old as readonly unknown[]) : [];
    const one = rest.length > 0 ? build(first, rest, room / 100) : element;
    const fit = Math.floor(room / (JSON.stringify(one).length + 1));
    return { ...of, [name]: Array.from({ length: Math.max(1, Math.min(rest.length > 0 ? 100 : count, fit)) }, () => one) };
  };
  return JSON.stringify(build(example, path, bodyBytesMax - JSON.stringify(example).length));
}

function valueAt(value: unknown, path: readonly string[]): readonly unknown[] | undefined {
  const found = path.reduce<unknown>((at, name) => (Array.isArray(at) ? (at[0] as Record<string, unknown>) : (at as Record<string, unknown> | undefined))?.[name], value);
  return Array.isArray(found) ? found : undefined;
}

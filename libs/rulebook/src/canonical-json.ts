/** Strings that JSON writes as they are: printable ASCII without quote and backslash. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

const namesMax = 1_000;
const quotedNames = new Map<string, string>();

/**
 * The canonical form of a JSON value (RFC 8785): members sorted by UTF-16 code units, no white space, numbers and
 * strings as ECMAScript prints them. Members that are undefined are left out.
 * @throws TypeError for what JSON cannot carry: NaN, infinities, functions, bigint, lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return plain.test(value) ? `"${value}"` : escaped(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON number.`);
      return `${value}`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Readonly<Record<string, unknown>>);
    default:
      throw new TypeError(`A ${typeof value} is not a JSON value.`);
  }
}

function escaped(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('A string with a lone surrogate has no canonical form.');
  return JSON.stringify(text);
}

function canonicalArray(values: readonly unknown[]): string {
  let json = '[';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) json += ',';
    json += canonicalJson(values[index]);
  }
  return `${json}]`;
}

function canonicalObject(members: Readonly<Record<string, unknown>>): string {
  let json = '{';
  for (const name of sortedNames(members)) {
    const member = members[name];
    if (member === undefined) continue;
    json += json.length > 1 ? `,${quoted(name)}` : quoted(name);
    json += canonicalJson(member);
  }
  return `${json}}`;
}

/** Most objects here are written in order already, and looking costs less than sorting. */
function sortedNames(members: Readonly<Record<string, unknown>>): readonly string[] {
  const names = Object.keys(members);
  for (let index = 1; index < names.length; index += 1) {
    if ((names[index - 1] as string) > (names[index] as string)) return names.sort();
  }
  return names;
}

/** `"name":`, remembered for the few names that events are made of. */
function quoted(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  const text = `${canonicalJson(name)}:`;
  if (quotedNames.size < namesMax) quotedNames.set(name, text);
  return text;
}

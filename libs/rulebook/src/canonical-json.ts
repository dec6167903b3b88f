/**
 * The canonical form of a JSON value (RFC 8785): members sorted by UTF-16 code units, no white space, numbers and
 * strings as ECMAScript prints them. Members that are undefined are left out.
 * @throws TypeError for what JSON cannot carry: NaN, infinities, functions, bigint, lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('A string with a lone surrogate has no canonical form.');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON number.`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Readonly<Record<string, unknown>>);
    default:
      throw new TypeError(`A ${typeof value} is not a JSON value.`);
  }
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
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    if (json.length > 1) json += ',';
    json += `${canonicalJson(name)}:${canonicalJson(member)}`;
  }
  return `${json}}`;
}

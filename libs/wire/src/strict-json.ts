import type { Fault } from './problem.js';

const levelsMax = 32;

/** A text that `parseStrictJson` does not accept. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';

  /**
   * @param fault what is wrong, as the rest of a sentence whose subject is the text: `is not JSON: ...`
   * @param duplicate the member that appears twice in its object, if that is the fault
   */
  constructor(
    private readonly fault: string,
    readonly duplicate?: Fault,
  ) {
    super(`The text ${fault}.`);
  }

  /** The sentence for people, about what `name` calls the text: `The body`, the name of a file. */
  about(name: string): string {
    return `${name} ${this.fault}.`;
  }
}

/**
 * The value of a JSON text. A byte order mark at its beginning is ignored (RFC 8259, section 8.1).
 * @throws JsonFault unless it is JSON without duplicate members, at most 32 levels deep
 */
export function parseStrictJson(marked: string): unknown {
  const text = marked.charCodeAt(0) === 0xfeff ? marked.slice(1) : marked;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new JsonFault(`is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
  // Of two members with the same name most parsers keep the last, some the first: a decision must not depend on it.
  if (countMembers(value, 0) !== countNames(text)) throw duplicateIn(text);
  return value;
}

/** Members of all objects in a parsed value. */
function countMembers(value: unknown, level: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (level === levelsMax) throw new JsonFault(`is nested deeper than ${levelsMax} levels`);
  let members = 0;
  if (Array.isArray(value)) {
    for (const element of value) members += countMembers(element, level + 1);
    return members;
  }
  for (const name in value) {
    members += 1 + countMembers((value as Readonly<Record<string, unknown>>)[name], level + 1);
  }
  return members;
}

/** Strings in a JSON text that a colon follows: the names of members, duplicates included. */
function countNames(json: string): number {
  let names = 0;
  let start = json.indexOf('"');
  while (start !== -1) {
    let next = endOfString(json, start) + 1;
    while (isBlank(json.charCodeAt(next))) next += 1;
    if (json.charCodeAt(next) === 0x3a) names += 1;
    start = json.indexOf('"', next);
  }
  return names;
}

/** The place of the quote that ends the string which begins at `start`. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end;
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0;
  while (json.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes += 1;
  return backslashes % 2 === 1;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Reads the text once more, slowly, to name the duplicate. */
function duplicateIn(json: string): JsonFault {
  const open: { readonly names: Set<string> | undefined; member: string | number }[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const code = json[at];
    const top = open.at(-1);
    if (code === '{') open.push({ names: new Set(), member: '' });
    else if (code === '[') open.push({ names: undefined, member: 0 });
    else if (code === '}' || code === ']') open.pop();
    else if (code === ',' && typeof top?.member === 'number') top.member += 1;
    else if (code === '"') {
      const end = endOfString(json, at);
      let next = end + 1;
      while (isBlank(json.charCodeAt(next))) next += 1;
      if (json[next] === ':' && top?.names !== undefined) {
        const name = JSON.parse(json.slice(at, end + 1)) as string;
        top.member = name;
        if (top.names.has(name)) {
          const pointer = open
            .map(({ member }) => `/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`)
            .join('');
          const message = `${name} appears more than once in its object`;
          return new JsonFault(`has a duplicate member: ${message}`, { pointer, message });
        }
        top.names.add(name);
      }
      at = end;
    }
  }
  return new JsonFault('has a duplicate member');
}

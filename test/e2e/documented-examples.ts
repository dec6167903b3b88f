import { readFileSync } from 'node:fs';

/** A curl command of a page and the answer printed below it. */
export interface DocumentedExample {
  readonly line: number;
  readonly command: string;
  readonly answer: string;
}

/** Every block of shell that is one curl command, with the JSON block that follows it. */
export function examplesOf(file: string): readonly DocumentedExample[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/```sh\n(curl [\s\S]*?)\n```\n+```json\n([\s\S]*?)\n```/g)].map(({ index, 1: command = '', 2: answer = '' }) => {
    return { line: text.slice(0, index).split('\n').length, command, answer };
  });
}

/**
 * The hash of the rulebook may be printed as `sha256:…`. Everything else is compared as it stands: ids follow from the
 * exporter and the key, and the clock of the test stands still.
 */
const hash = /^sha256:(…|[0-9a-f]{64})$/;

/** An answer in the form in which two are compared. */
export function comparable(value: unknown, member = ''): unknown {
  if (Array.isArray(value)) return value.map((element) => comparable(element, member));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, comparable(inner, name)]));
  }
  return member === 'hash' && typeof value === 'string' && hash.test(value) ? 'sha256:…' : value;
}

/** The anchors of a page, as GitHub makes them of its headings. */
export function anchorsOf(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => {
    return heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
  });
}

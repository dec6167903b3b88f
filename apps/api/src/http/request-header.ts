import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from '#wire';
import { invalid, Problem } from './problem.js';

/** A header that operations take, for the OpenAPI document. The schema is JSON Schema. */
interface HeaderText {
  readonly about: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

const position = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

/** The headers that operations declare. Each has one value. */
export const headerTexts = {
  'Idempotency-Key': {
    about: 'New for each decision, the same for a retry.',
    schema: { type: 'string', minLength: 8, maxLength: 200, pattern: '^[ -~]+$' },
  },
  'If-Match': {
    about: 'The ETag of the reservation, several of which it must have one, or *. Weak tags count as strong ones.',
    schema: { type: 'string', pattern: '^(\\*|.*"(0|[1-9][0-9]{0,14})(-[a-z]+)?".*)$' },
  },
  'Min-Position': { about: 'Wait up to two seconds until the answer reflects this position.', schema: position },
  'Last-Event-ID': { about: 'The last id seen before the connection broke.', schema: position },
} as const satisfies Readonly<Record<string, HeaderText>>;

export type DeclaredHeader = keyof typeof headerTexts;

/** Read on every path, besides what operations declare. */
const everywhere = ['Authorization', 'Content-Encoding', 'Content-Type', 'Host'] as const;

type SingleHeader = DeclaredHeader | (typeof everywhere)[number];

/** Lists: given several times they are one longer list. */
type ListHeader = 'accept' | 'accept-encoding' | 'if-none-match';

/** The headers that may be read: those that `refuseRepeated` watches, and lists. */
export type RequestHeaders = Readonly<Partial<Record<Lowercase<SingleHeader> | ListHeader, IncomingHttpHeaders[string]>>>;

/** By name in lower case, as it is written. */
const single = new Map<string, SingleHeader>(
  ([...(Object.keys(headerTexts) as DeclaredHeader[]), ...everywhere] as const).map((name) => [name.toLowerCase(), name]),
);

/**
 * Refuses a request that gives a header of one value more than once, equal or not. Looks at the raw headers: of the
 * others Node has joined the values, which makes another value, or dropped all but the first.
 * @throws Problem (400) that names each such header; `idempotency-key-invalid` if it is the Idempotency-Key
 */
export function refuseRepeated(request: { readonly rawHeaders: readonly string[]; readonly headers: object }): void {
  const { rawHeaders, headers } = request;
  let distinct = 0;
  for (const _ in headers) distinct += 1;
  // Most requests repeat none at all.
  if (rawHeaders.length === distinct * 2) return;
  const [first, ...more] = repeatedOf(rawHeaders);
  if (first === undefined) return;
  const faults: [Fault, ...Fault[]] = [faultOf(first), ...more.map(faultOf)];
  if (first !== 'Idempotency-Key') throw invalid(faults);
  throw new Problem('idempotency-key-invalid', 'The Idempotency-Key is given more than once: send the header once.', {
    errors: faults,
  });
}

/** In the order of the table. */
function repeatedOf(rawHeaders: readonly string[]): readonly SingleHeader[] {
  const counts = new Map<string, number>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...single].flatMap(([name, header]) => ((counts.get(name) ?? 0) > 1 ? [header] : []));
}

function faultOf(name: SingleHeader): Fault {
  return { in: 'header', pointer: `/${name}`, message: `${name} is given more than once: send it once` };
}

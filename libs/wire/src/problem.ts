import type { Body } from './answers/body.js';
import { problemTable, type ProblemCode } from './problem-table.js';

/** What a problem says besides what its code says: `errors`, `available`, ... */
export type ProblemMembers = Partial<Body<'Problem'>>;

/** A part of the request that is at fault. */
export type Fault = NonNullable<Body<'Problem'>['errors']>[number];

/** The body of an error (RFC 9457). */
export function problemBody(code: ProblemCode, detail: string, members?: ProblemMembers): Body<'Problem'> {
  const { status, title } = problemTable[code];
  return { type: `/problems/${code}`, title, status, detail, code, ...members };
}

import { problemTable, type ProblemCode } from './problem-table.js';

/** A part of the request that is at fault. `in` is left out for members of the body. */
export interface Fault {
  /** A JSON pointer into the body, or `/<name>` of the parameter or header. */
  readonly pointer: string;
  readonly message: string;
  readonly in?: 'query' | 'header' | 'path';
}

/** The body of an error (RFC 9457). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly [member: string]: unknown;
}

/** @param members what the code carries besides: `errors`, `available`, ... */
export function problemBody(
  code: ProblemCode,
  detail: string,
  members?: Readonly<Record<string, unknown>>,
): ProblemBody {
  const { status, title } = problemTable[code];
  return { type: `/problems/${code}`, title, status, detail, code, ...members };
}

/** Thrown anywhere at the edge, answered by `ProblemFilter`. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly members: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }

  get status(): number {
    return problemTable[this.code].status;
  }

  get body(): ProblemBody {
    return problemBody(this.code, this.detail, this.members);
  }
}

/** A 400 that names what is at fault; the detail is its first message. */
export function invalid(faults: readonly [Fault, ...Fault[]]): Problem {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new Problem('invalid-request', first.message + more, { errors: faults });
}

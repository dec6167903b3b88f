import { problemBody, problemTable, type Body, type Fault, type ProblemCode, type ProblemMembers } from '#wire';

/** Thrown anywhere at the edge, answered by `ProblemFilter`. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly members: ProblemMembers = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }

  get status(): number {
    return problemTable[this.code].status;
  }

  get body(): Body<'Problem'> {
    return problemBody(this.code, this.detail, this.members);
  }
}

/** A 400 that names what is at fault; the detail is its first message. */
export function invalid(faults: readonly [Fault, ...Fault[]]): Problem {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new Problem('invalid-request', first.message + more, { errors: faults });
}

import type { components } from './generated/http-api.js';

type Problem = components['schemas']['Problem'];

/** What the ledger answers instead of what was asked for, as an error: `status`, `code`, what happened and what to do. */
export class LedgerProblem extends Error {
  override readonly name = 'LedgerProblem';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  get status(): number {
    return this.problem.status;
  }

  /** As `insufficient-quota`: see `/problems/<code>` of the ledger. */
  get code(): Problem['code'] {
    return this.problem.code;
  }

  /** Of a request that is not valid: which members, and why. */
  get errors(): NonNullable<Problem['errors']> {
    return this.problem.errors ?? [];
  }
}

import type { DeterminationAnswer } from '#ledger';
import type { ProblemBody } from '../http/problem.js';
import { dutiesBody } from './duties.js';
import { balanceBody, type BalanceBody } from './line-balance.js';
import { refusalProblem } from './refusal-body.js';

/** What would become of a shipment; other members say why. */
export interface DeterminationBody {
  readonly line: string;
  readonly tpp: number;
  readonly debitedTpp: number;
  readonly balanceAfter: BalanceBody;
  readonly wouldBeRefused: ProblemBody | null;
  readonly [member: string]: unknown;
}

/** @param atMs when the shipment leaves: what the due dates hang on */
export function determinationBody(answer: DeterminationAnswer, atMs: number): DeterminationBody {
  const { determination, balanceAfter, refusal, nearMatches } = answer;
  const { route, line, routesConsidered, milliTpp, debitedMilliTpp, obligations, missingFacts } = determination;
  return {
    route,
    line,
    routesConsidered,
    tpp: milliTpp / 1000,
    debitedTpp: debitedMilliTpp / 1000,
    balanceAfter: balanceBody(balanceAfter),
    obligations: dutiesBody(obligations, atMs),
    missingFacts,
    nearMatches,
    wouldBeRefused:
      refusal &&
      refusalProblem(
        {
          code: refusal.code,
          line,
          requested: debitedMilliTpp / 1000,
          available: refusal.availableMilliTpp === null ? null : refusal.availableMilliTpp / 1000,
          reasons: refusal.reasons,
        },
        {},
      ),
  };
}

import type { DeterminationAnswer } from '#ledger';
import type { Body } from '#wire';
import { dutiesBody } from './duties.js';
import { balanceBody } from './line-balance.js';
import { refusalProblem } from './refusal-body.js';

/** @param atMs when the shipment leaves: what the due dates hang on */
export function determinationBody(answer: DeterminationAnswer, atMs: number): Body<'Determination'> {
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

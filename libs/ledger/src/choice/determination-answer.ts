import { decide } from '../line/decide.js';
import { roomFor } from '../line/line-state.js';
import { shownBalance } from '../line/shares.js';
import type { JudgedExport, JudgedReserve } from '../shipment/judge.js';
import type { LineHead } from '../lines/line-head.js';
import type { DeterminationAnswer, NearMatches } from '../requests/ledger-outcome.js';
import type { Rejected } from '../outcome/rejected.js';

/** What a reservation or a direct export would come to on its line as it is now. */
export function answerDetermination(
  { command, determination }: JudgedReserve | JudgedExport,
  { state, lastRecordedAt }: Pick<LineHead, 'state' | 'lastRecordedAt'>,
  nearMatches: readonly NearMatches[],
): DeterminationAnswer | Rejected {
  const decision = decide(command, { state, lastRecordedAt });
  if ('decided' in decision) return decision;
  const [draft] = decision;
  const availableMilliTpp = roomFor(state, command.shareLimits);
  const refusal =
    draft?.type === 'ReservationRefused' ? { code: draft.code, reasons: draft.reasons, availableMilliTpp } : null;
  const balanceAfter = draft ? shownBalance(draft.balanceMilliTpp, draft.shares) : shownBalance(state.balance, state.shares);
  return { determination, balanceAfter, refusal, nearMatches };
}

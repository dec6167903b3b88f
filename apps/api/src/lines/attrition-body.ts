import type { AttritionRecorded, Position, Revision } from '#ledger';
import type { Body } from '#wire';
import { balanceBody } from '../reservations/line-balance.js';

/** What attrition gave back, from its event alone. */
export function attritionBody(
  event: AttritionRecorded,
  line: string,
  revision: Revision,
  position: Position,
): Body<'Attrition'> {
  const { milliTpp, cause, occurredAt, reason, recordedAt, balanceMilliTpp } = event;
  return {
    line,
    tpp: milliTpp / 1000,
    cause,
    occurredAt,
    reason,
    recordedAt,
    revision,
    position: String(position),
    balance: balanceBody(balanceMilliTpp),
  };
}

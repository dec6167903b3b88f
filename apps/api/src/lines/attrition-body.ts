import type { AttritionRecorded, Position, Revision } from '#ledger';
import { balanceBody, type BalanceBody } from '../reservations/line-balance.js';

export interface AttritionBody {
  readonly line: string;
  readonly tpp: number;
  readonly cause: AttritionRecorded['cause'];
  readonly occurredAt: string;
  readonly reason: string;
  readonly recordedAt: string;
  readonly revision: Revision;
  readonly position: string;
  readonly balance: BalanceBody;
}

/** What attrition gave back, from its event alone. */
export function attritionBody(
  event: AttritionRecorded,
  line: string,
  revision: Revision,
  position: Position,
): AttritionBody {
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

import type { Balance, LineEvent, OnLine, RecordedShares } from './line-event.js';
import type { LoggedEvent } from './logged-event.js';
import { levelsAfter, type Level } from './open-levels.js';
import type { Thresholds } from './read-event.js';

/** A line right after one of its events, with the members that stored views have. Amounts in thousandths of TPP. */
export interface LineState extends Pick<OnLine, 'recordedAt' | 'counts' | 'shares' | 'closedInto' | 'takenOver' | 'declared'> {
  readonly line: string;
  readonly revision: number;
  readonly position: number;
  readonly eventId: string;
  readonly balance: Balance;
  readonly suspended: boolean;
  /** When utilization reached the critical threshold, if it has not been below since. */
  readonly criticalSince: string | null;
  readonly exhaustedSince: string | null;
  /** Levels whose alert is open. */
  readonly openLevels: readonly Level[];
}

/** @param thresholds those in force at this place of the log; without any, no alert opens */
export function stateAfter(
  before: LineState | undefined,
  line: string,
  { id, revision, position }: LoggedEvent,
  event: LineEvent,
  thresholds: Thresholds | undefined,
): LineState {
  const { recordedAt, balanceMilliTpp, counts, suspended, shares, closedInto, takenOver, declared } = event;
  const used = utilization(tightest(balanceMilliTpp, shares));
  const since = (threshold: number | undefined, known: string | null | undefined): string | null =>
    used !== null && threshold !== undefined && used >= threshold ? (known ?? recordedAt) : null;
  return {
    line,
    revision,
    position,
    eventId: id,
    recordedAt,
    balance: balanceMilliTpp,
    counts,
    suspended: suspended === true,
    ...(shares && { shares }),
    ...(closedInto !== undefined && { closedInto }),
    ...(takenOver && { takenOver }),
    ...(declared && { declared }),
    criticalSince: since(thresholds?.critical, before?.criticalSince),
    exhaustedSince: since(thresholds?.exhausted, before?.exhaustedSince),
    openLevels: levelsAfter(before?.openLevels ?? [], used, thresholds),
  };
}

/** The amounts that answers show: of a line with shares those of what is outside of partner countries. */
export function shownBalance({ balance, shares }: LineState): Balance {
  return balanceIn(shares?.['outside-partners']) ?? balance;
}

/** The share of which the largest part is used; without shares the line itself. */
function tightest(balance: Balance, shares: RecordedShares | undefined): Balance {
  if (shares === undefined) return balance;
  const part = ({ limitMilliTpp, exported, reserved }: RecordedShares[string]): number =>
    exported + reserved === 0 ? 0 : (exported + reserved) / limitMilliTpp;
  const [first, ...others] = Object.values(shares);
  return balanceIn(first && others.reduce((least, share) => (part(share) > part(least) ? share : least), first)) ?? balance;
}

function balanceIn(share: RecordedShares[string] | undefined): Balance | undefined {
  return share && { allocation: share.limitMilliTpp, exported: share.exported, reserved: share.reserved };
}

/** The used part of the cap. Null without a cap, and where a cap of 0 is unused; 1 where a cap of 0 is used. */
function utilization({ allocation, exported, reserved }: Balance): number | null {
  const used = exported + reserved;
  if (allocation === null || (allocation === 0 && used === 0)) return null;
  return allocation === 0 ? 1 : used / allocation;
}

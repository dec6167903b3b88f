import { available, limitingBalance, shownBalance, type LineBalance, type Shares } from '#ledger';
import { utilizationOf, type LineView } from '#projections';
import { partsOfLine, type AlertThresholds } from '#rulebook';
import type { Body } from '#wire';
import { balanceBody } from '../reservations/line-balance.js';
import { lineStatus, roundedUtilization } from './line-status.js';

type ShareView = NonNullable<Body<'CompanyLineView'>['limits']>[number];

/** What an answer needs to know of a line; a view has it. */
export type KnownLineView = Omit<LineView, 'line' | 'position' | 'eventId' | 'openLevels' | 'recordedAt'> & {
  readonly recordedAt: string | null;
};

/** @throws Error if `line` is not the line of a company */
export function companyLineView(line: string, view: KnownLineView, thresholds: AlertThresholds): Body<'CompanyLineView'> {
  const { kind, holder, country = null, year = null } = partsOfLine(line) ?? {};
  if (kind === undefined || holder === undefined || holder === null) throw new Error(`Not a company's line: ${line}.`);
  const { balance, shares, counts, suspended, closedInto = null, takenOver = {} } = view;
  const limiting = limitingBalance(balance, shares);
  return {
    line,
    kind,
    holder,
    country,
    year,
    ...balanceBody(shownBalance(balance, shares)),
    // What a closed line has left is its survivor's.
    ...(closedInto !== null && { available: 0 }),
    utilization: roundedUtilization(utilizationOf(limiting)),
    status: lineStatus(limiting, suspended || closedInto !== null, thresholds),
    openReservations: counts.openReservations,
    exports: counts.exports,
    refusals: counts.refusals,
    lastEventAt: view.recordedAt,
    criticalSince: view.criticalSince,
    exhaustedSince: view.exhaustedSince,
    forecast: null,
    closedInto,
    takenOver: Object.entries(takenOver).map(([from, { reserved, exported }]) => ({
      line: from,
      reserved: reserved / 1000,
      exported: exported / 1000,
    })),
    ...(kind === 'uveu' && { limits: shareViews(shares ?? {}, closedInto !== null) }),
    revision: view.revision,
  };
}

/** The shares of a `uveu:` line, in TPP. A closed one has nothing left. */
export function shareViews(shares: Shares, isClosed: boolean): readonly ShareView[] {
  return Object.entries(shares).map(([scope, { limitMilliTpp, exported, reserved }]) => {
    const view = shareView(scope, { allocation: limitMilliTpp, exported, reserved });
    return isClosed ? { ...view, available: 0 } : view;
  });
}

function shareView(scope: string, balance: LineBalance): ShareView {
  const { allocation, exported, reserved } = balance;
  return {
    scope,
    limit: (allocation ?? 0) / 1000,
    used: (exported + reserved) / 1000,
    available: (available(balance) ?? 0) / 1000,
  };
}

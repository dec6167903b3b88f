import { available, limitingBalance, shownBalance, type LineBalance, type Shares } from '#ledger';
import type { LineView } from '#projections';
import { partsOfLine, type AlertThresholds, type LineKind } from '#rulebook';
import { balanceBody } from '../reservations/line-balance.js';
import { lineStatus, roundedUtilization, utilizationOf, type LineStatus } from './line-status.js';

/** A share of a `uveu:` line, in TPP. */
export interface ShareView {
  readonly scope: string;
  readonly limit: number;
  readonly used: number;
  readonly available: number;
}

/** What of a line's amounts is that of a closed line, in TPP. */
export interface TakenOverView {
  readonly line: string;
  readonly reserved: number;
  readonly exported: number;
}

/** The line of a company. Amounts in TPP; of a `uveu:` line those outside of partner countries. */
export interface CompanyLineView {
  readonly line: string;
  readonly kind: LineKind;
  readonly holder: string;
  /** Of an `nveu:` line. */
  readonly country: string | null;
  /** Of an `lpp:` line. */
  readonly year: number | null;
  readonly allocation: number | null;
  readonly reserved: number;
  readonly exported: number;
  readonly available: number | null;
  /** Share of the allocation that is used, to five decimals; of a `uveu:` line that of its tightest share. */
  readonly utilization: number | null;
  readonly status: LineStatus;
  readonly openReservations: number;
  readonly exports: number;
  readonly refusals: number;
  readonly lastEventAt: string | null;
  readonly criticalSince: string | null;
  readonly exhaustedSince: string | null;
  readonly forecast: null;
  /** The line that carries on the limit of a closed one. */
  readonly closedInto: string | null;
  readonly takenOver: readonly TakenOverView[];
  /** Only of `uveu:` lines. */
  readonly limits?: readonly ShareView[];
  /** Of its newest event; -1 before the first. */
  readonly revision: number;
}

/** What an answer needs to know of a line; a view has it. */
export type KnownLineView = Omit<LineView, 'line' | 'position' | 'eventId' | 'openLevels' | 'recordedAt'> & {
  readonly recordedAt: string | null;
};

/** @throws Error if `line` is not the line of a company */
export function companyLineView(line: string, view: KnownLineView, thresholds: AlertThresholds): CompanyLineView {
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

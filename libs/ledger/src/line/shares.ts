import { milliTpp, noTpp, type MilliTpp } from '#rulebook';
import type { LineBalance } from '../events/ledger-event.js';
import type { CountedAmounts, ShareAmounts, ShareLimits, Shares } from '../events/line-parts.js';

// The shares of a `uveu:` line: each counts the shipments that fall under it, and each has a limit of its own.

const untouched: ShareAmounts = { limitMilliTpp: noTpp, exported: noTpp, reserved: noTpp };

/** What a share has left; 0 where its limit was set below the use. */
export function roomInShare({ limitMilliTpp, exported, reserved }: ShareAmounts): MilliTpp {
  return Math.max(0, limitMilliTpp - exported - reserved) as MilliTpp;
}

/** The least that any of these shares has left; null where there are none: nothing limits such a shipment. */
export function roomInShares(shares: Shares | undefined, limits: ShareLimits): MilliTpp | null {
  let least: MilliTpp | null = null;
  for (const [scope, limitMilliTpp] of Object.entries(limits)) {
    const left = roomInShare({ ...(shares?.[scope] ?? untouched), limitMilliTpp });
    if (least === null || left < least) least = left;
  }
  return least;
}

/**
 * The shares after amounts moved in those of `scopes`. A share that counts for the first time begins with its limit.
 * @throws RangeError if an amount would fall below zero or leave the exact range
 */
export function movedInShares(
  shares: Shares = {},
  scopes: readonly string[],
  by: { readonly exportedBy: number; readonly reservedBy: number; readonly limits: ShareLimits | undefined },
): Shares {
  const after: Record<string, ShareAmounts> = { ...shares };
  for (const scope of scopes) {
    const { limitMilliTpp, exported, reserved } = shares[scope] ?? untouched;
    after[scope] = {
      limitMilliTpp: by.limits?.[scope] ?? limitMilliTpp,
      exported: milliTpp(exported + by.exportedBy),
      reserved: milliTpp(reserved + by.reservedBy),
    };
  }
  return after;
}

/** The shares under other limits. */
export function limitedAnew(shares: Shares = {}, limits: ShareLimits): Shares {
  const after: Record<string, ShareAmounts> = { ...shares };
  for (const [scope, limitMilliTpp] of Object.entries(limits)) {
    after[scope] = { ...(shares[scope] ?? untouched), limitMilliTpp };
  }
  return after;
}

/** The shares when a closed line's amounts `now` take the place of those `before`. */
export function takenOverInShares(
  shares: Shares = {},
  before: Readonly<Record<string, CountedAmounts>>,
  now: Readonly<Record<string, CountedAmounts>>,
  limits: ShareLimits | undefined,
): Shares {
  let after = shares;
  for (const scope of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const exportedBy = (now[scope]?.exported ?? 0) - (before[scope]?.exported ?? 0);
    const reservedBy = (now[scope]?.reserved ?? 0) - (before[scope]?.reserved ?? 0);
    after = movedInShares(after, [scope], { exportedBy, reservedBy, limits });
  }
  return after;
}

/** The limits that differ from those that the line has, undefined if none does. */
export function otherLimits(shares: Shares | undefined, limits: ShareLimits): ShareLimits | undefined {
  const other = Object.entries(limits).filter(([scope, limit]) => shares?.[scope]?.limitMilliTpp !== limit);
  return other.length === 0 ? undefined : Object.fromEntries(other);
}

/** The limits that the line has for these scopes. */
export function limitsOf(shares: Shares | undefined, scopes: readonly string[]): ShareLimits {
  return Object.fromEntries(scopes.map((scope) => [scope, shares?.[scope]?.limitMilliTpp ?? noTpp]));
}

/**
 * The amounts of a line as answers and views show them: on a line with shares those of what is outside of partner
 * countries, which has the limit that all destinations there have together.
 */
export function shownBalance(balance: LineBalance, shares: Shares | undefined): LineBalance {
  const share = shares?.['outside-partners'];
  return share === undefined ? balance : balanceOfShare(share);
}

/** The amounts that limit the line now: those of its tightest share, on a line without shares its own. */
export function limitingBalance(balance: LineBalance, shares: Shares | undefined): LineBalance {
  const share = tightestShare(shares);
  return share === undefined ? balance : balanceOfShare(share);
}

function balanceOfShare({ limitMilliTpp, exported, reserved }: ShareAmounts): LineBalance {
  return { allocation: limitMilliTpp, exported, reserved };
}

/** The share of which most is used, by part of its limit; undefined without shares. */
function tightestShare(shares: Shares | undefined): ShareAmounts | undefined {
  let tightest: ShareAmounts | undefined;
  for (const share of Object.values(shares ?? {})) {
    if (tightest === undefined || usedPart(share) > usedPart(tightest)) tightest = share;
  }
  return tightest;
}

/** A limit of 0 that is used is used up more than any other. */
function usedPart({ limitMilliTpp, exported, reserved }: ShareAmounts): number {
  const used = exported + reserved;
  if (limitMilliTpp === 0) return used === 0 ? 0 : Infinity;
  return used / limitMilliTpp;
}

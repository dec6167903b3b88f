import { milliTpp, noTpp, type MilliTpp } from '#rulebook';
import type { LineBalance } from '../events/line-event.js';
import type { CountedAmounts, ShareAmounts, ShareLimits, Shares } from '../events/line-parts.js';
import { noMovement, type Movement } from './movement.js';

// The shares of a `uveu:` line: each counts the shipments that fall under it, and each has a limit of its own.

/**
 * The share that counts the whole line: nothing that a line debits stays in the home country. So what is used of it is
 * the line's balance, whenever the share comes to be and whatever was counted before.
 */
export const shareOfAll = 'outside-home';

const untouched: ShareAmounts = { limitMilliTpp: noTpp, exported: noTpp, reserved: noTpp };

/** A share as it stands on a line with these amounts; one that counted nothing yet has no limit of its own. */
function shareOn(shares: Shares | undefined, scope: string, line: CountedAmounts): ShareAmounts {
  const share = shares?.[scope] ?? untouched;
  return scope === shareOfAll ? { ...share, exported: line.exported, reserved: line.reserved } : share;
}

/** What a share has left; 0 where its limit was set below the use. */
export function roomInShare({ limitMilliTpp, exported, reserved }: ShareAmounts): MilliTpp {
  return Math.max(0, limitMilliTpp - exported - reserved) as MilliTpp;
}

/**
 * The least that any of these shares has left; null where there are none: nothing limits such a shipment.
 * @param line the amounts of the whole line
 */
export function roomInShares(shares: Shares | undefined, limits: ShareLimits, line: CountedAmounts): MilliTpp | null {
  let least: MilliTpp | null = null;
  for (const [scope, limitMilliTpp] of Object.entries(limits)) {
    const left = roomInShare({ ...shareOn(shares, scope, line), limitMilliTpp });
    if (least === null || left < least) least = left;
  }
  return least;
}

/**
 * The shares after amounts moved in those of `scopes`. A share that counts for the first time begins with its limit.
 * @param line the amounts of the whole line after it
 * @throws RangeError if an amount would fall below zero or leave the exact range
 */
export function movedInShares(
  shares: Shares = {},
  scopes: readonly string[],
  by: Movement,
  limits: ShareLimits | undefined,
  line: CountedAmounts,
): Shares {
  const after: Record<string, ShareAmounts> = { ...shares };
  for (const scope of scopes) {
    const { limitMilliTpp, exported, reserved } = shares[scope] ?? untouched;
    const isCounted = scope !== shareOfAll;
    after[scope] = {
      limitMilliTpp: limits?.[scope] ?? limitMilliTpp,
      exported: isCounted ? milliTpp(exported + by.exported) : line.exported,
      reserved: isCounted ? milliTpp(reserved + by.reserved) : line.reserved,
    };
  }
  return withShareOfAll(after, line);
}

/** The shares of a line with these amounts, which that of the whole line follows, if there is one. */
function withShareOfAll(shares: Shares, line: CountedAmounts): Shares {
  return shareOfAll in shares ? { ...shares, [shareOfAll]: shareOn(shares, shareOfAll, line) } : shares;
}

/** The shares of a line with these amounts under other limits, without those of `ended`. */
export function limitedAnew(
  shares: Shares = {},
  limits: ShareLimits,
  line: CountedAmounts,
  ended: readonly string[] = [],
): Shares {
  const after: Record<string, ShareAmounts> = { ...shares };
  for (const [scope, limitMilliTpp] of Object.entries(limits)) {
    after[scope] = { ...shareOn(shares, scope, line), limitMilliTpp };
  }
  return Object.fromEntries(Object.entries(after).filter(([scope]) => !ended.includes(scope)));
}

/**
 * The shares when a closed line's amounts `now` take the place of those `before`.
 * @param line the amounts of the whole line after it
 */
export function takenOverInShares(
  shares: Shares = {},
  before: Readonly<Record<string, CountedAmounts>>,
  now: Readonly<Record<string, CountedAmounts>>,
  limits: ShareLimits | undefined,
  line: CountedAmounts,
): Shares {
  let after = limitedAnew(shares, limits ?? {}, line);
  for (const scope of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (scope === shareOfAll) continue;
    const { exported, reserved } = now[scope] ?? noMovement;
    const { exported: exportedBefore, reserved: reservedBefore } = before[scope] ?? noMovement;
    after = movedInShares(after, [scope], { exported: exported - exportedBefore, reserved: reserved - reservedBefore }, limits, line);
  }
  return withShareOfAll(after, line);
}

/** The scopes in which a shipment is counted now, if it was counted in these: in that of the whole line while there is one. */
export function scopesNow(scopes: readonly string[], shares: Shares | undefined): readonly string[] {
  const others = scopes.filter((scope) => scope !== shareOfAll);
  return shares?.[shareOfAll] === undefined ? others : [...others, shareOfAll];
}

/** The part of a line's state that says what limits it. */
interface Limited {
  readonly shares?: Shares;
  readonly closedInto?: string;
}

/**
 * The limits of the shares in which a line counts something: that of the whole line besides, while there is one. A closed
 * line keeps its limits, whatever its survivor declares: only a share that it counts for the first time takes one of `limits`.
 */
export function limitsNow(limits: ShareLimits, { shares, closedInto }: Limited): ShareLimits {
  if (closedInto !== undefined) {
    const scopes = scopesNow(Object.keys(limits), shares);
    return Object.fromEntries(scopes.map((scope) => [scope, shares?.[scope]?.limitMilliTpp ?? limits[scope] ?? noTpp]));
  }
  const whole = shares?.[shareOfAll];
  return whole === undefined || shareOfAll in limits ? limits : { ...limits, [shareOfAll]: whole.limitMilliTpp };
}

/** The limits that are news to the line, undefined if none is. */
export function otherLimits(line: Limited, limits: ShareLimits): ShareLimits | undefined {
  const other = Object.entries(limitsNow(limits, line)).filter(([scope, limit]) => line.shares?.[scope]?.limitMilliTpp !== limit);
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

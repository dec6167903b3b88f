import { milliTpp } from '#rulebook';
import type { ShareLimits } from '../events/line-parts.js';
import type { SetAllocation } from './line-command.js';
import { exportDirect, exportHold, given, hourMs, issued, item, reserve, start, type Scenario } from '../testing/line-scenario.js';
import { limitingBalance, shownBalance } from './shares.js';

// A `uveu:` line: no cap of its own, and shares that each permit so much.

const units = (quantity: number) => [item('chip', quantity, 1_000_000)];
const amount = (quantity: number) => milliTpp(quantity * 1_000_000);
/** 25 % outside of partner countries, 7 % in one of them. */
const toAE: ShareLimits = { 'outside-partners': amount(25), 'country:AE': amount(7) };
const toSA: ShareLimits = { 'outside-partners': amount(25), 'country:SA': amount(7) };

const hold = (id: string, quantity: number, shareLimits: ShareLimits) => reserve(id, units(quantity), { shareLimits });
const line = given(null);

/** `exported/reserved of limit` in units, by scope. */
function sharesOf({ state }: Scenario): Readonly<Record<string, string>> {
  const shares = Object.entries(state.shares ?? {}).map(([scope, { exported, reserved, limitMilliTpp }]) => {
    return [scope, `${exported / 1e6}/${reserved / 1e6} of ${limitMilliTpp / 1e6}`] as const;
  });
  return Object.fromEntries(shares);
}

function limitsAre(shareLimits: ShareLimits): SetAllocation {
  return { ...issued('limits'), type: 'SetAllocation', allocationMilliTpp: null, basis: 'rulebook', reason: 'declared anew', shareLimits };
}

describe('a line with shares', () => {
  it('counts a hold in every share that it falls under, and records the limits that are news', () => {
    const first = line.when(hold('a', 3, toAE));
    first.then({ type: 'QuotaReserved', scopes: ['outside-partners', 'country:AE'], shareLimits: toAE });
    expect(sharesOf(first.after)).toEqual({ 'outside-partners': '0/3 of 25', 'country:AE': '0/3 of 7' });
    const second = first.after.when(hold('b', 2, toAE));
    expect(second.events[0]).not.toHaveProperty('shareLimits');
    const third = second.after.when(hold('c', 4, toSA)).then({ shareLimits: { 'country:SA': amount(7) } });
    expect(sharesOf(third.after)).toEqual({ 'outside-partners': '0/9 of 25', 'country:AE': '0/5 of 7', 'country:SA': '0/4 of 7' });
  });

  it('refuses what does not fit one of them, with the least that is left', () => {
    const filled = line.when(hold('a', 5, toAE)).after;
    filled.when(hold('b', 3, toAE)).thenRefused('insufficient-quota', { availableMilliTpp: amount(2) });
    filled.when(exportDirect('b', units(3), { shareLimits: toAE })).thenRefused('insufficient-quota', { availableMilliTpp: amount(2) });
    filled.when(hold('b', 2, toAE)).then({ type: 'QuotaReserved' });
    const all = ['SA', 'IN', 'BR'].reduce(
      (before, country) => before.when(hold(country, 6, { 'outside-partners': amount(25), [`country:${country}`]: amount(7) })).after,
      filled,
    );
    all.when(hold('c', 3, { 'outside-partners': amount(25), 'country:EG': amount(7) })).thenRefused('insufficient-quota', { availableMilliTpp: amount(2) });
  });

  it('knows no limit where no share counts the shipment, and counts it all the same', () => {
    const after = line.when(hold('a', 1000, {})).andLine({ exported: 0, reserved: amount(1000), available: null }).after;
    expect(after.state.shares).toEqual({});
  });

  it('moves the same shares through exports, releases, lapses and reversals', () => {
    const held = line.when(hold('a', 6, toAE)).after;
    const part = held.when(exportHold('x', 'a', { of: 'items', items: [{ chip: 'chip', description: null, quantity: 2 }] })).after;
    expect(sharesOf(part)).toEqual({ 'outside-partners': '2/4 of 25', 'country:AE': '2/4 of 7' });
    const reversed = part.when({ ...issued('r'), type: 'Reverse', exportId: 'x', code: 'duplicate', reason: 'twice', credits: true, windowMs: null });
    expect(sharesOf(reversed.after)).toEqual({ 'outside-partners': '0/4 of 25', 'country:AE': '0/4 of 7' });
    const release = { ...issued('s'), type: 'Release', reservationId: 'a', expectedRevision: null, reason: null } as const;
    expect(sharesOf(part.when(release).after)).toEqual({ 'outside-partners': '2/0 of 25', 'country:AE': '2/0 of 7' });
    const lapse = { ...issued('l', start + hourMs), type: 'Lapse', reservationId: 'a' } as const;
    expect(sharesOf(part.when(lapse).after)).toEqual({ 'outside-partners': '2/0 of 25', 'country:AE': '2/0 of 7' });
  });

  it('lets a hold grow in the shares that counted it, as far as each of them has room', () => {
    const held = line.when(hold('a', 5, toAE)).after;
    const amend = (quantity: number) => {
      const list = units(quantity);
      const { determination } = reserve('a', list);
      return { ...issued('m'), type: 'Amend', reservationId: 'a', expectedRevision: null, items: { list, determination }, expiresAt: null, reference: undefined } as const;
    };
    held.when(amend(8)).thenRefused('insufficient-quota', { requestedMilliTpp: amount(3), availableMilliTpp: amount(2) });
    expect(sharesOf(held.when(amend(7)).after)).toEqual({ 'outside-partners': '0/7 of 25', 'country:AE': '0/7 of 7' });
    expect(sharesOf(held.when(amend(1)).after)).toEqual({ 'outside-partners': '0/1 of 25', 'country:AE': '0/1 of 7' });
  });

  it('follows the limits of what the company declares: below the use nothing more passes', () => {
    const held = line.when(hold('a', 5, toAE)).after;
    held.when(limitsAre(toAE)).then();
    const lower = { 'outside-partners': amount(20), 'country:AE': amount(4) };
    const lowered = held.when(limitsAre(lower)).then({ type: 'AllocationSet', allocationMilliTpp: null, shareLimits: lower }).after;
    expect(sharesOf(lowered)).toEqual({ 'outside-partners': '0/5 of 20', 'country:AE': '0/5 of 4' });
    lowered.when(hold('b', 1, lower)).thenRefused('insufficient-quota', { availableMilliTpp: 0 });
  });

  it('is shown by what is outside of partner countries, and is as tight as its tightest share', () => {
    const { balance, shares } = line.when(hold('a', 5, toAE)).after.state;
    expect(shownBalance(balance, shares)).toEqual({ allocation: amount(25), exported: 0, reserved: amount(5) });
    expect(limitingBalance(balance, shares)).toEqual({ allocation: amount(7), exported: 0, reserved: amount(5) });
    expect(shownBalance(balance, undefined)).toBe(balance);
    expect(limitingBalance(balance, undefined)).toBe(balance);
  });
});

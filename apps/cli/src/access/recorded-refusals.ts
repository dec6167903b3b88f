import type { RefusalCode } from '#ledger';

/** A new refusal does not compile until it is listed here. */
const refusals: Readonly<Record<RefusalCode, true>> = {
  'outside-quota-period': true,
  'no-allocation': true,
  'route-not-applicable': true,
  'line-suspended': true,
  'insufficient-quota': true,
};

/** What the ledger records as an event when it says no. Any other "no" leaves nothing behind. */
export const recordedRefusals: ReadonlySet<string> = new Set(Object.keys(refusals));

import type { LineBalance } from '#ledger';

/**
 * Share of the cap that is used: (exported + reserved) / allocation. Null on a line without a cap and on one whose cap
 * is 0 while nothing is used. Where the cap is 0 and something is used, all of it is: 1.
 */
export function utilizationOf(balance: LineBalance): number | null {
  const { allocation, exported, reserved } = balance;
  if (allocation === null) return null;
  const used = exported + reserved;
  if (allocation === 0) return used === 0 ? null : 1;
  return used / allocation;
}

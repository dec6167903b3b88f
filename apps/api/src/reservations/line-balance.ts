import { available, type LineBalance } from '#ledger';

/** The amounts of a line in TPP. */
export interface BalanceBody {
  readonly allocation: number | null;
  readonly reserved: number;
  readonly exported: number;
  readonly available: number | null;
}

export function balanceBody(balance: LineBalance): BalanceBody {
  const left = available(balance);
  return {
    allocation: balance.allocation === null ? null : balance.allocation / 1000,
    reserved: balance.reserved / 1000,
    exported: balance.exported / 1000,
    available: left === null ? null : left / 1000,
  };
}

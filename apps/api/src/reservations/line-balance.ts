import { available, type LineBalance } from '#ledger';
import type { Body } from '#wire';

export function balanceBody(balance: LineBalance): Body<'Balance'> {
  const left = available(balance);
  return {
    allocation: balance.allocation === null ? null : balance.allocation / 1000,
    reserved: balance.reserved / 1000,
    exported: balance.exported / 1000,
    available: left === null ? null : left / 1000,
  };
}

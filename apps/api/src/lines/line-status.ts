import type { LineBalance } from '#ledger';
import { utilizationOf } from '#projections';
import type { AlertThresholds } from '#rulebook';
import type { LineStatus } from '#wire';

/** To five decimals, but never rounded up to a full cap. */
export function roundedUtilization(utilization: number | null): number | null {
  if (utilization === null) return null;
  const near = Math.round(utilization * 1e5) / 1e5;
  return utilization < 1 && near >= 1 ? 0.99999 : near;
}

/** In this precedence: suspended, then what the amounts say. */
export function lineStatus(
  balance: LineBalance,
  suspended: boolean,
  thresholds: AlertThresholds,
  embargoed = false,
): LineStatus {
  if (suspended) return 'suspended';
  if (embargoed) return 'no-allocation';
  if (balance.allocation === null) return 'no-cap';
  if (balance.allocation === 0) return 'exhausted';
  const used = utilizationOf(balance) ?? 0;
  if (used >= thresholds.exhausted) return 'exhausted';
  if (used >= thresholds.critical) return 'critical';
  return used >= thresholds.watch ? 'watch' : 'open';
}

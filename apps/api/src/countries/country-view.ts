import type { LineBalance, LineCounts } from '#ledger';
import {
  countryName,
  lineOfCountry,
  type AlertThresholds,
  type CompiledRulebook,
  type DestinationGroup,
} from '#rulebook';
import { balanceBody } from '../reservations/line-balance.js';

export const countryStatuses = [
  'open',
  'watch',
  'critical',
  'exhausted',
  'suspended',
  'no-cap',
  'no-allocation',
] as const;
export type CountryStatus = (typeof countryStatuses)[number];

export interface CountryView {
  readonly country: string;
  readonly name: string;
  readonly group: DestinationGroup;
  readonly line: string;
  readonly allocation: number | null;
  readonly reserved: number;
  readonly exported: number;
  readonly available: number | null;
  /** Share of the allocation that is used, to five decimals. */
  readonly utilization: number | null;
  readonly status: CountryStatus;
  readonly openReservations: number;
  readonly exports: number;
  readonly refusals: number;
  readonly lastEventAt: string | null;
  readonly criticalSince: string | null;
  readonly exhaustedSince: string | null;
  readonly forecast: null;
}

/** A line at some moment, whether now or long ago. */
export interface LineThen {
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: string;
  readonly balance: LineBalance;
  readonly counts: LineCounts;
  readonly suspended: boolean;
  readonly criticalSince: string | null;
  readonly exhaustedSince: string | null;
}

/** @param line undefined for a line without history: it has the cap that the rulebook grants at `atMs` */
export function countryView(
  country: string,
  line: LineThen | undefined,
  rulebook: CompiledRulebook,
  atMs: number,
): CountryView {
  const group = rulebook.groupOf(country, atMs);
  const balance: LineBalance = line?.balance ?? untouched(rulebook, country, atMs);
  const amounts = balanceBody(balance);
  const utilization = utilizationOf(balance, group);
  return {
    country,
    name: countryName(country) ?? country,
    group,
    line: lineOfCountry(country),
    allocation: amounts.allocation,
    reserved: amounts.reserved,
    exported: amounts.exported,
    available: amounts.available,
    utilization: utilization === null ? null : rounded(utilization),
    status: statusOf(balance, group, utilization, line?.suspended ?? false, rulebook.document.alerts),
    openReservations: line?.counts.openReservations ?? 0,
    exports: line?.counts.exports ?? 0,
    refusals: line?.counts.refusals ?? 0,
    lastEventAt: line?.recordedAt ?? null,
    criticalSince: line?.criticalSince ?? null,
    exhaustedSince: line?.exhaustedSince ?? null,
    forecast: null,
  };
}

function untouched(rulebook: CompiledRulebook, country: string, atMs: number): LineBalance {
  const none = 0 as LineBalance['exported'];
  return { allocation: rulebook.allocationOf(country, atMs), exported: none, reserved: none };
}

/** Null where there is no cap to use up. A cap of 0 that is used is used up. */
function utilizationOf({ allocation, exported, reserved }: LineBalance, group: DestinationGroup): number | null {
  if (allocation === null || group === 'embargoed') return null;
  const used = exported + reserved;
  if (allocation === 0) return used === 0 ? null : 1;
  return used / allocation;
}

/** To five decimals, but never rounded up to a full cap. */
function rounded(utilization: number): number {
  const near = Math.round(utilization * 1e5) / 1e5;
  return utilization < 1 && near >= 1 ? 0.99999 : near;
}

/** In this precedence: suspended, then what the amounts say. */
function statusOf(
  { allocation }: LineBalance,
  group: DestinationGroup,
  utilization: number | null,
  suspended: boolean,
  thresholds: AlertThresholds,
): CountryStatus {
  if (suspended) return 'suspended';
  if (group === 'embargoed') return 'no-allocation';
  if (allocation === null) return 'no-cap';
  if (allocation === 0) return 'exhausted';
  const share = utilization ?? 0;
  if (share >= thresholds.exhausted) return 'exhausted';
  if (share >= thresholds.critical) return 'critical';
  return share >= thresholds.watch ? 'watch' : 'open';
}

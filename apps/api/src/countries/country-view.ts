import type { LineBalance } from '#ledger';
import { utilizationOf, type LineThen } from '#projections';
import {
  countryName,
  lineOfCountry,
  type CompiledRulebook,
} from '#rulebook';
import type { Body } from '#wire';
import { lineStatus, roundedUtilization } from '../lines/line-status.js';
import { balanceBody } from '../reservations/line-balance.js';

/** @param line undefined for a line without history: it has the cap that the rulebook grants at `atMs` */
export function countryView(
  country: string,
  line: LineThen | undefined,
  rulebook: CompiledRulebook,
  atMs: number,
): Body<'CountryView'> {
  const group = rulebook.groupOf(country, atMs);
  const territoryOf = rulebook.territories.of(country)?.of ?? null;
  const hasNoAllocation = group === 'embargoed' || rulebook.lineOf(country, atMs) !== lineOfCountry(country);
  const balance: LineBalance = line?.balance ?? untouched(rulebook, country, atMs);
  const amounts = balanceBody(balance);
  const utilization = hasNoAllocation ? null : utilizationOf(balance);
  return {
    country,
    name: countryName(country) ?? country,
    group,
    territoryOf,
    line: lineOfCountry(country),
    allocation: amounts.allocation,
    reserved: amounts.reserved,
    exported: amounts.exported,
    available: amounts.available,
    utilization: roundedUtilization(utilization),
    status: lineStatus(balance, line?.suspended ?? false, rulebook.document.alerts, hasNoAllocation),
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

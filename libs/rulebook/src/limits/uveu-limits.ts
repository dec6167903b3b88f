import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { milliTpp, type MilliTpp } from '../milli-tpp.js';
import { readingOf } from '../document/readings.js';

/** One share of what a UVEU company owns. A shipment must fit every one that its destination falls under. */
export interface UveuLimit {
  /** `outside-partners`, `country:AE` or `outside-home`. */
  readonly scope: string;
  readonly limit: MilliTpp;
  readonly percent: number;
  readonly citation: string;
}

/** What the shares are measured over. */
export interface UveuCompany {
  /** TPP of circuits at the level of 3A090.a that the company, its parents and subsidiaries own. */
  readonly declaredMilliTpp: MilliTpp;
  readonly headquarters: string;
}

/**
 * The limits that a shipment to `destination` must fit: 25 % outside of Supplement No. 5(a) together and 7 % in the
 * one country, 50 % outside of the United States for companies headquartered there (15 CFR Part 748, Supp. 10,
 * paragraph 6). Empty where none applies. Shares are rounded down to a thousandth of TPP.
 * Undefined for a rulebook without UVEU.
 */
export function uveuLimits(
  rulebook: CompiledRulebook,
  company: UveuCompany,
  destination: string,
  atMs: number,
): readonly UveuLimit[] | undefined {
  if (rulebook.route('uveu') === undefined) return undefined;
  return limitsOf(uveuShares(rulebook, company.headquarters, destination, atMs), company.declaredMilliTpp);
}

/** A share before it is known of how much. */
export type UveuShare = Omit<UveuLimit, 'limit'>;

/** What the shares permit under a declared total. */
export function limitsOf(shares: readonly UveuShare[], declaredMilliTpp: MilliTpp): readonly UveuLimit[] {
  return shares.map(({ scope, percent, citation }) => {
    return { scope, limit: shareOf(declaredMilliTpp, percent), percent, citation };
  });
}

/** The shares that limit a shipment to `destination`, before it is known of what; empty where none does. */
export function uveuShares(
  rulebook: CompiledRulebook,
  headquarters: string,
  destination: string,
  atMs: number,
): readonly UveuShare[] {
  const route = rulebook.route('uveu');
  if (route === undefined) return [];
  const share = (scope: string, parameter: string): UveuShare => ({
    scope,
    percent: route.number(parameter),
    citation: route.citationOf(parameter),
  });
  const group = rulebook.groupOf(destination, atMs);
  const shares: UveuShare[] = [];
  if (group !== 'partner' && group !== 'home') {
    shares.push(share('outside-partners', 'outsidePartnersPercent'));
    shares.push(share(`country:${rulebook.territories.treatedAs(destination)}`, 'singleCountryPercent'));
  }
  if (group !== 'home' && rulebook.groupOf(headquarters, atMs) === 'home') {
    shares.push(share('outside-home', 'outsideHomePercent'));
  }
  return shares;
}

/** What a scope of `uveuLimits` permits under a declared total. Undefined for another scope or without UVEU. */
export function uveuLimitOf(rulebook: CompiledRulebook, declaredMilliTpp: MilliTpp, scope: string): MilliTpp | undefined {
  const parameter = scope.startsWith('country:') ? 'singleCountryPercent' : parameterOf[scope];
  const route = rulebook.route('uveu');
  if (route === undefined || parameter === undefined) return undefined;
  return shareOf(declaredMilliTpp, route.number(parameter));
}

/**
 * Whether a share refuses what would pass it, whenever that is; else it is only measured on the reporting dates (reading
 * `uveuSharesBind`).
 */
export function shareBinds({ document }: CompiledRulebook, scope: string): boolean {
  const reading = readingOf(document, 'uveuSharesBind');
  if (reading === 'outside-home-on-reporting-dates') return scope !== 'outside-home';
  return reading !== 'on-reporting-dates';
}

const parameterOf: Readonly<Record<string, string>> = {
  'outside-partners': 'outsidePartnersPercent',
  'outside-home': 'outsideHomePercent',
};

/**
 * Rounded down. The product may leave the exact range although the share does not, so the total is taken in two parts; a
 * share of more than all of it is the largest amount there is at most.
 */
function shareOf(total: MilliTpp, percent: number): MilliTpp {
  const thousandths = Math.round(percent * 1000);
  const rest = total % wholeShare;
  const share = ((total - rest) / wholeShare) * thousandths + Math.floor((rest * thousandths) / wholeShare);
  return milliTpp(Math.min(share, Number.MAX_SAFE_INTEGER));
}

/** 100 percent in thousandths of a percent. */
const wholeShare = 100_000;

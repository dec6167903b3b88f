import { companySlug } from '../../names/company-slug.js';
import type { Reason, Shipment } from '../../determination.js';
import type { Party } from '../../consignee.js';
import { toTpp } from '../../milli-tpp.js';
import { lineOfLpp } from '../../limits/quota-lines.js';
import { readingOf } from '../../document/readings.js';
import { factOf } from '../../route-facts.js';
import { isPartner } from './aia.js';
import { ineligibleItem } from './ineligible-item.js';
import { isLevelBGroup } from '../level-b.js';
import type { Circumstances, RouteRule, Verdict } from '../route-rule.js';
import { applies, bars, consigneeNeeded, exceeds, lacks, type NeededFact } from '../verdicts.js';

const scope = '15 CFR 740.29(a)';

const definition = '15 CFR 740.29(h)(1)';
const consignee = consigneeNeeded('License Exception LPP has one limit for each ultimate parent', definition);
const parent: NeededFact = { ...consignee, fact: 'ultimateConsignee.ultimateParent' };
const parentName: NeededFact = { ...consignee, fact: 'ultimateConsignee.ultimateParent.name' };

const lacksConsignee = lacks('lpp', [consignee]);
const lacksParent = lacks('lpp', [parent]);

const noLine = bars('lpp', [
  {
    code: 'line-not-kept',
    text: 'Without a ledger nobody knows what the ultimate parent has received under License Exception LPP in the year.',
    citation: '15 CFR 740.29(d)',
  },
]);
const notShared = bars('lpp', [
  {
    code: 'sharing-not-allowed',
    text: 'Only a consignee headquartered in a partner country may apply items to the limit of their operator.',
    citation: scope,
  },
]);
const nothing: readonly Reason[] = [];

/**
 * License Exception LPP, 15 CFR 740.29: exports and reexports of at most 26,900,000 TPP per calendar year (UTC, of
 * the moment that counts) to one ultimate parent, over all exporters. Its line is `lpp:<parent>:<year>`.
 */
export const lpp: RouteRule = {
  route: 'lpp',
  consider(circumstances) {
    const { embargo, shipment } = circumstances;
    if (embargo.length > 0) return bars('lpp', embargo);
    if (shipment.consignee === undefined) return lacksConsignee;
    if (shipment.consignee.ultimateParent === undefined) return lacksParent;
    const reasons = barsOf(circumstances);
    if (reasons.length > 0) return bars('lpp', reasons);
    return onLine(circumstances, shipment.consignee.ultimateParent);
  },
};

function barsOf(circumstances: Circumstances): readonly Reason[] {
  const { rulebook, facts, needed, shipment, atMs } = circumstances;
  const isRestricted =
    isLevelBGroup(rulebook, shipment.destination, atMs) && readingOf(rulebook.document, 'lppInGroupsD1D4') !== 'usable';
  // 5A002.z is in the certification of LPP and not in its list: a reading says whether it is eligible.
  const isSecurityEligible = readingOf(rulebook.document, 'lppSecurityItems') === 'eligible';
  const ineligible = ineligibleItem(circumstances, 'lpp', isSecurityEligible ? '5A002.z' : undefined);
  if (facts === undefined && !isRestricted && ineligible === undefined && !needed.b && !needed.c) return nothing;
  const reasons: Reason[] = [];
  if (factOf(facts, 'inCountryTransfer') === true) {
    const text = 'License Exception LPP does not authorize transfers (in-country).';
    reasons.push({ code: 'in-country-transfer', text, citation: scope });
  }
  if (isRestricted) {
    const text = 'To D:1 and D:4 outside of A:5 and A:6 only listed licence exceptions reach; LPP is not listed.';
    reasons.push({ code: 'restricted-destination', text, citation: '15 CFR 740.2(a)(9)(ii)' });
  }
  if (ineligible !== undefined || needed.b || needed.c) {
    const what = ineligible ?? (needed.b ? '3A090.b' : '3A090.c');
    const text = `License Exception LPP does not take ${what}.`;
    reasons.push({ code: 'item-not-eligible', text, citation: '15 CFR 740.29(b)' });
  }
  return reasons;
}

function onLine(circumstances: Circumstances, ultimateParent: Party): Verdict {
  const { ports, parties, rulebook, atMs, debit } = circumstances;
  // Only a consignee headquartered in a partner country may apply the TPP to another entity's limit, and for LPP the
  // consignee is the ultimate parent.
  const headquarters = parties.parentHeadquarters ?? parties.consigneeHeadquarters;
  if (parties.operator !== null && !isPartner(rulebook.groupOf(headquarters, atMs))) return notShared;
  const operator = parties.operator?.party;
  const holder = operator?.ultimateParent ?? operator ?? ultimateParent;
  const company = ports.companies?.(holder)?.id ?? companySlug(holder.name);
  if (company === '') return lacks('lpp', [parentName]);
  if (ports.lines === undefined) return noLine;
  const line = lineOfLpp(company, atMs);
  const limit = rulebook.route('lpp')?.milliTpp('perYearTpp') ?? debit;
  const left = ports.lines(line, atMs) ?? limit;
  if (debit > left) {
    const text = `${toTpp(debit)} TPP do not fit: ${line} has ${toTpp(left)} of ${toTpp(limit)} TPP left.`;
    return exceeds('lpp', { code: 'exceeds-line', text, citation: '15 CFR 740.29(d)' }, line);
  }
  const text = `${toTpp(debit)} TPP fit: ${line} has ${toTpp(left)} of ${toTpp(limit)} TPP left.`;
  return applies('lpp', { code: 'within-yearly-limit', text, citation: '15 CFR 740.29(a) and (d)' }, true, line);
}

/**
 * The company whose yearly limit a shipment under LPP is applied to, as it is named: the ultimate parent of the operator
 * if one is stated, or the operator itself where it names none, else that of the consignee. 15 CFR 740.29(a), (h)(1).
 */
export function lppHolder({ consignee, facts }: Pick<Shipment, 'consignee' | 'facts'>): Party | undefined {
  const operator = factOf(facts, 'operator');
  return operator?.ultimateParent ?? operator ?? consignee?.ultimateParent;
}

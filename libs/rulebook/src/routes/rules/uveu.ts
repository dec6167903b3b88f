import type { Reason } from '../../determination.js';
import { noTpp, toTpp, type MilliTpp } from '../../milli-tpp.js';
import { lineOfUveu } from '../../limits/quota-lines.js';
import { limitsOf, shareBinds, uveuShares, type UveuShare } from '../../limits/uveu-limits.js';
import { isPartner } from './aia.js';
import type { RegisteredCompany } from '../ports.js';
import type { Circumstances, RouteRule, Verdict } from '../route-rule.js';
import { applies, bars, consigneeNeeded, exceeds, lacks } from '../verdicts.js';
import { authorisedCompany, barsOfUse } from './veu.js';

const eligible = '15 CFR 748.15(b)(2)(i)';
const shares = '15 CFR Part 748, Supplement No. 10, paragraph 6';

const noShares: readonly UveuShare[] = [];

const lacksConsignee = lacks('uveu', [consigneeNeeded('a UVEU is a company of its own', eligible)]);

const notPartner = bars('uveu', [
  {
    code: 'headquarters-not-partner',
    text: 'Neither the consignee nor its ultimate parent is headquartered in a partner country.',
    citation: eligible,
  },
]);

/**
 * Universal Data Center VEU, 15 CFR 748.15 with Supplement No. 10: companies of Supplement No. 5(a), data centres
 * anywhere but Macau and D:5, within shares of all that the company owns. Its line is `uveu:<company>`.
 */
export const uveu: RouteRule = {
  route: 'uveu',
  consider(circumstances) {
    const { embargo, shipment, rulebook, parties, atMs } = circumstances;
    if (embargo.length > 0) return bars('uveu', embargo);
    if (shipment.consignee === undefined) return lacksConsignee;
    const { consigneeHeadquarters, parentHeadquarters } = parties;
    const isEligible =
      isPartner(rulebook.groupOf(consigneeHeadquarters, atMs)) ||
      (parentHeadquarters !== null && isPartner(rulebook.groupOf(parentHeadquarters, atMs)));
    if (!isEligible) return notPartner;
    const barred = barsOfUse('uveu', circumstances);
    if (barred !== undefined) return barred;
    const company = authorisedCompany('uveu', circumstances);
    return 'considered' in company ? company : withinShares(circumstances, company);
  },
};

function withinShares({ rulebook, ports, shipment, atMs, debit }: Circumstances, company: RegisteredCompany): Verdict {
  const { declaredMilliTpp, headquarters } = company;
  const line = lineOfUveu(company.id);
  if (headquarters === null) {
    const why = 'companies headquartered in the home country have a share of their own';
    return lacks('uveu', [{ fact: `companies/${company.id}.headquarters`, why, citation: shares }]);
  }
  // No share limits what debits nothing, nor what stays in partner countries, unless the company is from the home country.
  const taken = debit > 0 ? uveuShares(rulebook, headquarters, shipment.destination, atMs) : noShares;
  if (declaredMilliTpp === null && taken.length > 0) {
    const why = 'the shares are of all the TPP that the company declares to own';
    return lacks('uveu', [{ fact: `companies/${company.id}.declaredTpp`, why, citation: shares }]);
  }
  if (ports.lines === undefined) {
    const text = 'Without a ledger nobody knows what the UVEU has where.';
    return bars('uveu', [{ code: 'line-not-kept', text, citation: shares }]);
  }
  const limits = limitsOf(taken, declaredMilliTpp ?? noTpp);
  const binding = limits.filter(({ scope }) => shareBinds(rulebook, scope));
  const beyond: Reason[] = [];
  for (const { scope, limit, percent, citation } of binding) {
    const left = least(limit, ports.lines(line, atMs, scope));
    if (debit <= left) continue;
    const share = `${percent} % (${toTpp(limit)} TPP) ${scope}`;
    const text = `${toTpp(debit)} TPP do not fit: of the ${share}, ${toTpp(left)} are left.`;
    beyond.push({ code: 'exceeds-line', text, citation });
  }
  const [first, ...others] = beyond;
  if (first !== undefined) {
    const verdict = exceeds('uveu', first, line);
    return { ...verdict, considered: { ...verdict.considered, reasons: [first, ...others] } };
  }
  const within = binding.map(({ percent, scope }) => `${percent} % ${scope}`).join(', ');
  const text =
    limits.length === 0 ? 'No share limits this shipment.'
    : binding.length === 0 ? 'The shares are only measured on the reporting dates.'
    : `It fits every share: ${within}.`;
  return applies('uveu', { code: 'within-shares', text, citation: shares }, true, line);
}

function least(limit: MilliTpp, left: MilliTpp | null): MilliTpp {
  return left !== null && left < limit ? left : limit;
}

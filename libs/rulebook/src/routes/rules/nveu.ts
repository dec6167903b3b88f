import { toTpp } from '../../milli-tpp.js';
import { lineOfNveu } from '../../limits/quota-lines.js';
import type { RegisteredCompany } from '../ports.js';
import type { Circumstances, RouteRule, Verdict } from '../route-rule.js';
import { applies, bars, consigneeNeeded, exceeds, lacks } from '../verdicts.js';
import { authorisedCompany, barsOfUse } from './veu.js';

const eligible = '15 CFR 748.15(b)(2)(ii)';

const lacksConsignee = lacks('nveu', [consigneeNeeded('an NVEU is a company of its own', eligible)]);

const outsideGroups = bars('nveu', [
  {
    code: 'not-in-eligible-group',
    text: 'Neither consignee nor ultimate parent is located or headquartered in Country Groups A, B or D:1 to D:4.',
    citation: eligible,
  },
]);

/**
 * National Data Center VEU, 15 CFR 748.15(a)(2)(iii): a company of Country Groups A, B, D:1 to D:4 in the country of
 * its authorisation, up to the installed base that the quarter permits. Its line is `nveu:<company>:<country>`.
 */
export const nveu: RouteRule = {
  route: 'nveu',
  consider(circumstances) {
    const { embargo, shipment, rulebook, parties, atMs } = circumstances;
    if (embargo.length > 0) return bars('nveu', embargo);
    if (shipment.consignee === undefined) return lacksConsignee;
    const { countryGroups, nveuGroups } = rulebook;
    const { consigneeCountry, consigneeHeadquarters, parentHeadquarters } = parties;
    const isEligible =
      countryGroups.isIn(nveuGroups, consigneeCountry, atMs) ||
      countryGroups.isIn(nveuGroups, consigneeHeadquarters, atMs) ||
      (parentHeadquarters !== null && countryGroups.isIn(nveuGroups, parentHeadquarters, atMs));
    if (!isEligible) return outsideGroups;
    const barred = barsOfUse('nveu', circumstances);
    if (barred !== undefined) return barred;
    const company = authorisedCompany('nveu', circumstances);
    return 'considered' in company ? company : withinSchedule(circumstances, company);
  },
};

function withinSchedule(circumstances: Circumstances, company: RegisteredCompany): Verdict {
  const { rulebook, ports, shipment, atMs, debit } = circumstances;
  const line = lineOfNveu(company.id, rulebook.territories.treatedAs(shipment.destination));
  const step = rulebook.nveuSchedule?.stepAt(atMs);
  const citation = step?.citation ?? '15 CFR 748.15(a)(2)(iii)(B)';
  if (ports.lines === undefined) {
    const text = 'Without a ledger nobody knows what the NVEU has installed in the country.';
    return bars('nveu', [{ code: 'line-not-kept', text, citation }]);
  }
  const limit = rulebook.nveuSchedule?.at(atMs) ?? debit;
  const left = ports.lines(line, atMs) ?? limit;
  const rest = `${line} has ${toTpp(left)} of ${toTpp(limit)} TPP left in ${step?.name ?? 'this quarter'}.`;
  if (debit > left) {
    return exceeds('nveu', { code: 'exceeds-line', text: `${toTpp(debit)} TPP do not fit: ${rest}`, citation }, line);
  }
  return applies('nveu', { code: 'within-schedule', text: `${toTpp(debit)} TPP fit: ${rest}`, citation }, true, line);
}

import type { Reason } from '../../determination.js';
import { calendarDaysBetween } from '../../dates/calendar-days.js';
import { instantMs } from '../../dates/instant.js';
import { factOf } from '../../route-facts.js';
import { isAuthorised } from '../../limits/veu-lines.js';
import type { RegisteredCompany, VeuAuthorisation } from '../ports.js';
import type { Circumstances, Verdict } from '../route-rule.js';
import { bars, lacks } from '../verdicts.js';

type Kind = VeuAuthorisation['kind'];

const use = '15 CFR 748.15(d)(2)';
const training = '15 CFR Part 748, Supplement No. 10, paragraph 7';

/** What bars any Data Center VEU: training for outsiders, transfers, and for a UVEU a new location without notice in time. */
export function barsOfUse(kind: Kind, { facts, rulebook, atMs }: Circumstances): Verdict | undefined {
  if (facts === undefined) return undefined;
  const reasons: Reason[] = [];
  if (factOf(facts, 'trainsWeightsForOutsiders') === true) {
    const text = 'A VEU may not train models of ECCN 4E091 outside of partner countries or for entities from outside.';
    reasons.push({ code: 'trains-weights-for-outsiders', text, citation: training });
  }
  if (factOf(facts, 'inCountryTransfer') === true && factOf(facts, 'betweenVeuSites') !== true) {
    const text = 'Transfers (in-country) go only to an authorised location of the same VEU (facts.betweenVeuSites).';
    reasons.push({ code: 'in-country-transfer', text, citation: `${use}(iii)` });
  }
  if (reasons.length > 0) return bars(kind, reasons);
  if (kind === 'nveu' || factOf(facts, 'newDataCenter') !== true) return undefined;
  const citation = '15 CFR 748.15(a)(2)(ii)(A)';
  const notice = factOf(facts, 'siteNoticeGivenAt');
  if (notice === undefined) {
    const why = 'a new data centre is notified in advance';
    return lacks(kind, [{ fact: 'facts.siteNoticeGivenAt', why, citation }]);
  }
  const days = rulebook.route('uveu')?.number('siteNoticeDays') ?? 0;
  if (calendarDaysBetween(instantMs(notice) ?? Infinity, atMs) >= days) return undefined;
  const text = `Notified on ${notice}: a new data centre is notified at least ${days} days before it receives items.`;
  return bars(kind, [{ code: 'notice-too-short', text, citation }]);
}

const noRegisterReason: Reason = {
  code: 'no-company-registry',
  text: 'Without a ledger nobody knows the validated end-users and their authorisations.',
  citation: '15 CFR 748.15(a)(1)',
};
const noRegister = { uveu: bars('uveu', [noRegisterReason]), nveu: bars('nveu', [noRegisterReason]) };

/** The company that is authorised: the consignee or its ultimate parent. A named operator needs its own. */
export function authorisedCompany(kind: Kind, circumstances: Circumstances): RegisteredCompany | Verdict {
  const { ports, shipment, facts } = circumstances;
  const citation = kind === 'uveu' ? '15 CFR 748.15(a)(2)(ii)' : '15 CFR 748.15(a)(2)(iii)';
  if (ports.companies === undefined) return noRegister[kind];
  const { consignee } = shipment;
  const candidates = [consignee, consignee?.ultimateParent];
  const holder = candidates
    .map((party) => (party === undefined ? null : (ports.companies?.(party) ?? null)))
    .find((company) => company !== null && isAuthorised(kind, company, shipment.destination, circumstances));
  if (holder === undefined || holder === null) {
    const where = kind === 'nveu' ? ` for ${shipment.destination}` : '';
    const text = `Neither the consignee nor its ultimate parent holds this authorisation${where} at the date.`;
    return bars(kind, [{ code: 'not-authorised', text, citation }]);
  }
  const operator = factOf(facts, 'operator');
  if (operator !== undefined) {
    const registered = ports.companies(operator);
    if (registered === null || !isAuthorised(kind, registered, shipment.destination, circumstances)) {
      const text = 'The operator differs from the owner and holds no such authorisation itself.';
      return bars(kind, [{ code: 'operator-not-authorised', text, citation }]);
    }
  }
  return holder;
}

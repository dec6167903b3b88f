import type { Reason } from '../../determination.js';
import { isBoundToPeriod, isOutsidePeriod, outsidePeriod } from '../../dates/quota-period.js';
import { readingOf } from '../../document/readings.js';
import { isPartner } from './aia.js';
import type { Circumstances, RouteRule, Verdict } from '../route-rule.js';
import { applies, bars } from '../verdicts.js';

const required = '15 CFR 742.6(a)(6)(iii)(A)';

const withinAllocation = applies(
  'licence',
  {
    code: 'within-allocation',
    text: "A licence is presumed approved up to the destination's allocation, which its TPP debits.",
    citation: `${required}; 742.6(b)(10)(iii)(B)(1)`,
  },
  true,
);

const partnerDestination = applies(
  'licence',
  {
    code: 'partner-destination',
    text: 'A licence to a partner destination is presumed approved; it is counted there, without a cap.',
    citation: `${required}; 742.6(b)(10)(iii)(A)(2)`,
  },
  true,
);

const partnerHeadquarters: Reason = {
  code: 'partner-headquarters',
  text:
    'A licence to a company that is headquartered in a partner country, or whose ultimate parent is, is presumed ' +
    'approved; it debits the destination.',
  citation: `${required}; 742.6(b)(10)(iii)(A)(2); 742.6(b)(10)(iii)(B)(1)`,
};
const ofPartnerCompany = applies('licence', partnerHeadquarters, true);
const ofPartnerCompanyFree = applies(
  'licence',
  {
    code: 'partner-headquarters',
    text:
      'A licence to a company that is headquartered in a partner country, or whose ultimate parent is, is presumed ' +
      'approved and draws on no allocation.',
    citation: `${required}; 742.6(b)(10)(iii)(A)(2)`,
  },
  false,
);

const ofPartnerCompanyBeyond = applies(
  'licence',
  {
    code: 'partner-headquarters-beyond-allocation',
    text:
      'A licence to a company that is headquartered in a partner country, or whose ultimate parent is, is presumed ' +
      'approved. It does not fit what is left of the allocation, and draws on nothing.',
    citation: `${required}; 742.6(b)(10)(iii)(A)(2)`,
  },
  false,
);

const belowLevelA = applies(
  'licence',
  {
    code: 'level-b-presumed-approved',
    text: 'A licence for items below the level of 3A090.a is presumed approved; it debits no allocation.',
    citation: '15 CFR 742.6(a)(6)(iii)(B); 742.6(b)(10)(iv)(A)',
  },
  false,
);

/** A licence, 15 CFR 742.6(a)(6)(iii): worldwide for items of 3A090.a, to some countries for those of 3A090.b. */
export const licence: RouteRule = {
  route: 'licence',
  consider(circumstances) {
    const { destinationGroup, embargo, needed } = circumstances;
    if (embargo.length > 0) return bars('licence', embargo);
    if (!needed.a) return belowLevelA;
    const verdict = destinationGroup === 'allocation' ? toAllocation(circumstances) : toPartner(circumstances);
    return withinPeriod(circumstances, verdict);
  },
};

/** Allocations are given for a period: before and after it no licence draws on one. 742.6(b)(10)(iii)(B)(1). */
function withinPeriod({ rulebook, shipment, atMs, debit }: Circumstances, verdict: Verdict): Verdict {
  if (!verdict.debits || !isOutsidePeriod(rulebook, atMs)) return verdict;
  const line = verdict.line ?? rulebook.lineOf(shipment.destination, atMs);
  if (rulebook.inForceMs === undefined || !isBoundToPeriod(rulebook, { line, debitedMilliTpp: debit }, atMs)) return verdict;
  return bars('licence', [outsidePeriod(rulebook, atMs)]);
}

/**
 * 742.6(b)(10)(iii)(A)(2) presumes approval for entities headquartered, or whose ultimate parent is headquartered, in a
 * partner country, anywhere; whether they debit is a reading.
 */
function toAllocation(circumstances: Circumstances): Verdict {
  const { rulebook, parties, shipment, atMs } = circumstances;
  const { consigneeHeadquarters, parentHeadquarters } = parties;
  const isPartners = (country: string | null): boolean =>
    country !== null && country !== shipment.destination && isPartner(rulebook.groupOf(country, atMs));
  if (!isPartners(consigneeHeadquarters) && !isPartners(parentHeadquarters)) return withinAllocation;
  const isFree = readingOf(rulebook.document, 'partnerHeadquarters') === 'debits-nothing';
  if (isFree) return ofPartnerCompanyFree;
  return isBeyondAllocation(circumstances) ? ofPartnerCompanyBeyond : ofPartnerCompany;
}

/** Whether the reading `partnerBeyondCap` approves what the line of the destination could not take. */
function isBeyondAllocation({ rulebook, ports, shipment, atMs, debit }: Circumstances): boolean {
  if (readingOf(rulebook.document, 'partnerBeyondCap') !== 'approved') return false;
  const left = ports.lines?.(rulebook.lineOf(shipment.destination, atMs), atMs) ?? null;
  return left !== null && debit > left;
}

/** A company of an allocation country in a partner country: whether it draws on the allocation at home is a reading. */
function toPartner({ rulebook, parties, atMs }: Circumstances): Verdict {
  if (readingOf(rulebook.document, 'otherHeadquarters') === 'licence-without-cap') return partnerDestination;
  const { parentHeadquarters, consigneeHeadquarters } = parties;
  const home = [parentHeadquarters, consigneeHeadquarters].find(
    (country) => country !== null && rulebook.groupOf(country, atMs) === 'allocation',
  );
  if (home === undefined || home === null) return partnerDestination;
  return applies('licence', withinAllocation.considered.reasons[0] as Reason, true, rulebook.lineOf(home, atMs));
}

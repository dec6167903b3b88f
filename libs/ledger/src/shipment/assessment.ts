import {
  checkRouteFacts,
  classifyItems,
  determine,
  isCountry,
  type ClassifiedItem,
  type CompiledRulebook,
  type DeterminationPorts,
  type Determined,
  type Party,
  type Reason,
} from '#rulebook';
import { itemKey } from '../line/fold-entries.js';
import { rejected, rejectedAt, type Rejected } from '../outcome/rejected.js';
import type { ShipmentRequest } from '../requests/ledger-request.js';
import { usualEnd } from './hold-terms.js';

/** A shipment whose items are classified and whose route is determined. */
export interface Assessment {
  readonly items: readonly ClassifiedItem[];
  readonly determination: Determined;
}

/**
 * Judges a shipment under the rulebook at the date that counts (milliseconds): of the request, or of the export.
 * Rejected: unknown destination or chip, the home country, a party in no country, an item that cannot be classified, an
 * item named twice, a fact of another form, facts that cannot both be true.
 */
export function assess(
  rulebook: CompiledRulebook,
  request: ShipmentRequest,
  when: number,
  ports?: DeterminationPorts,
): Assessment | Rejected {
  const { destination } = request;
  if (!isCountry(destination)) {
    return rejectedAt('unknown-destination', '/destination', `${destination} is not an ISO 3166-1 alpha-2 country code.`);
  }
  if (rulebook.groupOf(destination, when) === 'home') {
    const { of } = rulebook.territories.of(destination) ?? {};
    const is = of === undefined ? 'is the home country of the rulebook' : `is a territory of ${of}, the home country of the rulebook`;
    return rejectedAt('not-an-export', '/destination', `${destination} ${is}: a shipment within it is not an export.`);
  }
  const { items, problems } = classifyItems(rulebook, request.items);
  if (problems) return itemProblems(problems);
  const repeated = items.findIndex((item, index) => items.findIndex((other) => itemKey(other) === itemKey(item)) < index);
  if (repeated >= 0) {
    return rejectedAt('invalid-request', `/items/${repeated}`, `${itemKey(items[repeated] ?? {})} is named twice: add the quantities up.`);
  }
  const { consignee, route, facts } = request;
  const misstated = partyInNoCountry(request) ?? factOfNoForm(request);
  if (misstated) return misstated;
  const shipment = {
    destination,
    items,
    ...(consignee && { consignee }),
    ...(route && { route }),
    ...(facts && { facts }),
  };
  const determination = determine(rulebook, shipment, when, ports);
  return determination.contradictions.length > 0 ? contradictory(determination.contradictions) : { items: determination.items, determination };
}

function partyInNoCountry({ consignee, facts }: ShipmentRequest): Rejected | undefined {
  if (consignee === undefined && facts?.operator === undefined) return undefined;
  const parties: readonly (readonly [string, Party | undefined])[] = [
    ['/ultimateConsignee', consignee],
    ['/ultimateConsignee/ultimateParent', consignee?.ultimateParent],
    ['/facts/operator', facts?.operator],
    ['/facts/operator/ultimateParent', facts?.operator?.ultimateParent],
  ];
  const errors = parties.flatMap(([pointer, party]) =>
    (['country', 'headquarters'] as const).flatMap((member) => {
      const code = party?.[member];
      if (code === undefined || isCountry(code)) return [];
      return [{ pointer: `${pointer}/${member}`, message: `${code} is not an ISO 3166-1 alpha-2 country code.` }];
    }),
  );
  const [first] = errors;
  return first && { ...rejected('invalid-request', first.message), errors };
}

/** A determination takes a fact of another form for one that is missing: what was stated must never be passed over. */
function factOfNoForm({ facts }: ShipmentRequest): Rejected | undefined {
  if (facts === undefined) return undefined;
  const errors = checkRouteFacts(facts).map(({ member, message }) => ({ pointer: `/facts/${member}`, message }));
  const [first] = errors;
  return first && { ...rejected('invalid-request', first.message), errors };
}

/** Any answer would rest on a guess. */
function contradictory(reasons: readonly Reason[]): Rejected {
  return { ...rejected('contradictory-facts', reasons.map(({ text }) => text).join(' ')), reasons };
}

/** What a hold ends with at the latest: the quota period, where it is bound to it, and the licence that it stands for. */
export interface LatestEnd {
  readonly isBound: boolean;
  /** Infinity for a hold that ends with no licence. */
  readonly licenceEndMs: number;
}

/**
 * When a hold ends: as asked, else after the rulebook's days. What is bound to the quota period ends with it, at the
 * latest; once it is over nothing is checked of that, for it is refused anyway. What stands for a licence ends with it.
 * All in milliseconds.
 */
export function checkExpiry(
  rulebook: CompiledRulebook,
  asked: number | undefined,
  now: number,
  { isBound, licenceEndMs }: LatestEnd,
): number | Rejected {
  const endMs = isBound ? rulebook.period.endMs : Infinity;
  if (now >= endMs) return asked ?? now;
  if (asked === undefined) return Math.min(usualEnd(rulebook, now), endMs, licenceEndMs);
  if (asked <= now) return rejectedAt('invalid-request', '/expiresAt', 'The hold must end after now.');
  if (asked > licenceEndMs) {
    return rejectedAt('invalid-request', '/expiresAt', `The hold must end by ${new Date(licenceEndMs).toISOString()}: the licence that it stands for is valid for one year (15 CFR 750.7(g)).`);
  }
  if (asked > endMs) {
    return rejectedAt('invalid-request', '/expiresAt', `The hold must end by the end of the quota period, ${new Date(endMs).toISOString()}: what it draws on is given for that period.`);
  }
  return asked;
}

function itemProblems(problems: NonNullable<ReturnType<typeof classifyItems>['problems']>): Rejected {
  const [first] = problems;
  const code = first === undefined || first.problem === 'invalid' ? 'invalid-request' : first.problem;
  const errors = problems.map(({ index, member, message }) => ({ pointer: `/items/${index}${member && `/${member}`}`, message }));
  return { ...rejected(code, first?.message ?? ''), errors };
}

import { companySlug, countryName, type CompanyLookup, type WeightsConsignee } from '#rulebook';

/** A member of the request at fault, as a JSON pointer. */
interface PartyProblem {
  readonly pointer: string;
  readonly message: string;
}

interface StatedParty {
  readonly pointer: string;
  readonly name: string;
  readonly headquarters: string;
}

/**
 * Headquarters that cannot be as stated: one company has one, and a registered company has that of the register. They
 * decide the route and the review, so an export that is recorded must not rest on two of them.
 */
export function partyProblems(
  consignee: WeightsConsignee | undefined,
  companies: CompanyLookup | undefined,
): readonly PartyProblem[] {
  const parties = statedParties(consignee);
  const [first, second] = parties;
  const problems: PartyProblem[] = [];
  if (first && second && companySlug(first.name) === companySlug(second.name) && first.headquarters !== second.headquarters) {
    const both = `in ${countryName(first.headquarters)} and in ${countryName(second.headquarters)}`;
    problems.push({
      pointer: second.pointer,
      message: `consignee and ultimate parent are both ${second.name}, said to be headquartered ${both}`,
    });
  }
  for (const { pointer, name, headquarters } of parties) {
    const registered = companies?.({ name, headquarters });
    if (!registered?.headquarters || registered.headquarters === headquarters) continue;
    const stated = `${name} is said to be headquartered in ${countryName(headquarters)}`;
    const message = `${stated}; ${registered.name} is registered with headquarters in ${countryName(registered.headquarters)}`;
    problems.push({ pointer, message });
  }
  return problems;
}

/** The parties whose name and headquarters are both stated. */
function statedParties(consignee: WeightsConsignee | undefined): readonly StatedParty[] {
  const parent = consignee?.ultimateParent;
  const parties = [
    { at: '/consignee', party: consignee },
    { at: '/consignee/ultimateParent', party: typeof parent === 'object' ? parent : undefined },
  ];
  return parties.flatMap(({ at, party }) => {
    const { name, headquarters } = party ?? {};
    if (name === undefined || companySlug(name) === '') return [];
    if (headquarters === undefined || headquarters === 'unknown') return [];
    return [{ pointer: `${at}/headquarters`, name, headquarters }];
  });
}

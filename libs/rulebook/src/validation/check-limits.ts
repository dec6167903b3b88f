import { countryName } from '../countries/countries.js';
import { instantMs } from '../dates/instant.js';
import type { AllocationException, Rulebook } from '../document/rulebook.js';
import { warning, type RulebookFinding } from './findings.js';

/** What is doubtful about the limits of a valid rulebook: schedules, caps, shares and the moving floor of weights. */
export function limitFindings(rulebook: Rulebook): readonly RulebookFinding[] {
  return [
    ...schedules(rulebook),
    ...sharesAboveTheWhole(rulebook),
    ...floorThatFalls(rulebook),
    ...capsAboveCeiling(rulebook),
    ...capsThatGoDown(rulebook),
    ...capsOutside(rulebook),
  ];
}

function schedules({ routes = {}, period }: Rulebook): readonly RulebookFinding[] {
  const findings: RulebookFinding[] = [];
  for (const [route, { schedule = [] }] of Object.entries(routes)) {
    const steps = schedule
      .map((step, index) => ({ ...step, index, fromMs: msOf(step.from) }))
      .sort((a, b) => a.fromMs - b.fromMs);
    steps.forEach((step, place) => {
      const pointer = `/routes/${route}/schedule/${step.index}`;
      const before = steps[place - 1];
      if (before !== undefined && step.tpp < before.tpp) {
        const message = `goes down from ${before.tpp} TPP (${before.name}) to ${step.tpp} TPP (${step.name})`;
        findings.push(warning('schedule-goes-down', `${pointer}/tpp`, message));
      }
    });
    const [first] = steps;
    if (first !== undefined && first.fromMs > msOf(period.start)) {
      const message = `begins on ${first.from}: from ${period.start} until then nothing is permitted`;
      findings.push(warning('schedule-gap', `/routes/${route}/schedule`, message));
    }
  }
  return findings;
}

/** Shares of a Universal VEU's total: none is more than all of it, and one country's not more than all countries'. */
function sharesAboveTheWhole({ routes }: Rulebook): readonly RulebookFinding[] {
  const parameters = routes?.uveu?.parameters ?? {};
  const found: RulebookFinding[] = [];
  for (const name of ['outsidePartnersPercent', 'singleCountryPercent', 'outsideHomePercent']) {
    const value = parameters[name]?.value ?? 0;
    if (value <= 100) continue;
    found.push(warning('share-above-whole', `/routes/uveu/parameters/${name}/value`, `is above 100 percent: ${value}`));
  }
  const [together, single] = [parameters['outsidePartnersPercent']?.value, parameters['singleCountryPercent']?.value];
  if (together !== undefined && single !== undefined && single > together) {
    const message = `is more than outsidePartnersPercent (${together}), so it limits nothing: ${single}`;
    found.push(warning('share-without-effect', '/routes/uveu/parameters/singleCountryPercent/value', message));
  }
  return found;
}

/** Note 2 to 4E091 lets the floor rise only; an entry below an earlier one has no effect. */
function floorThatFalls({ weights }: Rulebook): readonly RulebookFinding[] {
  if (weights === undefined) return [];
  const entries = weights.movingFloor.entries
    .map((entry, index) => ({ ...entry, index, fromMs: msOf(entry.from) }))
    .sort((a, b) => a.fromMs - b.fromMs);
  return entries.flatMap(({ operations, index }, place) => {
    const before = entries[place - 1];
    if (before === undefined || operations >= before.operations) return [];
    const pointer = `/weights/movingFloor/entries/${index}/operations`;
    const message = `falls from ${before.operations} to ${operations} and has no effect: the floor only rises`;
    return [warning('floor-goes-down', pointer, message)];
  });
}

function capsAboveCeiling({ allocations: { ceiling, exceptions } }: Rulebook): readonly RulebookFinding[] {
  if (ceiling === undefined) return [];
  return exceptions.flatMap(({ country, tpp }, index) => {
    if (tpp <= ceiling.tpp) return [];
    const above = `above the ceiling of ${ceiling.tpp} (${ceiling.citation})`;
    const message = `of ${countryName(country)} is ${tpp} TPP, ${above}`;
    return [warning('cap-above-ceiling', `/allocations/exceptions/${index}/tpp`, message)];
  });
}

/** A cap lowered on a date leaves what was promised until then above it. */
function capsThatGoDown({ allocations }: Rulebook): readonly RulebookFinding[] {
  const { perCountryTpp, exceptions } = allocations;
  const sorted = exceptions.map((each, index) => ({ ...each, index })).sort((a, b) => fromMsOf(a) - fromMsOf(b));
  const capOf = new Map<string, number>();
  return sorted.flatMap(({ country, tpp, from, index }) => {
    const before = capOf.get(country) ?? perCountryTpp;
    capOf.set(country, tpp);
    if (from === undefined || tpp >= before) return [];
    const message = `of ${countryName(country)} goes down from ${before} TPP to ${tpp} TPP on ${from}`;
    return [warning('cap-goes-down', `/allocations/exceptions/${index}/tpp`, message)];
  });
}

function capsOutside({ allocations: { exceptions }, period }: Rulebook): readonly RulebookFinding[] {
  return exceptions.flatMap(({ country, from }, index) => {
    if (from === undefined || msOf(from) < msOf(period.end)) return [];
    const message = `never holds in the period: ${countryName(country)} from ${from}`;
    return [warning('cap-outside-period', `/allocations/exceptions/${index}/from`, message)];
  });
}

function fromMsOf({ from }: AllocationException): number {
  return from === undefined ? -Infinity : msOf(from);
}

function msOf(instant: string): number {
  return instantMs(instant) ?? NaN;
}

import { countries, countryName } from '../countries.js';
import { instantMs } from '../instant.js';
import { loadRulebook, RulebookInvalid } from '../load-rulebook.js';
import type { Rulebook } from '../rulebook.js';

/** What a reader of a rulebook should look at: an error stops the start, a warning does not. */
export interface RulebookFinding {
  readonly severity: 'error' | 'warning';
  /** A stable code: `schedule-goes-down`. */
  readonly code: string;
  /** A JSON pointer (RFC 6901), empty for the whole document. */
  readonly member: string;
  readonly message: string;
}

/**
 * Everything that is wrong or doubtful about a parsed rulebook file: what `loadRulebook` refuses (shape, gaps and
 * overlaps of dates) as errors, and as warnings countries without a group, chips without a source, limits that go down
 * or lie outside the period. Pure, and never throws.
 */
export function checkRulebook(document: unknown): readonly RulebookFinding[] {
  try {
    loadRulebook(document);
  } catch (error) {
    if (!(error instanceof RulebookInvalid)) throw error;
    return error.problems.map(({ member, message }) => ({ severity: 'error', code: 'invalid', member, message }));
  }
  const rulebook = document as Rulebook;
  return [
    ...countriesWithoutGroup(rulebook),
    ...embargoesThatDiffer(rulebook),
    ...chipsWithoutSource(rulebook),
    ...schedules(rulebook),
    ...floorThatFalls(rulebook),
    ...datesOutside(rulebook),
    ...capsAboveCeiling(rulebook),
  ];
}

function countriesWithoutGroup({ countryGroups, groups }: Rulebook): readonly RulebookFinding[] {
  if (countryGroups === undefined) return [];
  const members = countryGroups.flatMap((each) => each.countries);
  const grouped = new Set([...members, ...groups.map(({ country }) => country)]);
  const without = countries.filter(({ code }) => !grouped.has(code)).map(({ code }) => code);
  if (without.length === 0) return [];
  const message =
    `have no entry for ${without.length} countries, which fall to defaultGroup and are in no Country Group: ` +
    `${without.join(' ')}`;
  return [warning('country-without-group', '/countryGroups', message)];
}

/** Group D:5 and the destinations that `groups` embargoes say the same; Macau is embargoed by name. */
function embargoesThatDiffer({ countryGroups = [], groups }: Rulebook): readonly RulebookFinding[] {
  const spansOf = (entries: readonly { from?: string | undefined; until?: string | undefined }[]): string =>
    entries.map(({ from = '', until = '' }) => `${from}/${until}`).sort().join();
  const d5 = countryGroups.filter(({ group }) => group === 'D:5');
  if (d5.length === 0) return [];
  const findings: RulebookFinding[] = [];
  for (const { code } of countries) {
    if (code === 'MO') continue;
    const inD5 = spansOf(d5.filter((each) => each.countries.includes(code)));
    const embargoed = spansOf(groups.filter(({ country, group }) => country === code && group === 'embargoed'));
    if (inD5 === embargoed) continue;
    const spans = `embargoed ${embargoed || 'never'}, in D:5 ${inD5 || 'never'}`;
    const message = `and D:5 differ about ${countryName(code)}: ${spans}`;
    findings.push(warning('embargo-differs', '/groups', message));
  }
  return findings;
}

function chipsWithoutSource({ chips, systems = [] }: Rulebook): readonly RulebookFinding[] {
  const isNamed = (sources: string): boolean => /[\p{L}\p{N}]/u.test(sources);
  const findings: RulebookFinding[] = [];
  chips.forEach(({ id, status, sources }, index) => {
    if (!isNamed(sources)) findings.push(withoutSource(`/chips/${index}`, id));
    if (status !== 'VERIFIED') {
      findings.push(warning('chip-not-verified', `/chips/${index}/status`, `of ${id} is ${status}, not VERIFIED`));
    }
  });
  const known = new Set(chips.map(({ id }) => id));
  systems.forEach(({ id, parts, sources }, index) => {
    const missing = parts.find(({ chip }) => !known.has(chip))?.chip;
    if (missing !== undefined) {
      const message = `of ${id} has a part that is no chip of the catalogue, so it is left out: ${missing}`;
      findings.push(warning('system-without-chip', `/systems/${index}/parts`, message));
    }
    if (!isNamed(sources)) findings.push(withoutSource(`/systems/${index}`, id));
  });
  return findings;
}

function withoutSource(pointer: string, id: string): RulebookFinding {
  return warning('chip-without-source', `${pointer}/sources`, `of ${id} name none`);
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
      if (step.fromMs < msOf(period.start) || step.fromMs >= msOf(period.end)) {
        const message = `is outside the period, ${period.start} until before ${period.end}: ${step.from}`;
        findings.push(warning('schedule-outside-period', `${pointer}/from`, message));
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

function datesOutside({ groups, period }: Rulebook): readonly RulebookFinding[] {
  const findings: RulebookFinding[] = [];
  groups.forEach(({ country, from, until }, index) => {
    const isAfter = from !== undefined && msOf(from) >= msOf(period.end);
    const isBefore = until !== undefined && msOf(until) <= msOf(period.start);
    if (!isAfter && !isBefore) return;
    const span = `from ${from ?? 'ever'} until ${until ?? 'ever'}`;
    const message = `never holds in the period: ${countryName(country)} ${span}`;
    findings.push(warning('group-outside-period', `/groups/${index}`, message));
  });
  return findings;
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

function warning(code: string, member: string, message: string): RulebookFinding {
  return { severity: 'warning', code, member, message };
}

function msOf(instant: string): number {
  return instantMs(instant) ?? NaN;
}

import { builtInRulebook } from '../document/built-in-rulebook.js';
import { countries, countryName } from '../countries/countries.js';
import { instantMs } from '../dates/instant.js';
import { loadRulebook, RulebookInvalid } from '../document/load-rulebook.js';
import { readingOf } from '../document/readings.js';
import type { ReadingName, Rulebook } from '../document/rulebook.js';
import { Territories } from '../countries/territories.js';
import { catalogueFindings } from './check-catalogue.js';
import { limitFindings } from './check-limits.js';
import { warning, type RulebookFinding } from './findings.js';

/**
 * Everything that is wrong or doubtful about a parsed rulebook file: what `loadRulebook` refuses (shape, gaps and
 * overlaps of dates, unknown groups, schedules outside the period) as errors, and as warnings countries without a group,
 * gaps in Country Groups, questions left out, chips without a source, limits that go down. Pure, and never throws.
 */
export function checkRulebook(document: unknown): readonly RulebookFinding[] {
  let hash: string;
  try {
    ({ hash } = loadRulebook(document));
  } catch (error) {
    if (!(error instanceof RulebookInvalid)) throw error;
    return error.problems.map(({ member, message }) => ({ severity: 'error', code: 'invalid', member, message }));
  }
  const rulebook = document as Rulebook;
  return [
    ...versionTaken(rulebook, hash),
    ...readingsLeftOut(rulebook),
    ...countriesWithoutGroup(rulebook),
    ...embargoesThatDiffer(rulebook),
    ...leavesThatReturn(rulebook),
    ...datesOutside(rulebook),
    ...catalogueFindings(rulebook),
    ...limitFindings(rulebook),
  ];
}

/** Two documents under one id and version: in a log nobody could tell them apart but by their hash. */
function versionTaken({ id, version }: Rulebook, hash: string): readonly RulebookFinding[] {
  const { reference } = builtInRulebook();
  if (id !== reference.id || version !== reference.version || hash === reference.hash) return [];
  const message = `is ${version} as in the built-in rulebook, which says something else: give it a version of its own`;
  return [warning('version-taken', '/version', message)];
}

/** Questions that it may leave out, and then answers as ledgers did before they were asked: not as the built-in rulebook does. */
function readingsLeftOut(rulebook: Rulebook): readonly RulebookFinding[] {
  if (rulebook.routes === undefined) return [];
  const asked = Object.entries(builtInRulebook().document.policy.readings);
  const others = asked.flatMap(([name, { value }]) => {
    const followed = readingOf(rulebook, name as ReadingName);
    return rulebook.policy.readings[name as ReadingName] !== undefined || followed === value ? [] : [`${name} (${followed}, not ${value})`];
  });
  if (others.length === 0) return [];
  const message = `leave out questions, which are then answered otherwise than in the built-in rulebook: ${others.join(', ')}`;
  return [warning('readings-left-out', '/policy/readings', message)];
}

function countriesWithoutGroup(rulebook: Rulebook): readonly RulebookFinding[] {
  const { countryGroups, groups } = rulebook;
  if (countryGroups === undefined) return [];
  const members = countryGroups.flatMap((each) => each.countries);
  const grouped = new Set([...members, ...groups.map(({ country }) => country)]);
  const territories = new Territories(rulebook);
  const without = countries.filter(({ code }) => !grouped.has(code) && territories.of(code) === undefined).map(({ code }) => code);
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

/** A country that leaves a Country Group and comes back: possible, and more often a date mistyped. */
function leavesThatReturn({ countryGroups = [] }: Rulebook): readonly RulebookFinding[] {
  const spans = countryGroups.flatMap(({ group, countries: members, from, until }, index) =>
    members.map((country, place) => ({
      key: `${group} ${country}`,
      group,
      country,
      fromMs: from === undefined ? -Infinity : msOf(from),
      untilMs: until === undefined ? Infinity : msOf(until),
      pointer: `/countryGroups/${index}/countries/${place}`,
    })),
  );
  const findings: RulebookFinding[] = [];
  const last = new Map<string, (typeof spans)[number]>();
  for (const span of spans.sort((a, b) => a.fromMs - b.fromMs)) {
    const earlier = last.get(span.key);
    last.set(span.key, span);
    if (earlier === undefined || span.fromMs <= earlier.untilMs) continue;
    const gap = `from ${new Date(earlier.untilMs).toISOString()} until ${new Date(span.fromMs).toISOString()}`;
    const message = `leaves a gap after ${earlier.pointer}: ${countryName(span.country)} is not in ${span.group} ${gap}`;
    findings.push(warning('country-group-gap', span.pointer, message));
  }
  return findings;
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

function msOf(instant: string): number {
  return instantMs(instant) ?? NaN;
}

import { countryName } from '../countries/countries.js';
import { instantMs } from '../dates/instant.js';
import type { GroupMembership, ItemBound, Rulebook } from '../document/rulebook.js';
import type { DestinationGroup } from '../countries/destination-group.js';
import { checkCountryGroups, checkRoutes, checkSystems } from './check-routes.js';
import { checkTerritories } from './check-territories.js';
import { checkWeights } from './check-weights.js';
import { memberOf, type Problems } from './problems.js';

/** Checks what members of a rulebook say about each other; every member must have its right form already. */
export function checkConsistency(rulebook: Rulebook, problems: Problems): void {
  checkPeriod(rulebook, problems);
  checkAlerts(rulebook, problems);
  checkMemberships(rulebook.groups, problems);
  checkExceptions(rulebook, problems);
  rulebook.itemLevels.a.forEach((bound, index) => checkBound(bound, `/itemLevels/a/${index}`, problems));
  rulebook.itemLevels.b.forEach((bound, index) => checkBound(bound, `/itemLevels/b/${index}`, problems));
  checkDeclared(rulebook, problems);
  checkChipIds(rulebook, problems);
  checkSystems(rulebook, problems);
  checkCountryGroups(rulebook, problems);
  checkTerritories(rulebook, problems);
  checkRoutes(rulebook, problems);
  checkWeights(rulebook, problems);
}

function checkPeriod({ period }: Rulebook, problems: Problems): void {
  if (msOf(period.end) <= msOf(period.start)) {
    problems.add('/period/end', `must be after the start, ${period.start}, and is ${period.end}`);
  }
}

function checkAlerts({ alerts: { watch, critical, exhausted, hysteresis } }: Rulebook, problems: Problems): void {
  if (watch >= critical) problems.add('/alerts/watch', `must be below critical (${critical}), and is ${watch}`);
  if (critical >= exhausted) {
    problems.add('/alerts/critical', `must be below exhausted (${exhausted}), and is ${critical}`);
  }
  // A hysteresis of the whole level would never let an alert close.
  if (hysteresis >= watch) problems.add('/alerts/hysteresis', `must be below watch (${watch}), and is ${hysteresis}`);
}

/** A country's entries must follow each other without overlap and without a gap; before and after is the default. */
function checkMemberships(groups: readonly GroupMembership[], problems: Problems): void {
  const byCountry = new Map<string, { fromMs: number; untilMs: number; pointer: string }[]>();
  groups.forEach(({ country, from, until }, index) => {
    const pointer = memberOf('/groups', index);
    const span = { fromMs: msOf(from, -Infinity), untilMs: msOf(until, Infinity), pointer };
    if (span.untilMs <= span.fromMs) {
      problems.add(`${pointer}/until`, `must be after from (${from}), and is ${until}`);
      return;
    }
    const spans = byCountry.get(country);
    if (spans === undefined) byCountry.set(country, [span]);
    else spans.push(span);
  });
  for (const [country, spans] of byCountry) {
    spans.sort((a, b) => a.fromMs - b.fromMs);
    spans.reduce((earlier, later) => {
      if (later.fromMs < earlier.untilMs) {
        const message = `overlaps ${earlier.pointer}: ${countryName(country)} would be in two groups at once`;
        problems.add(later.pointer, message);
      } else if (later.fromMs > earlier.untilMs) {
        problems.add(
          `${later.pointer}/from`,
          `leaves a gap after ${earlier.pointer}: name the group of ${countryName(country)} from ` +
            `${new Date(earlier.untilMs).toISOString()} until ${new Date(later.fromMs).toISOString()}`,
        );
      }
      return later;
    });
  }
}

function checkExceptions({ allocations, groups, defaultGroup }: Rulebook, problems: Problems): void {
  const seen = new Map<string, number>();
  const memberships = new Map<string, GroupMembership[]>();
  for (const membership of groups) {
    const others = memberships.get(membership.country);
    if (others === undefined) memberships.set(membership.country, [membership]);
    else others.push(membership);
  }
  const inAllocation = new Map<string, boolean>();
  for (const country of new Set(allocations.exceptions.map((exception) => exception.country))) {
    inAllocation.set(country, isEverInAllocation(memberships.get(country) ?? [], defaultGroup));
  }
  allocations.exceptions.forEach(({ country, from }, index) => {
    const pointer = memberOf('/allocations/exceptions', index);
    const key = `${country} ${msOf(from, -Infinity)}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      const first = memberOf('/allocations/exceptions', earlier);
      problems.add(pointer, `is a second cap of ${countryName(country)} from the same date as ${first}`);
    }
    seen.set(key, index);

    if (inAllocation.get(country) === false) {
      problems.add(`${pointer}/country`, `can have no cap: ${countryName(country)} is never in the group allocation`);
    }
  });
}

/** @param memberships those of one country */
function isEverInAllocation(memberships: readonly GroupMembership[], defaultGroup: DestinationGroup): boolean {
  if (memberships.some(({ group }) => group === 'allocation')) return true;
  const isNamedThroughout =
    memberships.some(({ from }) => from === undefined) && memberships.some(({ until }) => until === undefined);
  return defaultGroup === 'allocation' && !isNamedThroughout;
}

function checkBound(bound: ItemBound, pointer: string, problems: Problems): void {
  const { tppMin, tppBelow, densityMin, densityBelow } = bound;
  if (tppBelow !== undefined && tppBelow <= tppMin) {
    problems.add(`${pointer}/tppBelow`, `must be above tppMin (${tppMin}), and is ${tppBelow}`);
  }
  if (densityBelow !== undefined && densityBelow <= (densityMin ?? 0)) {
    problems.add(`${pointer}/densityBelow`, `must be above densityMin (${densityMin ?? 0}), and is ${densityBelow}`);
  }
}

function checkDeclared({ itemLevels: { declared } }: Rulebook, problems: Problems): void {
  const seen = new Map<string, string>();
  for (const level of ['a', 'b', 'c', 'softwareA', 'softwareB'] as const) {
    declared[level]?.forEach((eccn, index) => {
      const pointer = `/itemLevels/declared/${level}/${index}`;
      const earlier = seen.get(eccn);
      if (earlier === undefined) seen.set(eccn, pointer);
      else problems.add(pointer, `repeats ${eccn}, which is at ${earlier}`);
    });
  }
  declared.technology?.forEach(({ eccn }, index) => {
    const pointer = `/itemLevels/declared/technology/${index}/eccn`;
    const earlier = seen.get(eccn);
    if (earlier === undefined) seen.set(eccn, pointer);
    else problems.add(pointer, `repeats ${eccn}, which is at ${earlier}`);
  });
}

function checkChipIds({ chips }: Rulebook, problems: Problems): void {
  const seen = new Map<string, number>();
  chips.forEach(({ id }, index) => {
    const earlier = seen.get(id);
    if (earlier === undefined) seen.set(id, index);
    else problems.add(`/chips/${index}/id`, `repeats '${id}', which is the id of /chips/${earlier}`);
  });
}

function msOf(instant: string | undefined, otherwise = NaN): number {
  return instant === undefined ? otherwise : (instantMs(instant) ?? NaN);
}

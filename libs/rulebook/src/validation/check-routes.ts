import { countryName } from '../countries/countries.js';
import { instantMs } from '../dates/instant.js';
import { requiredReadings } from '../document/readings.js';
import type { Rulebook } from '../document/rulebook.js';
import { measureOf, type Measure, type ObligationDue, type ObligationRule, type RouteSettings } from '../document/route-settings.js';
import { memberOf, type Problems } from './problems.js';

/** Systems share their ids with the chips. One with a part that is no chip is left out, which the linter says. */
export function checkSystems({ chips, systems = [] }: Rulebook, problems: Problems): void {
  const tppOf = new Map(chips.map(({ id, tppPerUnit }) => [id, tppPerUnit]));
  const ids = new Set(tppOf.keys());
  systems.forEach(({ id, parts }, index) => {
    const pointer = memberOf('/systems', index);
    if (ids.has(id)) problems.add(`${pointer}/id`, `repeats '${id}', the id of a chip or of an earlier system`);
    ids.add(id);
    if (parts.length === 0) problems.add(`${pointer}/parts`, 'must name the chips that the system is made of');
    let milliTpp = 0;
    for (const { chip, quantity } of parts) milliTpp += Math.round((tppOf.get(chip) ?? 0) * 1000) * quantity;
    if (!Number.isSafeInteger(milliTpp)) problems.add(`${pointer}/parts`, 'are more TPP than can be counted exactly');
  });
}

/** Groups are kept as bits of one number. */
const groupsMax = 30;

/** A country is in a Country Group once at a time. */
export function checkCountryGroups({ countryGroups = [] }: Rulebook, problems: Problems): void {
  const names = new Set(countryGroups.map(({ group }) => group));
  if (names.size > groupsMax) {
    problems.add('/countryGroups', `must name at most ${groupsMax} groups, not ${names.size}`);
  }
  const spans = new Map<string, { fromMs: number; untilMs: number; pointer: string }[]>();
  countryGroups.forEach(({ group, countries, from, until }, index) => {
    const pointer = memberOf('/countryGroups', index);
    const [fromMs, untilMs] = [msOf(from, -Infinity), msOf(until, Infinity)];
    if (untilMs <= fromMs) {
      problems.add(`${pointer}/until`, `must be after from (${from}), and is ${until}`);
      return;
    }
    countries.forEach((country, place) => {
      const key = `${group} ${country}`;
      const span = { fromMs, untilMs, pointer: `${pointer}/countries/${place}` };
      const others = spans.get(key);
      if (others === undefined) spans.set(key, [span]);
      else others.push(span);
    });
  });
  for (const [key, ofCountry] of spans) {
    const [group = '', country = ''] = key.split(' ');
    // In the order of time only the one that lasts longest can be overlapped.
    ofCountry.sort((a, b) => a.fromMs - b.fromMs).reduce((earlier, later) => {
      if (later.fromMs < earlier.untilMs) problems.add(later.pointer, `overlaps ${earlier.pointer}: ${countryName(country)} is in ${group} already`);
      return later.untilMs > earlier.untilMs ? later : earlier;
    });
  }
}

/** Routes need the readings, groups and controls that they follow, and name parameters that they have. */
export function checkRoutes(rulebook: Rulebook, problems: Problems): void {
  const { routes, countryGroups, controls, policy } = rulebook;
  if (routes === undefined) return;
  if (countryGroups === undefined) problems.add('/countryGroups', 'is missing: routes needs it');
  if (controls === undefined) problems.add('/controls', 'is missing: routes needs it');
  for (const name of requiredReadings) {
    if (!Object.hasOwn(policy.readings, name)) {
      problems.add(memberOf('/policy/readings', name), 'is missing: routes needs it');
    }
  }
  const known = new Set(countryGroups?.map(({ group }) => group));
  const checkGroups = (groups: readonly string[], pointer: string): void =>
    groups.forEach((group, index) => {
      if (!known.has(group)) problems.add(memberOf(pointer, index), `is a group without members: ${group}`);
    });
  if (controls !== undefined) {
    checkGroups(controls.b.groups, '/controls/b/groups');
    checkGroups(controls.b.exceptGroups, '/controls/b/exceptGroups');
  }
  for (const [name, route] of Object.entries(routes)) {
    const pointer = memberOf('/routes', name);
    checkGroups(route.eligibleGroups ?? [], `${pointer}/eligibleGroups`);
    route.obligations.forEach((rule, index) => {
      checkObligation(route, rule, `${pointer}/obligations/${index}`, problems);
    });
    checkSchedule(route, rulebook.period, `${pointer}/schedule`, problems);
    if (name === 'nveu') {
      for (const member of ['eligibleGroups', 'schedule'] as const) {
        if (route[member] === undefined) problems.add(`${pointer}/${member}`, 'is missing');
      }
    }
  }
}

function checkObligation(route: RouteSettings, rule: ObligationRule, pointer: string, problems: Problems): void {
  const { parameters } = route;
  const { due, shipmentFrom } = rule;
  checkDue(route, due, `${pointer}/due`, problems);
  if (due.when === 'yearly' && due.upTo !== undefined && due.upTo.length !== due.dates.length) {
    problems.add(`${pointer}/due/upTo`, 'must have as many days as dates');
  }
  if (rule.per === 'shipment' && (due.when === 'yearly' || due.when === 'every-months')) {
    problems.add(`${pointer}/per`, 'cannot be shipment: the duty comes back whatever is shipped');
  }
  if (shipmentFrom !== undefined) checkParameter(parameters, shipmentFrom, 'TPP', `${pointer}/shipmentFrom`, problems);
}

/** A number that is stated here, or the parameter that states it, which must be one for its purpose. */
function checkDue({ parameters }: RouteSettings, due: ObligationDue, pointer: string, problems: Problems): void {
  const number = due.when === 'every-months' ? 'months' : 'days';
  const isStated = Object.hasOwn(due, number);
  if (!('parameter' in due)) {
    const needsOne = due.when === 'after-export' || due.when === 'before-transfer' || due.when === 'every-months';
    if (needsOne && !isStated) problems.add(`${pointer}/${number}`, 'is missing: state it, or name its parameter');
    return;
  }
  const { parameter } = due;
  if (isStated) problems.add(`${pointer}/${number}`, 'is stated beside parameter, which states it too: remove one');
  checkParameter(parameters, parameter, due.when === 'on-reaching' ? 'TPP' : number, `${pointer}/parameter`, problems);
}

/** A parameter that the route has, whose figure is of the measure that is meant here. */
function checkParameter(parameters: RouteSettings['parameters'], name: string, measure: Measure, pointer: string, problems: Problems): void {
  if (!Object.hasOwn(parameters, name)) problems.add(pointer, `is no parameter of the route: '${name}'`);
  else if (measureOf(name) !== measure) problems.add(pointer, `must name a figure in ${measure}, and ${name} is one in ${measureOf(name)}`);
}

/** Two limits from one date would leave open which holds, and one outside the period would hold for nobody. */
function checkSchedule(
  { schedule = [] }: RouteSettings,
  { start, end }: Rulebook['period'],
  pointer: string,
  problems: Problems,
): void {
  const seen = new Map<number, number>();
  const [startMs, endMs] = [msOf(start, NaN), msOf(end, NaN)];
  schedule.forEach(({ from }, index) => {
    const fromMs = msOf(from, NaN);
    const earlier = seen.get(fromMs);
    if (earlier !== undefined) problems.add(`${pointer}/${index}/from`, `is the date of ${pointer}/${earlier} too`);
    seen.set(fromMs, index);
    // A period that ends before it starts is named itself.
    if (startMs < endMs && (fromMs < startMs || fromMs >= endMs)) {
      problems.add(`${pointer}/${index}/from`, `is outside the period, ${start} until before ${end}: ${from}`);
    }
  });
}

function msOf(instant: string | undefined, otherwise: number): number {
  return instant === undefined ? otherwise : (instantMs(instant) ?? NaN);
}

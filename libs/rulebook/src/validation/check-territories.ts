import { countryName } from '../countries/countries.js';
import { readingOf } from '../document/readings.js';
import type { Rulebook } from '../document/rulebook.js';
import { memberOf, type Problems } from './problems.js';

/** A territory has the treatment of one country, that has its own, and where it has it nothing else is said of it. */
export function checkTerritories(rulebook: Rulebook, problems: Problems): void {
  const { territories = [], groups, countryGroups = [], allocations } = rulebook;
  const entries = new Map<string, string>();
  territories.forEach(({ country }, index) => {
    const pointer = memberOf('/territories', index);
    const earlier = entries.get(country);
    if (earlier === undefined) entries.set(country, pointer);
    else problems.add(`${pointer}/country`, `is a second entry of ${countryName(country)}: ${earlier} is the first`);
  });
  territories.forEach(({ country, of }, index) => {
    const pointer = `${memberOf('/territories', index)}/of`;
    if (of === country) problems.add(pointer, `must be another country than ${country}`);
    else if (entries.has(of)) problems.add(pointer, `must be a country with a treatment of its own: ${countryName(of)} is a territory too`);
  });
  if (readingOf(rulebook, 'territories') !== 'as-parent') return;
  const refuse = (country: string, pointer: string): void => {
    const territory = entries.get(country);
    if (territory === undefined) return;
    const message = `is a territory by ${territory} and has the treatment of its country: leave out one of the two`;
    problems.add(pointer, message);
  };
  groups.forEach(({ country }, index) => refuse(country, `${memberOf('/groups', index)}/country`));
  countryGroups.forEach(({ countries }, index) =>
    countries.forEach((country, place) => refuse(country, `${memberOf('/countryGroups', index)}/countries/${place}`)),
  );
  allocations.exceptions.forEach(({ country }, index) => refuse(country, `${memberOf('/allocations/exceptions', index)}/country`));
}

import { type CompiledRulebook, type Rulebook } from '#rulebook';
import { renderTable, tppText, type Column } from './table.js';
import { styled } from './terminal.js';

/** A rulebook on one screen, for people: what it is, its caps, groups, routes and readings. */
export function renderRulebook({ document, hash }: CompiledRulebook, colors: boolean): string {
  const { id, version, title, citation, note, period, inForce, allocations } = document;
  const facts = [
    ['Id, version', `${id} ${version}`],
    ['Hash', hash],
    ['Source', citation],
    ...(inForce === undefined ? [] : [['In force', `from ${inForce.from}`]]),
    ['Period', `${period.start} until before ${period.end}`],
    ['Cap', `${tppText(allocations.perCountryTpp)} TPP a country${exceptionsOf(document)}`],
    ['Groups', groupsOf(document)],
    ['Catalogue', `${document.chips.length} chips, ${document.systems?.length ?? 0} systems`],
  ];
  const parts = [
    styled(title, 'bold', colors),
    ...(note === undefined ? [] : [note]),
    renderTable(columns('What', 'Value'), facts),
  ];
  const routes = Object.entries(document.routes ?? {}).map(([name, route]) => [
    name,
    route.enabled ? 'on' : 'off',
    Object.entries(route.parameters).map(([each, { value }]) => `${each} ${tppText(value)}`).join(', ') || '-',
    route.citation,
  ]);
  if (routes.length > 0) parts.push(renderTable(columns('Route', 'Is', 'Parameters', 'Citation'), routes));
  const readings = Object.entries(document.policy.readings).map(([name, { value, alternatives }]) => [
    name,
    value,
    alternatives?.join(', ') ?? '-',
  ]);
  parts.push(renderTable(columns('Reading', 'Follows', 'Other readings'), readings));
  return parts.join('\n\n');
}

function exceptionsOf({ allocations: { exceptions } }: Rulebook): string {
  if (exceptions.length === 0) return '';
  return `; ${exceptions.map(({ country, tpp, from }) => `${country} ${tppText(tpp)}${from === undefined ? '' : ` from ${from}`}`).join(', ')}`;
}

function groupsOf({ groups, defaultGroup }: Rulebook): string {
  const counts = (['home', 'partner', 'embargoed', 'allocation'] as const).flatMap((group) => {
    const countries = new Set(groups.filter((each) => each.group === group).map(({ country }) => country));
    return countries.size === 0 ? [] : [`${group} ${countries.size}`];
  });
  return [...counts, `every other country ${defaultGroup}`].join(', ');
}

function columns(...titles: readonly string[]): readonly Column[] {
  return titles.map((title) => ({ title, align: 'left' }));
}

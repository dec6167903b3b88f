import {
  countryName,
  dueOf,
  type Figure,
  type ItemBound,
  type Reading,
  type ReadingName,
  type Rulebook,
  type RouteSettings,
  readingOf,
} from '#rulebook';

/**
 * The parts of docs/rulebook.md that repeat the data of the built-in rulebook, as Markdown by the name of their mark.
 * Pure; a spec compares them with the page, `rulebook-guide.ts` writes them.
 */
export function guideTables(rulebook: Rulebook): Readonly<Record<string, string>> {
  return {
    groups: groupsTable(rulebook),
    'country-groups': countryGroupsTable(rulebook),
    territories: territoriesTable(rulebook),
    bounds: boundsTable(rulebook),
    parameters: parametersTable(rulebook),
    schedule: scheduleTable(rulebook),
    duties: dutiesTable(rulebook),
    readings: readingsText(rulebook),
    figures: figuresTable({ ...rulebook.itemLevels.figures, ...rulebook.background }),
  };
}

/** The text between the marks of `name`, or undefined where the page has none. */
export function markedText(page: string, name: string): string | undefined {
  return markOf(name).exec(page)?.[1];
}

/** The page with every table in its place. @throws Error for a table without marks */
export function withTables(page: string, tables: Readonly<Record<string, string>>): string {
  let written = page;
  for (const [name, text] of Object.entries(tables)) {
    if (!markOf(name).test(written)) throw new Error(`The page has no marks of ${name}.`);
    written = written.replace(markOf(name), () => `<!-- data: ${name} -->\n\n${text}\n\n<!-- end of ${name} -->`);
  }
  return written;
}

function markOf(name: string): RegExp {
  return new RegExp(`<!-- data: ${name} -->\\n+([^]*?)\\n*<!-- end of ${name} -->`);
}

function groupsTable({ groups }: Rulebook): string {
  const rows = new Map<string, { readonly first: (typeof groups)[number]; readonly names: string[] }>();
  for (const entry of groups) {
    const key = [entry.group, entry.from, entry.until, entry.citation].join('|');
    const row = rows.get(key) ?? { first: entry, names: [] };
    row.names.push(countryName(entry.country));
    rows.set(key, row);
  }
  return table(
    ['group', 'countries', 'dates', 'citation'],
    [...rows.values()].map(({ first, names }) => [
      first.group, names.sort((a, b) => a.localeCompare(b, 'en')).join(', '), datesText(first), first.citation,
    ]),
  );
}

function countryGroupsTable({ countryGroups = [] }: Rulebook): string {
  return table(
    ['Country Group', 'members', 'dates', 'citation'],
    countryGroups.map((entry) => [entry.group, entry.countries.join(' '), datesText(entry), entry.citation]),
  );
}

function territoriesTable({ territories = [] }: Rulebook): string {
  return table(
    ['territory', 'has the treatment of', 'citation'],
    territories.map(({ country, of, citation }) => [`${countryName(country)} (${country})`, countryName(of), citation]),
  );
}

function boundsTable({ itemLevels: { a, b, citation } }: Rulebook): string {
  const rows = [...a, ...b].map((bound) => [bound.paragraph, boundText(bound), bound.eccn, citation]);
  return table(['paragraph', 'holds where', 'the item is', 'citation'], rows);
}

function boundText({ tppMin, tppBelow, densityMin, densityBelow }: ItemBound): string {
  const tpp = tppBelow === undefined ? `TPP >= ${number(tppMin)}` : `${number(tppMin)} <= TPP < ${number(tppBelow)}`;
  if (densityMin === undefined) return tpp;
  const density = densityBelow === undefined ? `density >= ${densityMin}` : `${densityMin} <= density < ${densityBelow}`;
  return `${tpp} and ${density}`;
}

function parametersTable(rulebook: Rulebook): string {
  const rows = routesOf(rulebook).flatMap(([route, { parameters }]) =>
    Object.entries(parameters).map(([name, figure]) => [`\`${route}\``, `\`${name}\``, ...figureCells(figure)]),
  );
  return table(['route', 'parameter', 'value', 'unit', 'citation'], rows);
}

function scheduleTable(rulebook: Rulebook): string {
  const rows = routesOf(rulebook).flatMap(([route, { schedule = [] }]) =>
    schedule.map(({ name, from, tpp, citation }) => [`\`${route}\``, name, dayText(from), number(tpp), citation]),
  );
  return table(['route', 'step', 'from', 'TPP', 'citation'], rows);
}

/** Routes that share their duties share their rows. */
function dutiesTable(rulebook: Rulebook): string {
  const rows = new Map<string, { readonly routes: string[]; readonly cells: readonly string[] }>();
  for (const [route, settings] of routesOf(rulebook)) {
    for (const { text, citation } of settings.application ?? []) {
      rows.set(`${route} ${text}`, { routes: [`\`${route}\``], cells: ['-', text, 'applicant, each application', 'with it', citation] });
    }
    for (const rule of settings.obligations) {
      const owed = `${rule.by ?? 'exporter'}, each ${rule.per ?? 'shipment'}`;
      const cells = [`\`${rule.kind}\``, rule.text, owed, dueText(settings, rule), rule.citation];
      const row = rows.get(cells.join('|')) ?? { routes: [], cells };
      row.routes.push(`\`${route}\``);
      rows.set(cells.join('|'), row);
    }
  }
  return table(
    ['route', 'kind', 'duty', 'who, how often', 'due', 'citation'],
    [...rows.values()].map(({ routes, cells }) => [routes.join(', '), ...cells]),
  );
}

function dueText(route: RouteSettings, rule: RouteSettings['obligations'][number]): string {
  const { shipmentFrom, commoditiesOnly } = rule;
  const due = dueOf(route, rule.due);
  const figure = (name: string): string => `${number(route.parameters[name]?.value ?? 0)} TPP`;
  const size = shipmentFrom === undefined ? '' : `, for shipments of ${figure(shipmentFrom)} or more`;
  const from = `${size}${commoditiesOnly === true ? ', not for software alone' : ''}`;
  switch (due.when) {
    case 'before-export':
      return `${due.days === undefined ? '' : `${due.days} days `}before the export${from}`;
    case 'with-export':
      return `with the export${from}`;
    case 'after-export':
      return `within ${due.days} days of the export${from}`;
    case 'after-incident':
      return due.days === 0 ? 'at once' : `within ${due.days} days of it`;
    case 'before-transfer':
      return `${due.days} days before it moves`;
    case 'years-after-export':
      return `for ${due.years} years`;
    case 'yearly':
      return `each ${due.dates.map(monthDay).join(' and ')}`;
    case 'every-months':
      return `every ${due.months} months`;
    case 'by':
      return `by ${dayText(due.date)}`;
    case 'on-reaching':
      return `once ${number(due.tpp)} TPP were received${from}`;
  }
}

function readingsText(rulebook: Rulebook): string {
  const { policy } = rulebook;
  const silent = { ...rulebook, policy: { ...policy, readings: {} as typeof policy.readings } };
  return Object.entries(policy.readings)
    .map(([name, reading]) => readingText(name, reading, readingOf(silent, name as ReadingName)))
    .join('\n\n');
}

/** @param leftOut what a document follows that does not ask; undefined for a question that every document must answer */
function readingText(name: string, reading: Reading, leftOut: string | undefined): string {
  const { question, value, alternatives = [], followed = [], reason, citation } = reading;
  const others = alternatives.map((each) =>
    followed.includes(each) ? `\`${each}\`` : `\`${each}\` (not followed by the ledger)`,
  );
  return [
    `#### \`${name}\``,
    '',
    ...(question === undefined ? [] : [`${question}`, '']),
    `- **Default:** \`${value}\`. **Alternatives:** ${others.join(', ') || 'none'}.`,
    ...(leftOut === undefined ? [] : [`- **A document that leaves it out** follows \`${leftOut}\`.`]),
    `- **Why:** ${reason}`,
    `- **Citation:** ${citation ?? '-'}.`,
  ].join('\n');
}

function figuresTable(figures: Readonly<Record<string, Figure>>): string {
  const rows = Object.entries(figures).map(([name, figure]) => [`\`${name}\``, ...figureCells(figure)]);
  return table(['figure', 'value', 'unit', 'citation'], rows);
}

function figureCells({ value, unit, citation }: Figure): readonly string[] {
  return [number(value), unit, citation];
}

function routesOf({ routes = {} }: Rulebook): readonly (readonly [string, RouteSettings])[] {
  return Object.entries(routes);
}

function datesText({ from, until }: { readonly from?: string; readonly until?: string }): string {
  if (from === undefined && until === undefined) return 'always';
  return [from === undefined ? '' : `from ${dayText(from)}`, until === undefined ? '' : `until before ${dayText(until)}`]
    .filter((part) => part !== '')
    .join(' ');
}

/** A date-time at midnight UTC as its day. */
function dayText(instant: string): string {
  return instant.replace('T00:00:00Z', '');
}

function monthDay(date: string): string {
  const day = new Date(`2025-${date}T00:00:00Z`);
  return day.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
}

/** Amounts with separators; operations, which are beyond what people count in digits, as powers of ten. */
function number(value: number): string {
  return value < 1e15 ? value.toLocaleString('en-US', { maximumFractionDigits: 3 }) : String(value);
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

import { isEccn } from '../items/declared-eccn.js';
import { firstReadings, readingValues } from '../document/readings.js';
import { dutyParties, dutyScopes, measureOf, routeParameters, type Measure } from '../document/route-settings.js';
import {
  above0To,
  country,
  decimal,
  flag,
  deadline,
  instant,
  list,
  nullOr,
  object,
  oneOf,
  positive,
  record,
  share,
  text,
  wholeNumber,
  type Check,
} from './checks.js';
import { weightsShape } from './check-weights.js';
import type { Problems } from './problems.js';

const tpp = decimal('TPP');
const density = decimal('TPP per mm2', 0, 1_000_000);
const group = oneOf(['allocation', 'partner', 'embargoed', 'home']);
const name = text(
  '1 to 64 letters, digits, dots and dashes, beginning with a letter or digit',
  /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/,
);

const eccn: Check = (value, pointer, problems) => {
  if (typeof value === 'string' && isEccn(value)) return;
  problems.add(pointer, 'must be an ECCN such as 3A090.a or 5A992.z.1');
};

const onlyTrue: Check = (value, pointer, problems) => {
  if (value !== true) problems.add(pointer, 'must be true or left out');
};

const technologyEccn = text('an ECCN of software or technology without paragraph, such as 3E001', /^[0-9][DE][0-9]{3}$/);

const bound = object(
  { eccn, paragraph: eccn, tppMin: tpp },
  { tppBelow: tpp, densityMin: density, densityBelow: density },
);

const reading = (values: readonly string[]): Check =>
  object(
    { value: oneOf(values), reason: text() },
    { question: text(), alternatives: list(text(), 20), followed: list(oneOf(values), 20), citation: text() },
  );
const readingChecks = Object.fromEntries(Object.entries(readingValues).map(([key, values]) => [key, reading(values)]));
const firstNames = Object.keys(firstReadings);
const [required, optional] = [true, false].map((isFirst) =>
  Object.fromEntries(Object.entries(readingChecks).filter(([key]) => firstNames.includes(key) === isFirst)),
);
const readings = object(required ?? {}, optional);

const figureOf = (value: Check): Check => object({ value, unit: text(), citation: text() });
/** Figures that decide: what cannot be counted with would end a decision in the middle. */
const measures: Readonly<Record<Measure, Check>> = {
  TPP: figureOf(decimal('TPP', 0.001)),
  percent: figureOf(above0To(1000, 'percent')),
  days: figureOf(wholeNumber('days', 1, 3660)),
  months: figureOf(wholeNumber('months', 1, 1200)),
};
const figure = figureOf(positive);
const figures = record(/^[a-z][A-Za-z0-9]{0,63}$/, figure);
const groupName = text('the name of a Country Group such as A:5 or B', /^[A-E](?::[1-9])?$/);

const chip = object({
  id: text('<vendor>-<chip> in kebab case', /^[a-z0-9]+(?:-[a-z0-9]+)+$/),
  name: text(),
  vendor: text(),
  tppPerUnit: decimal('TPP', 0.001),
  format: text(),
  bitLength: wholeNumber('bits', 1, 1024),
  denseTops: positive,
  dieAreaMm2: nullOr(decimal('mm2', 0.001, 1_000_000)),
  dieAreaIsEstimate: flag,
  datacenter: flag,
  status: text(),
  sources: text(),
});

const system = object({
  id: text('<vendor>-<system> in kebab case', /^[a-z0-9]+(?:-[a-z0-9]+)+$/),
  name: text(),
  vendor: text(),
  parts: list(object({ chip: text(), quantity: wholeNumber('chips', 1, 1_000_000) }), 100),
  sources: text(),
});

const days = wholeNumber('days', 0, 3660);
const daysOfYear = list(text('a day of the year such as 01-15', /^(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/), 366);
const dueForms: Readonly<Record<string, Check>> = {
  'before-export': object({ when: text() }, { days, parameter: text() }),
  'with-export': object({ when: text() }),
  'after-export': object({ when: text() }, { days, parameter: text() }),
  'before-transfer': object({ when: text() }, { days, parameter: text() }),
  'after-incident': object({ when: text(), days }),
  'years-after-export': object({ when: text(), years: wholeNumber('years', 1, 100) }),
  yearly: object({ when: text(), dates: daysOfYear }, { upTo: daysOfYear }),
  'every-months': object({ when: text() }, { months: wholeNumber('months', 1, 1200), parameter: text() }),
  by: object({ when: text(), date: deadline }),
  'on-reaching': object({ when: text(), parameter: text() }),
};
const due: Check = (value, pointer, problems) => {
  const when = (value as { readonly when?: unknown } | null)?.when;
  const form = typeof when === 'string' && Object.hasOwn(dueForms, when) ? dueForms[when] : undefined;
  if (form === undefined) problems.add(pointer, `must be an object with when: ${Object.keys(dueForms).join(', ')}`);
  else form(value, pointer, problems);
};
const obligation = object(
  { kind: text(), text: text(), citation: text(), due },
  { shipmentFrom: text(), commoditiesOnly: onlyTrue, by: oneOf(dutyParties), per: oneOf(dutyScopes), fact: oneOf(['noticeGivenAt']) },
);

const route = (parameters: readonly string[]): Check =>
  object(
    {
      name: text(),
      enabled: flag,
      citation: text(),
      parameters: object(Object.fromEntries(parameters.map((each) => [each, measures[measureOf(each)]]))),
      obligations: list(obligation, 100),
    },
    {
      application: list(object({ text: text(), citation: text() }), 100),
      ineligibleEccns: list(eccn, 1000),
      eligibleEccns: list(eccn, 1000),
      eligibleGroups: list(groupName, 100),
      schedule: list(object({ name: text(), from: instant, tpp, citation: text() }), 1000),
    },
  );
const routes = object(
  {},
  Object.fromEntries(Object.entries(routeParameters).map(([key, parameters]) => [key, route(parameters)])),
);

const controls = object({
  b: object({
    groups: list(groupName, 100),
    exceptGroups: list(groupName, 100),
    named: list(object({ country, since: instant, citation: text() }), 300),
    citation: text(),
    headquartersCitation: text(),
    reviewCitation: text(),
  }),
  c: object({ citation: text(), headquartersCitation: text(), reviewCitation: text() }),
});

/** Checks that a parsed document has the members of a rulebook, each of its form, and no other. */
export function checkShape(document: unknown, problems: Problems): void {
  rulebook(document, '', problems);
}

const rulebook = object(
  {
    id: name,
    version: name,
    title: text(),
    citation: text(),
    period: object({ start: instant, end: instant, citation: text() }),
    allocations: object(
      {
        perCountryTpp: tpp,
        citation: text(),
        exceptions: list(object({ country, tpp, citation: text() }, { from: instant })),
      },
      { ceiling: object({ tpp, increasePercent: positive, citation: text() }) },
    ),
    alerts: object({ watch: share, critical: share, exhausted: share, hysteresis: share }),
    policy: object({
      holdDays: wholeNumber('days', 1, 3660),
      reversalWindowDays: wholeNumber('days', 0, 3660),
      reversalCredits: object({ misreported: flag, duplicate: flag, returned: flag, 'not-shipped': flag }),
      readings,
    }),
    defaultGroup: group,
    groups: list(object({ country, group, citation: text() }, { from: instant, until: instant })),
    itemLevels: object(
      {
        citation: text(),
        a: list(bound, 100),
        b: list(bound, 100),
        declared: object(
          { a: list(eccn, 1000), b: list(eccn, 1000), citation: text() },
          {
            c: list(eccn, 1000),
            softwareA: list(eccn, 1000),
            softwareB: list(eccn, 1000),
            technology: list(object({ eccn: technologyEccn, of: list(eccn, 100) }, { always: onlyTrue }), 100),
          },
        ),
        nonDatacenterBelowTpp: tpp,
      },
      { figures },
    ),
    chips: list(chip),
  },
  {
    note: text(),
    inForce: object({ from: instant, citation: text() }),
    systems: list(system),
    countryGroups: list(
      object({ group: groupName, countries: list(country, 300), citation: text() }, { from: instant, until: instant }),
      1000,
    ),
    territories: list(object({ country, of: country, citation: text() }), 300),
    controls,
    routes,
    weights: weightsShape,
    background: figures,
  },
);

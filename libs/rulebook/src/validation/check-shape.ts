import { isEccn } from '../items/declared-eccn.js';
import { readingValues } from '../readings.js';
import {
  country,
  decimal,
  flag,
  instant,
  list,
  nullOr,
  object,
  oneOf,
  positive,
  share,
  text,
  wholeNumber,
  type Check,
} from './checks.js';
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

const bound = object(
  { eccn, paragraph: eccn, tppMin: tpp },
  { tppBelow: tpp, densityMin: density, densityBelow: density },
);

const readings = object(
  Object.fromEntries(
    Object.entries(readingValues).map(([key, values]) => [key, object({ value: oneOf(values), reason: text() })]),
  ),
);

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
    allocations: object({
      perCountryTpp: tpp,
      citation: text(),
      exceptions: list(object({ country, tpp, citation: text() }, { from: instant })),
    }),
    alerts: object({ watch: share, critical: share, exhausted: share, hysteresis: share }),
    policy: object({
      holdDays: wholeNumber('days', 1, 3660),
      reversalWindowDays: wholeNumber('days', 0, 3660),
      reversalCredits: object({ misreported: flag, duplicate: flag, returned: flag, 'not-shipped': flag }),
      readings,
    }),
    defaultGroup: group,
    groups: list(object({ country, group, citation: text() }, { from: instant, until: instant })),
    itemLevels: object({
      citation: text(),
      a: list(bound, 100),
      b: list(bound, 100),
      declared: object({ a: list(eccn, 1000), b: list(eccn, 1000), citation: text() }),
      nonDatacenterBelowTpp: tpp,
    }),
    chips: list(chip),
  },
  { note: text() },
);

import type { DestinationGroup, LineKind } from '#rulebook';
import { amount, amountOrNull, arrayOf, count, date, object, position, ref, text, textOrNull, time, timeOrNull } from './schema-parts.js';

/** What the rulebook takes a destination for. */
export const destinationGroups = ['allocation', 'partner', 'embargoed', 'home'] as const satisfies readonly DestinationGroup[];
export const lineKinds = ['country', 'lpp', 'nveu', 'uveu'] as const satisfies readonly LineKind[];
export const lineStatuses = ['open', 'watch', 'critical', 'exhausted', 'suspended', 'no-cap', 'no-allocation'] as const;
export type LineStatus = (typeof lineStatuses)[number];
export const attritionCauses = ['loss', 'damage', 'failure', 'relocation', 'resale'] as const;

const amounts = { allocation: amountOrNull, reserved: amount, exported: amount, available: amountOrNull };

/** How a line stands. */
export const standing = {
  ...amounts,
  /** Share of the allocation that is used, to five decimals; of a `uveu:` line that of its tightest share. */
  utilization: { type: ['number', 'null'], minimum: 0 },
  status: { enum: lineStatuses },
} as const;

/** The shares of a `uveu:` line. */
export const limits = arrayOf(object({ scope: text, limit: amount, used: amount, available: amount }));

const counts = {
  openReservations: count,
  exports: count,
  refusals: count,
  lastEventAt: timeOrNull,
  criticalSince: timeOrNull,
  exhaustedSince: timeOrNull,
  forecast: { type: 'null' },
} as const;

const country = {
  country: text,
  name: text,
  group: { enum: destinationGroups },
  /**
   * The country that it is a territory of and whose treatment it has; null for every other. Where that country has an
   * allocation, the territory draws on its line and has none itself (`no-allocation`).
   */
  territoryOf: textOrNull,
  line: text,
  ...standing,
  ...counts,
} as const;

const companyLine = {
  line: text,
  kind: { enum: lineKinds },
  holder: text,
  /** Of an `nveu:` line. */
  country: textOrNull,
  /** Of an `lpp:` line. */
  year: { type: ['integer', 'null'] },
  ...standing,
  ...counts,
  /** The line that carries on the limit of a closed one. */
  closedInto: textOrNull,
  /** What of its amounts is that of a closed line. */
  takenOver: arrayOf(object({ line: text, reserved: amount, exported: amount })),
  limits,
  /** Of its newest event; -1 before the first. */
  revision: { type: 'integer', minimum: -1 },
} as const;

const reflected = { position, recordedAt: timeOrNull };
const history = {
  interval: { enum: ['day', 'week', 'month'] },
  from: date,
  to: date,
  points: arrayOf(object({ date, ...amounts })),
  ...reflected,
} as const;

/** Quota lines, of countries and of companies. Amounts in TPP. */
export const lineSchemas = {
  CountryView: object(country),
  Country: object({ ...country, ...reflected, rulebook: ref('Rulebook') }),
  CountryList: object({ countries: arrayOf(ref('CountryView')), ...reflected, rulebook: ref('Rulebook') }),
  CompanyLineView: object(companyLine, ['limits']),
  CompanyLine: object({ ...companyLine, ...reflected, rulebook: ref('Rulebook') }, ['limits']),
  Line: { anyOf: [ref('Country'), ref('CompanyLine')] },
  LinePage: object({ items: arrayOf({ anyOf: [ref('CountryView'), ref('CompanyLineView')] }), nextCursor: textOrNull }),
  LineHistory: object({ line: text, ...history }),
  Attrition: object({
    line: text,
    tpp: amount,
    cause: { enum: attritionCauses },
    occurredAt: time,
    reason: text,
    recordedAt: time,
    revision: count,
    position,
    balance: ref('Balance'),
  }),
  CountryHistory: object({ country: text, line: text, ...history }),
} as const;

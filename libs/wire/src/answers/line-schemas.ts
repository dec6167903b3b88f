import type { DestinationGroup, LineKind } from '#rulebook';
import { burnPerDay } from './forecast-schemas.js';
import { amount, amountOrNull, arrayOf, count, date, object, orNull, position, ref, text, textOrNull, time, timeOrNull } from './schema-parts.js';

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
  /** Null where it is not asked for, and where neither day is expected in the period. */
  forecast: orNull(object({ criticalOn: orNull(ref('ExpectedDay')), exhaustedOn: orNull(ref('ExpectedDay')) })),
} as const;

/** Only where they are asked for. */
const included = {
  burnPerDay,
  pace: { type: ['number', 'null'] },
  /** What was left at the end of each of 90 days, the last one today or the day asked about; null without a cap. */
  recent: object({ from: date, available: arrayOf(amountOrNull) }),
} as const;
const optional = ['burnPerDay', 'pace', 'recent'] as const;

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
  ...included,
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

const near = arrayOf(object({ country: text, name: text, utilization: standing.utilization, available: amountOrNull }));

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
  CountryView: object(country, optional),
  Country: object({ ...country, ...reflected, rulebook: ref('Rulebook') }, optional),
  CountryList: object({ countries: arrayOf(ref('CountryView')), ...reflected, rulebook: ref('Rulebook') }),
  Summary: object({
    statuses: object({
      open: count,
      watch: count,
      critical: count,
      exhausted: count,
      suspended: count,
      'no-cap': count,
      'no-allocation': count,
    }),
    /** Countries on whose line anything was ever recorded. */
    inUse: count,
    /** Exported and reserved, in all countries together. */
    committedTpp: amount,
    exportedTpp: amount,
    heldTpp: amount,
    openReservations: count,
    exhausted: near,
    critical: near,
    watch: near,
    /** The ten that are expected to have nothing left first. */
    nextExhaustions: arrayOf(object({ country: text, name: text, status: { enum: lineStatuses }, available: amountOrNull, exhaustedOn: ref('ExpectedDay') })),
    ...reflected,
    rulebook: ref('Rulebook'),
  }),
  CompanyLineView: object(companyLine, ['limits']),
  CompanyLine: object({ ...companyLine, ...reflected, rulebook: ref('Rulebook') }, ['limits']),
  Line: { anyOf: [ref('Country'), ref('CompanyLine')] },
  LinePage: object({ items: arrayOf({ anyOf: [ref('CountryView'), ref('CompanyLineView')] }), nextCursor: textOrNull }),
  LineHistory: object({ line: text, ...history }),
  Explanation: object({
    line: text,
    figure: { enum: ['allocation', 'reserved', 'exported', 'available'] },
    position,
    /** What the figure is the sum of, in the order in which it first happened. */
    terms: arrayOf(object({ text, type: textOrNull, count, tpp: { type: 'number' }, events: textOrNull })),
    /** The figure; null where nothing limits the line. */
    total: { type: ['number', 'null'] },
  }),
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

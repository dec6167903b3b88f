import { date, dateOrNull, object, orNull, ref, text } from './schema-parts.js';

/** Mean use of a day over 30 and over 90 days, in TPP; below 0 where more was given back than used. */
export const burnPerDay = object({ d30: { type: 'number' }, d90: { type: 'number' } });

/** Why there is no forecast. */
export const noForecastReasons = ['too-few-events', 'no-cap', 'not-used', 'not-in-period'] as const;

/** What is to be expected of a line. */
export const forecastSchemas = {
  ExpectedDay: object({
    from: date,
    expected: date,
    /** Null: later than the period. */
    to: dateOrNull,
  }),
  Forecast: object({
    line: text,
    /** The UTC day that it was made for. */
    asOf: date,
    method: text,
    windowDays: { const: 90 },
    burnPerDay,
    /** Used share of the cap by elapsed share of the period: 1 is even use. */
    pace: { type: ['number', 'null'] },
    criticalOn: orNull(ref('ExpectedDay')),
    exhaustedOn: orNull(ref('ExpectedDay')),
    reason: { enum: [null, ...noForecastReasons] },
  }),
} as const;

import type { Forecast } from '#projections';
import type { Body } from '#wire';

export function forecastBody(line: string, forecast: Forecast): Body<'Forecast'> {
  const { asOf, method, criticalOn, exhaustedOn, reason } = forecast;
  return { line, asOf, method, windowDays: 90, ...paceBody(forecast), criticalOn, exhaustedOn, reason };
}

/** The members `burnPerDay` (TPP) and `pace`. */
export function paceBody({ burnMilliTpp: { d30, d90 }, pace }: Forecast): Pick<Body<'Forecast'>, 'burnPerDay' | 'pace'> {
  return { burnPerDay: { d30: Math.round(d30) / 1000, d90: Math.round(d90) / 1000 }, pace: pace === null ? null : Math.round(pace * 1e5) / 1e5 };
}

/** The member `forecast` of a line's view. */
export function expectedBody({ criticalOn, exhaustedOn }: Forecast): Body<'CountryView'>['forecast'] {
  return criticalOn === null && exhaustedOn === null ? null : { criticalOn, exhaustedOn };
}

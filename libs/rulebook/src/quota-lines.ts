import { isCountry } from './countries.js';

/** `lpp:<ultimate parent>:<year>` and `nveu:<company>:<country>`; companies by their slug. */
export const lppLineForm = /^lpp:([^:]+):(\d{4})$/;
export const nveuLineForm = /^nveu:([^:]+):([A-Z]{2})$/;

/** The quota line of a destination: `country:AE`. */
export function lineOfCountry(country: string): string {
  return `country:${country}`;
}

/** The country of a line such as `country:AE`; undefined for every other text. */
export function countryOfLine(line: string): string | undefined {
  if (!line.startsWith('country:')) return undefined;
  const country = line.slice('country:'.length);
  return isCountry(country) ? country : undefined;
}

/** The line of what an ultimate parent receives under LPP in a calendar year (UTC). */
export function lineOfLpp(company: string, atMs: number): string {
  return `lpp:${company}:${new Date(atMs).getUTCFullYear()}`;
}

export function lineOfNveu(company: string, country: string): string {
  return `nveu:${company}:${country}`;
}

export function lineOfUveu(company: string): string {
  return `uveu:${company}`;
}

import { isCountry } from '../countries/countries.js';

/** `country:<ISO code>`, `lpp:<ultimate parent>:<year>`, `nveu:<company>:<country>`, `uveu:<company>`. */
export type LineKind = 'country' | 'lpp' | 'nveu' | 'uveu';

/** What a line's name says. Companies are named by their slug. */
export interface LineParts {
  readonly kind: LineKind;
  /** The company whose line it is; null for a country. */
  readonly holder: string | null;
  /** Of country and `nveu:` lines. */
  readonly country: string | null;
  /** Calendar year (UTC) of an `lpp:` line. */
  readonly year: number | null;
}

const lppForm = /^lpp:([^:]+):(\d{4})$/;
const nveuForm = /^nveu:([^:]+):([A-Z]{2})$/;
const uveuForm = /^uveu:([^:]+)$/;

/** What the name of a quota line says; undefined for every other text. */
export function partsOfLine(line: string): LineParts | undefined {
  const country = countryOfLine(line);
  if (country !== undefined) return { kind: 'country', holder: null, country, year: null };
  const lpp = lppForm.exec(line);
  if (lpp) return { kind: 'lpp', holder: lpp[1] ?? '', country: null, year: Number(lpp[2]) };
  const nveu = nveuForm.exec(line);
  if (nveu && isCountry(nveu[2] ?? '')) return { kind: 'nveu', holder: nveu[1] ?? '', country: nveu[2] ?? '', year: null };
  const uveu = uveuForm.exec(line);
  return uveu ? { kind: 'uveu', holder: uveu[1] ?? '', country: null, year: null } : undefined;
}

/** The kind of a quota line; undefined for what is none. */
export function kindOfLine(line: string): LineKind | undefined {
  return partsOfLine(line)?.kind;
}

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

/** The line of the same kind, country and year of another company. */
export function lineOfOther(line: string, company: string): string {
  const { holder } = partsOfLine(line) ?? {};
  return line.replace(`:${holder ?? ''}`, () => `:${company}`);
}

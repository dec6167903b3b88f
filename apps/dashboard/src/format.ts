const thin = '\u2009';

/** All digits, in groups with a thin space: 30 020 000. */
export function grouped(value: number): string {
  const [whole = '', part] = String(Math.abs(value)).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, thin);
  return `${value < 0 ? '−' : ''}${digits}${part === undefined ? '' : `.${part}`}`;
}

const units = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** For tiles: 771.9 and M. */
export function scaled(value: number): { readonly figure: string; readonly unit: string } {
  const [size, unit] = units.find(([least]) => Math.abs(value) >= least) ?? [1, ''];
  return { figure: size === 1 ? grouped(value) : (value / size).toFixed(1), unit };
}

/** A share from 0 to 1, or above it: 96.2 %. Never rounded to 100 % while something is left. */
export function percent(share: number): string {
  const tenths = share < 1 ? Math.min(999, Math.round(share * 1000)) : Math.round(share * 1000);
  return `${(tenths / 10).toFixed(1)}${thin}%`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The UTC day of an instant: 4 Sep 2026. */
export function dayOf(instant: string): string {
  const date = new Date(instant);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** The UTC time of an instant (milliseconds): 12:00:03. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}

/** "India, Qatar and Oman". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** "1 country", "3 countries". */
export function counted(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** The name of a member as words: "perYearTpp" is "Per year TPP". */
export function nameAsWords(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`).replace(/\b(tpp|eccn)\b/gi, (short) => short.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

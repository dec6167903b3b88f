const known = new Map<string, string>();
const knownMax = 10_000;

/**
 * The id that a company's name gives: lower case, without accents, every run of anything but letters and digits a
 * dash; at most 64 characters. Empty for a name without a letter or digit. Letters of every script are kept.
 */
export function companySlug(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  const slug = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+/, '');
  const cut = [...slug].slice(0, 64).join('').replace(/-+$/, '');
  if (known.size < knownMax) known.set(name, cut);
  return cut;
}

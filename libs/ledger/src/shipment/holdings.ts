import { kindOfLine, milliTpp, noTpp, partsOfLine, readingOf, type CompiledRulebook, type MilliTpp, type RegisteredCompany } from '#rulebook';
import type { DeclaredHoldings } from '../events/line-parts.js';

/** Whether a line counts what its company has from elsewhere, and not only what goes there under its authorisation. */
export function countsHoldings({ document }: CompiledRulebook, line: string): boolean {
  if (kindOfLine(line) === 'uveu') return readingOf(document, 'uveuCounts') === 'whole-company';
  return readingOf(document, 'nveuCounts') === 'installed-base';
}

/**
 * What a company declares to have from outside of the ledger as one of its lines counts it: a UVEU everywhere but at home,
 * by share, an NVEU in its country. Undefined where that is nothing.
 * @param scopesOf the shares that count a country; undefined for the home country
 */
export function holdingsOn(
  line: string,
  { declaredElsewhere = {}, authorisations }: RegisteredCompany,
  { territories }: CompiledRulebook,
  scopesOf: (country: string) => readonly string[] | undefined,
): DeclaredHoldings | undefined {
  const { kind, country: only = null } = partsOfLine(line) ?? {};
  const isIn = (country: string | null): boolean => (country === null ? only === null : territories.treatedAs(country) === only);
  if (!authorisations.some((each) => each.kind === kind && isIn(each.country))) return undefined;
  const shares: Record<string, MilliTpp> = {};
  let total = 0;
  for (const [country, amount] of Object.entries(declaredElsewhere)) {
    const scopes = only === null ? scopesOf(country) : isIn(country) ? [] : undefined;
    if (scopes === undefined) continue;
    total += amount;
    for (const scope of scopes) shares[scope] = milliTpp((shares[scope] ?? noTpp) + amount);
  }
  if (total === 0) return undefined;
  return kind === 'uveu' ? { milliTpp: milliTpp(total), shares } : { milliTpp: milliTpp(total) };
}

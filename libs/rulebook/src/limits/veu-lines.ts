import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { Consignee } from '../consignee.js';
import { lineOfNveu, lineOfUveu } from './quota-lines.js';
import { readingOf } from '../document/readings.js';
import type { CompanyLookup, RegisteredCompany, VeuAuthorisation } from '../routes/ports.js';

/** Whether this authorisation of a company is in force at a moment: a UVEU anywhere, an NVEU in its country. */
export function isAuthorised(
  kind: VeuAuthorisation['kind'],
  { authorisations }: RegisteredCompany,
  destination: string,
  { rulebook: { territories }, atMs }: { readonly rulebook: CompiledRulebook; readonly atMs: number },
): boolean {
  const country = territories.treatedAs(destination);
  return authorisations.some(
    (each) =>
      each.kind === kind &&
      atMs >= each.fromMs &&
      atMs < each.untilMs &&
      (kind === 'uveu' || (each.country !== null && territories.treatedAs(each.country) === country)),
  );
}

/**
 * Lines of validated end users that count what goes to this consignee, whatever its authorisation: the shares of a UVEU
 * are of all that the company, its parents and subsidiaries own (15 CFR Part 748, Supp. 10, paragraph 6), and the
 * allocation of an NVEU is its installed base in the country (748.15(a)(2)(iii)(B)). Those of the consignee and of its
 * ultimate parent that are authorised at `atMs` (milliseconds since 1970, UTC); none where the rulebook counts only what
 * goes there under the authorisation itself.
 */
export function veuLines(
  rulebook: CompiledRulebook,
  shipment: { readonly consignee: Consignee | null; readonly destination: string },
  companies: CompanyLookup,
  atMs: number,
): readonly string[] {
  const { consignee, destination } = shipment;
  if (consignee === null) return none;
  const uveu = readingOf(rulebook.document, 'uveuCounts') === 'whole-company';
  const nveu = readingOf(rulebook.document, 'nveuCounts') === 'installed-base';
  if (!uveu && !nveu) return none;
  const lines = new Set<string>();
  for (const party of [consignee, consignee.ultimateParent]) {
    const company = party === undefined ? null : companies(party);
    if (company === null) continue;
    if (uveu && isAuthorised('uveu', company, destination, { rulebook, atMs })) lines.add(lineOfUveu(company.id));
    if (nveu && isAuthorised('nveu', company, destination, { rulebook, atMs })) {
      lines.add(lineOfNveu(company.id, rulebook.territories.treatedAs(destination)));
    }
  }
  return lines.size === 0 ? none : [...lines];
}

const none: readonly string[] = [];

import {
  canonicalJson,
  kindOfLine,
  lineOfNveu,
  lineOfOther,
  lineOfUveu,
  noTpp,
  partsOfLine,
  shareBinds,
  toTpp,
  uveuLimitOf,
  uveuLimits,
  veuLines,
  type CompiledRulebook,
  type Consignee,
  type MilliTpp,
  type RegisteredCompany,
  type UveuLimit,
} from '#rulebook';
import type { CountingLine, DeclaredHoldings, ShareLimits } from '../events/line-parts.js';
import type { DeclareHoldings, Issued, SetAllocation } from '../line/line-command.js';
import type { LineState } from '../line/line-state.js';
import { limitedAnew, otherLimits, shareOfAll } from '../line/shares.js';
import type { CompanyPort } from '../companies/company-port.js';
import { countsHoldings, holdingsOn } from './holdings.js';

/** A shipment as far as it matters who counts it. */
type CountedShipment = { readonly destination: string; readonly consignee: Consignee | null };

/** What limits each line at a moment: the rulebook's cap, or shares of what its company declares. */
export class LineLimits {
  readonly #rulebook: CompiledRulebook;
  readonly #companies: CompanyPort | undefined;

  constructor(rulebook: CompiledRulebook, companies: CompanyPort | undefined) {
    this.#rulebook = rulebook;
    this.#companies = companies;
  }

  /** Takes in what other instances wrote about the company whose total limits this line, if one does. */
  async refresh(line: string): Promise<void> {
    if (kindOfLine(line) === 'uveu') await this.#companies?.refresh?.();
  }

  /** @param atMs recorded time, in milliseconds since 1970, UTC */
  capOf(line: string, atMs: number): MilliTpp | null {
    return this.#rulebook.capOfLine(line, atMs);
  }

  /** The state as the next command at `atMs` finds it: under the limits of then, which no event may say yet. */
  under(line: string, state: LineState, atMs: number): LineState {
    if (state.capBasis === 'order') return state;
    const limits = this.#sharesOf(line, state, atMs);
    const shares = limits && { shares: limitedAnew(state.shares, limits, state.balance, endedIn(state, limits)) };
    return { ...state, balance: { ...state.balance, allocation: this.capOf(line, atMs) }, ...shares };
  }

  /** The command that brings the limits of a line up to date; undefined if they are. */
  following(line: string, state: LineState, issued: Issued): SetAllocation | undefined {
    const { capBasis, balance } = state;
    if (capBasis !== 'rulebook') return undefined;
    const limits = this.#sharesOf(line, state, issued.at);
    const news = limits && otherLimits(state, limits);
    const sharesEnded = limits && endedIn(state, limits);
    const cap = this.capOf(line, issued.at);
    if (cap === balance.allocation && news === undefined && sharesEnded === undefined) return undefined;
    const what = { type: 'SetAllocation', allocationMilliTpp: cap, basis: 'rulebook' } as const;
    const shares = { ...(news && { shareLimits: news }), ...(sharesEnded && { sharesEnded }) };
    return { ...what, reason: this.#reason(line, issued), ...shares, ...issued };
  }

  /**
   * The shares of a `uveu:` line that count a shipment to `destination`; undefined where they cannot be known. Those of a
   * company that declares nothing are of nothing: only what debits nothing goes there.
   */
  sharesFor(line: string, destination: string, atMs: number): ShareLimits | undefined {
    const limits = this.citedShares(line, destination, atMs);
    return limits && Object.fromEntries(limits.map(({ scope, limit }) => [scope, limit]));
  }

  /** As `sharesFor`, with the paragraphs that they are in. */
  citedShares(line: string, destination: string, atMs: number): readonly UveuLimit[] | undefined {
    const { declaredMilliTpp = null, headquarters = null } = this.#holderOf(line) ?? {};
    if (headquarters === null) return undefined;
    return uveuLimits(this.#rulebook, { declaredMilliTpp: declaredMilliTpp ?? noTpp, headquarters }, destination, atMs);
  }

  /**
   * What shares permit on a `uveu:` line; those of a company that declares nothing stay as `otherwise` says. The share
   * of the whole line is there if the company is headquartered in the home country by now, and only then.
   */
  limitsOn(line: string, otherwise: ShareLimits, atMs: number): ShareLimits {
    const { declaredMilliTpp: declared = null, headquarters = null } = this.#holderOf(line) ?? {};
    if (headquarters === null) return otherwise;
    const { [shareOfAll]: ofAll = noTpp, ...others } = otherwise;
    const limited = this.#rulebook.groupOf(headquarters, atMs) === 'home' ? { ...others, [shareOfAll]: ofAll } : others;
    if (declared === null) return limited;
    const limits = Object.entries(limited).map(
      ([scope, limit]) => [scope, uveuLimitOf(this.#rulebook, declared, scope) ?? limit] as const,
    );
    return Object.fromEntries(limits);
  }

  /** Lines of validated end users that count a shipment on `line`, whatever its authorisation; undefined where none does. */
  countingLines(line: string, shipment: CountedShipment, atMs: number): readonly CountingLine[] | undefined {
    const { destination } = shipment;
    if (this.#companies === undefined) return undefined;
    const survivor = this.#holderOf(line)?.id;
    // What a closed line has its survivor counts already.
    const own = survivor === undefined ? line : lineOfOther(line, survivor);
    const others = veuLines(this.#rulebook, shipment, this.#companies.lookup, atMs).filter((each) => each !== line && each !== own);
    if (others.length === 0) return undefined;
    return others.map((each) => {
      if (kindOfLine(each) !== 'uveu') return { line: each, destination };
      return { line: each, destination, scopes: Object.keys(this.sharesFor(each, destination, atMs) ?? {}) };
    });
  }

  /**
   * Shares of these, and of the whole line, which may come to be before the line decides, that a shipment may pass: they
   * are only measured on the reporting dates.
   */
  measuredShares(scopes: readonly string[]): readonly string[] | undefined {
    const measured = [...new Set([...scopes, shareOfAll])].filter((scope) => !shareBinds(this.#rulebook, scope));
    return measured.length === 0 ? undefined : measured;
  }

  /** Lines that count what a company declares, or that are limited by it. */
  linesOfDeclared(companyId: string): readonly string[] {
    const { authorisations = [] } = this.#companies?.lookup({ name: companyId }) ?? {};
    const inCountries = authorisations.flatMap(({ country }) => {
      return country === null ? [] : [lineOfNveu(companyId, this.#rulebook.territories.treatedAs(country))];
    });
    return [lineOfUveu(companyId), ...inCountries];
  }

  /**
   * The command by which a line counts what its company declares to have from outside of the ledger; undefined if it
   * does, or the rulebook counts nothing of that.
   */
  declaring(line: string, state: LineState, issued: Issued): DeclareHoldings | undefined {
    const company = this.#declarer(line);
    if (company === null || state.closedInto !== undefined) return undefined;
    const declared = this.declaredOn(line, issued.at);
    if (canonicalJson(declared ?? null) === canonicalJson(state.declared ?? null)) return undefined;
    const { milliTpp: heldMilliTpp = noTpp, shares: ofShares } = declared ?? {};
    const scopes = ofShares && Object.fromEntries(Object.keys(ofShares).map((scope) => [scope, noTpp]));
    const shareLimits = scopes && { ofShares, shareLimits: this.limitsOn(line, scopes, issued.at) };
    const reason = `${company.id} declares ${toTpp(heldMilliTpp)} TPP from outside of the ledger.`;
    return { type: 'DeclareHoldings', heldMilliTpp, ...shareLimits, reason, ...issued };
  }

  /** What the company of a line declares to have from outside of the ledger, as the line counts it; undefined where that is nothing. */
  declaredOn(line: string, atMs: number): DeclaredHoldings | undefined {
    const company = this.#declarer(line);
    return company === null ? undefined : holdingsOn(line, company, this.#rulebook, (country) => this.#scopesOf(line, country, atMs));
  }

  /** The company that still has this line, if the line counts what that declares. */
  #declarer(line: string): RegisteredCompany | null {
    const kind = kindOfLine(line);
    if ((kind !== 'uveu' && kind !== 'nveu') || !countsHoldings(this.#rulebook, line)) return null;
    const company = this.#holderOf(line);
    return company !== null && partsOfLine(line)?.holder === company.id ? company : null;
  }

  /** Undefined for what stays at home, which no share counts. */
  #scopesOf(line: string, country: string, atMs: number): readonly string[] | undefined {
    if (this.#rulebook.groupOf(country, atMs) === 'home') return undefined;
    return Object.keys(this.sharesFor(line, country, atMs) ?? {}).filter((scope) => scope !== shareOfAll);
  }

  /** Of a line that has shares and is still its company's. */
  #sharesOf(line: string, { shares, closedInto }: LineState, atMs: number): ShareLimits | undefined {
    if (shares === undefined || closedInto !== undefined || kindOfLine(line) !== 'uveu') return undefined;
    const now = Object.entries(shares).map(([scope, { limitMilliTpp }]) => [scope, limitMilliTpp] as const);
    return this.limitsOn(line, Object.fromEntries(now), atMs);
  }

  #holderOf(line: string) {
    const holder = partsOfLine(line)?.holder ?? null;
    return holder === null ? null : (this.#companies?.lookup({ name: holder }) ?? null);
  }

  #reason(line: string, { rulebook: { id, version } }: Issued): string {
    const declared = kindOfLine(line) === 'uveu' ? (this.#holderOf(line)?.declaredMilliTpp ?? null) : null;
    if (declared === null) return `Cap of ${line} under rulebook ${id} ${version}.`;
    return `Shares of ${line}: the company declares ${toTpp(declared)} TPP in all.`;
  }
}

/** Shares of the line that are not among `limits`, undefined if all are. */
function endedIn({ shares = {} }: LineState, limits: ShareLimits): readonly string[] | undefined {
  const ended = Object.keys(shares).filter((scope) => !(scope in limits));
  return ended.length === 0 ? undefined : ended;
}

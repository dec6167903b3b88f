import {
  countryOfLine,
  lineOfNveu,
  lineOfUveu,
  partsOfLine,
  noTpp,
  uveuLimitOf,
  uveuLimits,
  type CompiledRulebook,
  type DestinationGroup,
  type MilliTpp,
  type RegisteredCompany,
  type UveuLimit,
} from '#rulebook';
import { countsHoldings, holdingsOn, shareOfAll, type Shares } from '#ledger';
import { SimulatedLine } from './simulated-line.js';

/** All lines as they would stand under a draft, and the caps that it grants them. */
export class SimulatedLines {
  readonly #draft: CompiledRulebook;
  readonly #lines = new Map<string, SimulatedLine>();

  constructor(draft: CompiledRulebook) {
    this.#draft = draft;
  }

  get(name: string): SimulatedLine {
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const line = new SimulatedLine(name);
    this.#lines.set(name, line);
    return line;
  }

  /** The line if anything has happened to it. */
  find(name: string): SimulatedLine | undefined {
    return this.#lines.get(name);
  }

  /** Every line to which anything has happened. */
  all(): ReadonlyMap<string, SimulatedLine> {
    return this.#lines;
  }

  /** The cap at a moment (milliseconds); null without one. A line that the draft knows nothing of has a cap of 0. */
  capOf(name: string, atMs: number): MilliTpp | null {
    const ordered = this.#lines.get(name)?.ordered;
    if (ordered !== undefined) return ordered.cap;
    return capUnder(this.#draft, name, atMs);
  }

  /** Two companies turned out to be one: the lines of the survivor carry on the limits of the other's. */
  merge(from: string, into: string, survivor: RegisteredCompany | null): void {
    for (const [name, line] of [...this.#lines]) {
      if (partsOfLine(name)?.holder === from) this.get(name.replace(`:${from}`, () => `:${into}`)).carryOn(line, survivor);
    }
  }

  /** The lines of a company count what it declares to have from outside of the ledger, if the draft says so. */
  declare(company: RegisteredCompany, atMs: number): void {
    const inCountries = company.authorisations.flatMap(({ country }) => {
      return country === null ? [] : [lineOfNveu(company.id, this.#draft.territories.treatedAs(country))];
    });
    for (const line of [lineOfUveu(company.id), ...inCountries]) {
      if (!countsHoldings(this.#draft, line)) continue;
      const scopesOf = (country: string): readonly string[] | undefined =>
        this.#draft.groupOf(country, atMs) === 'home' ? undefined : this.scopesOf(company, country, atMs).filter((scope) => scope !== shareOfAll);
      const declared = holdingsOn(line, company, this.#draft, scopesOf);
      if (declared !== undefined || this.#lines.has(line)) this.get(line).declare(declared);
    }
  }

  /** The shares of a company that count a shipment to this destination, whatever they permit. */
  scopesOf(company: RegisteredCompany, destination: string, atMs: number): readonly string[] {
    return this.sharesOf(company, destination, atMs).map(({ scope }) => scope);
  }

  /** What a line has left at a moment; null without a cap. */
  leftOf(name: string, atMs: number): MilliTpp | null {
    const cap = this.capOf(name, atMs);
    return this.#lines.get(name)?.leftOf(cap) ?? cap;
  }

  /** The shares of a company that a shipment to this destination falls under at a moment: of nothing where it declares nothing. */
  sharesOf({ declaredMilliTpp, headquarters }: RegisteredCompany, destination: string, atMs: number): readonly UveuLimit[] {
    if (headquarters === null) return [];
    return uveuLimits(this.#draft, { declaredMilliTpp: declaredMilliTpp ?? noTpp, headquarters }, destination, atMs) ?? [];
  }
}

/**
 * The shares of a line at a moment that count something; undefined where none does. Those of a closed line are as the
 * survivor found them.
 * @param owner whose line it is; null where it is nobody's or unknown
 */
export function sharesUnder(
  rulebook: CompiledRulebook,
  line: SimulatedLine,
  owner: RegisteredCompany | null,
  atMs: number,
): Shares | undefined {
  const company = line.isClosed ? line.closedUnder : owner;
  const declared = company?.declaredMilliTpp ?? null;
  const scopes = scopesUnder(rulebook, line, company?.headquarters ?? null, atMs);
  if (scopes.length === 0) return undefined;
  const shares = scopes.map((scope) => {
    const { exported, reserved } = line.countedIn(scope);
    const limitMilliTpp = (declared === null ? undefined : uveuLimitOf(rulebook, declared, scope)) ?? noTpp;
    return [scope, { limitMilliTpp, exported: exported as MilliTpp, reserved: reserved as MilliTpp }] as const;
  });
  return Object.fromEntries(shares);
}

/** That of all is there while the company is headquartered in the home country. */
function scopesUnder(rulebook: CompiledRulebook, line: SimulatedLine, headquarters: string | null, atMs: number): readonly string[] {
  if (headquarters === null || !line.isUsed || !line.line.startsWith('uveu:')) return line.scopes;
  const others = line.scopes.filter((scope) => scope !== shareOfAll);
  return rulebook.groupOf(headquarters, atMs) === 'home' ? [...others, shareOfAll].sort() : others;
}

/** The group of a country line's country; null for every other line. */
export function groupUnder(rulebook: CompiledRulebook, line: string, atMs: number): DestinationGroup | null {
  const country = countryOfLine(line);
  return country === undefined ? null : rulebook.groupOf(country, atMs);
}

/** The cap that a rulebook grants a line at a moment: null where it keeps none, 0 for a line that it does not have. */
export function capUnder(rulebook: CompiledRulebook, line: string, atMs: number): MilliTpp | null {
  // Its limits are shares, kept one by one.
  if (line.startsWith('uveu:')) return null;
  try {
    return rulebook.capOfLine(line, atMs);
  } catch (error) {
    if (error instanceof RangeError) return 0 as MilliTpp;
    throw error;
  }
}

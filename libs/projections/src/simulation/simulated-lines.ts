import { LineLimits, untouchedLine, type LineState } from '#ledger';
import { lineOfOther, partsOfLine, type CompanyLookup, type CompiledRulebook, type RegisteredCompany } from '#rulebook';
import { SimulatedLine } from './simulated-line.js';

const untouched = untouchedLine(null);

/** All lines as they would stand under a draft, and the limits that it gives them. */
export class SimulatedLines {
  /** As of the event that is judged. */
  readonly limits: LineLimits;
  readonly #draft: CompiledRulebook;
  readonly #lines = new Map<string, SimulatedLine>();

  constructor(draft: CompiledRulebook, companies: CompanyLookup) {
    this.#draft = draft;
    this.limits = new LineLimits(draft, { lookup: companies });
  }

  get(name: string): SimulatedLine {
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const line = new SimulatedLine(name);
    this.#lines.set(name, line);
    return line;
  }

  /** Every line to which anything has happened. */
  names(): Iterable<string> {
    return this.#lines.keys();
  }

  /** A line under its limits at a moment (milliseconds), a closed one under those that its survivor found. */
  stateAt(name: string, atMs: number): LineState {
    const line = this.#lines.get(name);
    if (line === undefined) return this.limits.under(name, untouched, atMs);
    const { closedInto, closedUnder = this.limits } = line;
    const state = closedUnder.under(name, line.state, atMs);
    return closedInto === undefined ? state : { ...state, closedInto };
  }

  /** Two companies turned out to be one: the lines of the survivor carry on the limits of the other's. */
  merge(from: string, into: string, survivor: RegisteredCompany | null): void {
    for (const name of [...this.#lines.keys()]) {
      if (partsOfLine(name)?.holder === from) this.close(name, lineOfOther(name, into), survivor);
    }
  }

  /** Another line carries on the limit of this one. */
  close(name: string, into: string, survivor: RegisteredCompany | null): void {
    const then = survivor && { ...survivor };
    this.get(into).carryOn(this.get(name), new LineLimits(this.#draft, { lookup: () => then }));
  }

  /** The lines of a company count what it declares to have from outside of the ledger, if the draft says so. */
  declare(companyId: string, atMs: number): void {
    for (const line of this.limits.linesOfDeclared(companyId)) {
      const declared = this.limits.declaredOn(line, atMs);
      if (declared !== undefined || this.#lines.has(line)) this.get(line).declare(declared);
    }
  }
}

import { noMovement, shareOfAll, untouchedLine, type DeclaredHoldings, type LineLimits, type LineState, type Movement, type Shares } from '#ledger';
import { noTpp, type MilliTpp } from '#rulebook';

const untouched = untouchedLine(null);

/**
 * A quota line as it would stand under the draft: constant in size, moved by what happens to it. Unlike in the ledger
 * a survivor follows its closed lines at once: the takeovers of the log tell of amounts that the draft may not have.
 */
export class SimulatedLine {
  suspended = false;
  /** The cap that an order set; undefined while the rulebook's own holds. */
  ordered: { readonly cap: MilliTpp | null } | undefined;
  /** Of a closed line: the limits of the survivor as it was then. */
  closedUnder: LineLimits | undefined;
  /** What its company declares to have from outside of the ledger: no survivor takes it over. */
  #declared: DeclaredHoldings | undefined;
  #exported = 0;
  #reserved = 0;
  #isUsed = false;
  /** What is counted in the shares of a line that has some, by scope. */
  readonly #shares = new Map<string, Movement>();
  /** Closed lines whose limit this one carries on. */
  readonly #carriedOn = new Set<SimulatedLine>();
  /** The line that carries on the limit of this one: nothing new is put on it. */
  #survivor: SimulatedLine | undefined;

  constructor(readonly line: string) {}

  /** As the ledger would have it but for the limits, which `SimulatedLines` knows. */
  get state(): LineState {
    const { suspended, ordered } = this;
    const exported = (this.#exportedHere + (this.#declared?.milliTpp ?? 0)) as MilliTpp;
    const balance = { allocation: ordered?.cap ?? null, exported, reserved: this.#reservedHere as MilliTpp };
    const { counts } = untouched;
    const capBasis = ordered === undefined ? 'rulebook' : 'order';
    const isUsed = this.#isUsed || this.#carriedOn.size > 0;
    if (!isUsed || !this.line.startsWith('uveu:')) return { balance, counts, suspended, capBasis };
    return { balance, counts, suspended, capBasis, shares: this.#sharesOf(balance) };
  }

  /** The line that carries on the limit of this one, if one does. */
  get closedInto(): string | undefined {
    return this.#survivor?.line;
  }

  get #exportedHere(): number {
    let sum = this.#exported;
    for (const closed of this.#carriedOn) sum += closed.#exportedHere;
    return sum;
  }

  get #reservedHere(): number {
    let sum = this.#reserved;
    for (const closed of this.#carriedOn) sum += closed.#reservedHere;
    return sum;
  }

  /** Never below zero: a simulated hold may have less than the recorded one gives back. */
  move({ exported, reserved }: Movement, scopes: readonly string[] = []): void {
    this.#exported = Math.max(0, this.#exported + exported);
    this.#reserved = Math.max(0, this.#reserved + reserved);
    this.#isUsed = true;
    for (const scope of scopes) {
      const before = this.#shares.get(scope) ?? noMovement;
      const after = { exported: Math.max(0, before.exported + exported), reserved: Math.max(0, before.reserved + reserved) };
      this.#shares.set(scope, after);
    }
    this.#tellSurvivor();
  }

  /** Its company declares to have this from outside of the ledger, in place of what it declared before. */
  declare(declared: DeclaredHoldings | undefined): void {
    if (declared !== undefined) this.move(noMovement, Object.keys(declared.shares ?? {}));
    this.#declared = declared;
  }

  /** The shares that something was counted in, and that of the whole line, in alphabetical order. */
  #sharesOf(line: Movement): Shares {
    const scopes = [...new Set([...this.#scopes, shareOfAll])].sort();
    const counted = scopes.map((scope) => {
      const { exported, reserved } = scope === shareOfAll ? line : this.#countedHere(scope);
      const all = exported + (scope === shareOfAll ? 0 : (this.#declared?.shares?.[scope] ?? 0));
      return [scope, { limitMilliTpp: noTpp, exported: all as MilliTpp, reserved: reserved as MilliTpp }] as const;
    });
    return Object.fromEntries(counted);
  }

  get #scopes(): readonly string[] {
    return [...this.#shares.keys(), ...[...this.#carriedOn].flatMap((closed) => closed.#scopes)];
  }

  #countedHere(scope: string): Movement {
    let { exported, reserved } = this.#shares.get(scope) ?? noMovement;
    for (const closed of this.#carriedOn) {
      const also = closed.#countedHere(scope);
      exported += also.exported;
      reserved += also.reserved;
    }
    return { exported, reserved };
  }

  /** Takes over the amounts of another line, whatever they become, and closes it. */
  carryOn(closed: SimulatedLine, limits: LineLimits): void {
    if (closed === this || closed.#survivor !== undefined) return;
    closed.closedUnder = limits;
    closed.#survivor = this;
    closed.#tellSurvivor();
  }

  /** A line that has nothing is not taken over, and neither are its shares. */
  #tellSurvivor(): void {
    if (this.#survivor === undefined || this.#exportedHere + this.#reservedHere === 0) return;
    this.#survivor.#carriedOn.add(this);
    this.#survivor.#tellSurvivor();
  }
}

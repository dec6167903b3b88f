import { shareOfAll, type DeclaredHoldings } from '#ledger';
import type { MilliTpp, RegisteredCompany } from '#rulebook';

/** What a hold or export takes of a line, or gives back. Negative amounts give back. */
export interface Movement {
  readonly exported: number;
  readonly reserved: number;
}

const nothing: Movement = { exported: 0, reserved: 0 };

/** A quota line as it would stand under the draft: constant in size, moved by what happens to it. */
export class SimulatedLine {
  suspended = false;
  /** Another line carries on its limit: nothing new is put on it. */
  isClosed = false;
  /** Of a closed line: the survivor as it was then, the last company whose limits it followed. */
  closedUnder: RegisteredCompany | null = null;
  /** The cap that an order set; undefined while the rulebook's own holds. */
  ordered: { readonly cap: MilliTpp | null } | undefined;
  /** What its company declares to have from outside of the ledger: no survivor takes it over. */
  #declared: DeclaredHoldings | undefined;
  #exported = 0;
  #reserved = 0;
  #isUsed = false;
  /** What is counted in the shares of a line that has some, by scope. */
  readonly #shares = new Map<string, Movement>();
  /** Closed lines whose limit this one carries on. */
  readonly #carriedOn = new Set<SimulatedLine>();
  /** The line that carries on the limit of this one. */
  #survivor: SimulatedLine | undefined;

  constructor(readonly line: string) {}

  /** With what is declared, and what the closed lines have whose limit it carries on. */
  get exported(): number {
    return this.#exportedHere + (this.#declared?.milliTpp ?? 0);
  }

  get #exportedHere(): number {
    let sum = this.#exported;
    for (const closed of this.#carriedOn) sum += closed.#exportedHere;
    return sum;
  }

  get reserved(): number {
    let sum = this.#reserved;
    for (const closed of this.#carriedOn) sum += closed.reserved;
    return sum;
  }

  /** Never below zero: a simulated hold may have less than the recorded one gives back. */
  move({ exported, reserved }: Movement, scopes: readonly string[] = []): void {
    this.#exported = Math.max(0, this.#exported + exported);
    this.#reserved = Math.max(0, this.#reserved + reserved);
    this.#isUsed = true;
    for (const scope of scopes) {
      const before = this.#shares.get(scope) ?? nothing;
      const after = { exported: Math.max(0, before.exported + exported), reserved: Math.max(0, before.reserved + reserved) };
      this.#shares.set(scope, after);
    }
    this.#tellSurvivor();
  }

  /** Its company declares to have this from outside of the ledger, in place of what it declared before. */
  declare(declared: DeclaredHoldings | undefined): void {
    if (declared !== undefined) this.move(nothing, Object.keys(declared.shares ?? {}));
    this.#declared = declared;
  }

  /** Whether any amount was ever counted here, one of 0 included. */
  get isUsed(): boolean {
    return this.#isUsed || this.#carriedOn.size > 0;
  }

  /** The shares that something was counted in, in alphabetical order. */
  get scopes(): readonly string[] {
    return [...new Set([...this.#shares.keys(), ...[...this.#carriedOn].flatMap((closed) => closed.scopes)])].sort();
  }

  /** The share of all is the whole line, whatever was counted in it by name. */
  countedIn(scope: string): Movement {
    if (scope === shareOfAll) return { exported: this.exported, reserved: this.reserved };
    const { exported, reserved } = this.#countedHere(scope);
    return { exported: exported + (this.#declared?.shares?.[scope] ?? 0), reserved };
  }

  #countedHere(scope: string): Movement {
    let { exported, reserved } = this.#shares.get(scope) ?? nothing;
    for (const closed of this.#carriedOn) {
      const also = closed.#countedHere(scope);
      exported += also.exported;
      reserved += also.reserved;
    }
    return { exported, reserved };
  }

  usedOf(scope: string): number {
    const { exported, reserved } = this.countedIn(scope);
    return exported + reserved;
  }

  /** What a cap leaves; null without a cap. */
  leftOf(cap: MilliTpp | null): MilliTpp | null {
    return cap === null ? null : (Math.max(0, cap - this.exported - this.reserved) as MilliTpp);
  }

  /** Takes over the amounts of another line, whatever they become, and closes it. */
  carryOn(closed: SimulatedLine, survivor: RegisteredCompany | null): void {
    if (closed === this || closed.isClosed) return;
    closed.isClosed = true;
    closed.closedUnder = survivor && { ...survivor };
    closed.#survivor = this;
    closed.#tellSurvivor();
  }

  /** A line that has nothing is not taken over, and neither are its shares. */
  #tellSurvivor(): void {
    if (this.#survivor === undefined || this.#exportedHere + this.reserved === 0) return;
    this.#survivor.#carriedOn.add(this);
    this.#survivor.#tellSurvivor();
  }
}

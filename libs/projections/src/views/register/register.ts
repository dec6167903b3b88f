import type { Position, StoredEvent } from '#ledger';
import type { Folds, View, ViewParts } from '../view.js';

export interface RegisterNews {
  /** The register of companies has no newer event than this; null if it did not change. */
  readonly registerAt: Position | null;
}

/** Where the register of companies changed. The ledger keeps the register itself. */
class Register implements View {
  readonly #position: ViewParts['position'];
  #changedAt: Position | null = null;

  constructor({ position }: ViewParts) {
    this.#position = position;
  }

  readonly #changed = (_event: unknown, { position }: StoredEvent): void => void (this.#changedAt = position);

  readonly folds: Folds = {
    CompanyRegistered: this.#changed,
    CompanyAmended: this.#changed,
    CompaniesMerged: this.#changed,
    AuthorisationGranted: this.#changed,
    AuthorisationAmended: this.#changed,
    AuthorisationRevoked: this.#changed,
  };

  adopt(): RegisterNews {
    const registerAt = this.#changedAt;
    this.#changedAt = null;
    return { registerAt };
  }

  forget(): void {
    this.#changedAt = null;
  }

  whole(): RegisterNews {
    return { registerAt: this.#position() };
  }
}

export const register = { name: 'register', version: 1, open: (parts: ViewParts) => new Register(parts) };

import { StoreUnavailable, type EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { LinesInForce } from './lines-in-force.js';
import type { Admission } from '../once/admission.js';
import { lastAdoption } from '../streams/rulebook-adoption.js';

export interface SupersededOptions {
  readonly store: EventStore;
  readonly lines: LinesInForce;
  readonly admission: Admission;
  /** Whether this process is adopting the rulebook of this hash itself. */
  readonly isAdopting: (hash: string) => boolean;
  /** Told once, for people. */
  readonly onSuperseded?: ((message: string) => void) | undefined;
}

/** Notices that another process adopted another rulebook: from then on this one decides nothing more. */
export class Superseded {
  readonly #options: SupersededOptions;

  constructor(options: SupersededOptions) {
    this.#options = options;
  }

  /** A rulebook was adopted, as a view knows. */
  adopted({ hash, position }: { readonly hash: string; readonly position: Position }): void {
    const { lines, admission, isAdopting, onSuperseded } = this.#options;
    if (hash === lines.rulebook.hash || isAdopting(hash) || position < lines.inForce.position) return;
    const message = this.#message(hash);
    if (admission.refuse(message)) onSuperseded?.(message);
  }

  /**
   * An event at this position was decided under another rulebook. The views may not know yet that this one was replaced.
   * @throws StoreUnavailable if it was
   */
  async decidedUnderAnother(at: Position): Promise<void> {
    const { store, lines } = this.#options;
    if (at < lines.inForce.position) return;
    const last = await lastAdoption(store);
    if (last === undefined || last.event.hash === lines.rulebook.hash) return;
    const { hash } = last.event;
    this.adopted({ hash, position: last.position });
    throw new StoreUnavailable(this.#message(hash));
  }

  #message(hash: string): string {
    const { id, version } = this.#options.lines.rulebook.reference;
    return `Another process adopted another rulebook (${hash}) in place of ${id} ${version}: start this one again, it decides nothing more.`;
  }
}

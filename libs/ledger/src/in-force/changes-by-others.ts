import { StoreUnavailable } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { LinesInForce } from './lines-in-force.js';
import type { DerivedIndex } from '../once/derived-index.js';
import { jitterMs } from '../shared-log/many-processes.js';
import type { Companies } from '../streams/companies.js';

/**
 * What views show that another instance wrote: this one sees to what follows from it, too, should the other one be gone. What
 * others do at once is done here a moment later: then there mostly is nothing left to do.
 */
export class ChangesByOthers {
  readonly #options: { readonly lines: LinesInForce; readonly companies: Companies; readonly index: DerivedIndex };
  #stopped = false;

  constructor(options: { readonly lines: LinesInForce; readonly companies: Companies; readonly index: DerivedIndex }) {
    this.#options = options;
  }

  /** The index has other holds of these lines by now. */
  expiries(lines: Iterable<string>): void {
    for (const line of lines) {
      const at = this.#options.index.nextExpiry(line);
      if (at !== undefined) this.#options.lines.now.writers.expiryKnown(line, at);
    }
  }

  /** A closed line moved: its survivor is told. */
  onClosedLine(line: string): void {
    this.#soon(() => this.#options.lines.now.mergers.moved(line));
  }

  /** The register changed: a merger is finished. */
  inRegister(position: Position): void {
    const again = (error: unknown): void => {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.inRegister(position);
    };
    this.#soon(() => void this.#options.companies.reach(position).catch(again));
  }

  stop(): void {
    this.#stopped = true;
  }

  #soon(work: () => void): void {
    const unlessStopped = (): void => {
      if (!this.#stopped) work();
    };
    setTimeout(unlessStopped, Math.random() * jitterMs).unref();
  }
}

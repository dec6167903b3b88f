import type { Revision } from '../events/stored-event.js';
import type { CommandIdentity } from '../line/line-command.js';
import type { StreamEnd } from '../events/seal.js';

/** One attempt to have a line decide a command: a `LineChosen`, where it stands. */
export interface Claim {
  readonly end: StreamEnd;
  /** Milliseconds. */
  readonly recordedAt: number;
  readonly line: string;
  readonly lineRevision: Revision;
}

/** A command between lines, and what is known here of the attempts to decide it, by this instance or another one. */
export class ChosenCommand {
  readonly identity: CommandIdentity;
  #newest: Claim | undefined;
  #isDead = false;

  constructor(identity: CommandIdentity) {
    this.identity = identity;
  }

  /** The newest attempt that is known. */
  get newest(): Claim | undefined {
    return this.#newest;
  }

  /** The attempt that may still come to something. */
  get open(): Claim | undefined {
    return this.#isDead ? undefined : this.#newest;
  }

  learn(newest: Claim | undefined): void {
    if (newest?.end.revision === this.#newest?.end.revision) return;
    this.#newest = newest;
    this.#isDead = false;
  }

  /** The line went on from the revision of this attempt without deciding the command: it never will by this attempt. */
  isDead(claim: Claim): void {
    if (claim === this.#newest) this.#isDead = true;
  }

  /** Whether the newest attempt is this very one, of whichever instance. */
  isAt(line: string, lineRevision: Revision): boolean {
    return this.#newest?.line === line && this.#newest.lineRevision === lineRevision;
  }

  /**
   * Whether the next attempt may be on this line at this revision. Either nothing can come of the one before, or it was on
   * the same line and no later: then an append decides between the two, or the line shows what came of the first.
   */
  mayTry(line: string, lineRevision: Revision): boolean {
    const { open } = this;
    return open === undefined || (open.line === line && open.lineRevision <= lineRevision);
  }
}

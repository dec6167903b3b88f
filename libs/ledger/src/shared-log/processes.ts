import type { Position } from '../events/stored-event.js';
import type { CommandIdentity } from '../line/line-command.js';
import type { LineClaims } from './line-claims.js';

/** A command that was new when it was let in. */
export interface LetIn {
  readonly command: { readonly identity: CommandIdentity | null };
  /** Where the index led to before, and something else stands. */
  readonly notAt?: readonly Position[] | undefined;
}

/** What a log asks of a ledger for the sake of others that may write to it. Chosen once, where the ledger is wired. */
export interface Processes {
  /** Milliseconds that a command waits for the store; Infinity: until it answers. */
  readonly waitMsMax: number;
  /** Milliseconds after which a caller is answered, whatever the store does; Infinity: only when it is known. */
  readonly answerMsMax: number;
  /** Brings the index up to all that others wrote by now; false if it is too far behind. Undefined without others. */
  readonly indexFollows: (() => Promise<boolean>) | undefined;
  /** An attempt is claimed before a line decides it. Undefined without others. */
  readonly claims: LineClaims | undefined;

  /**
   * Does what takes in or confirms what others wrote by now. Undefined without others: what is in memory is the newest, and
   * whoever asks goes on in this turn, so that the order of requests is kept.
   */
  catchUp<Result>(work: () => Promise<Result>): Promise<Result> | undefined;

  /**
   * Where commands that the index knows by now may stand, though they were new when they were let in: without those in the
   * tail. To be asked in the turn in which they are decided.
   */
  decidedByNow(commands: readonly LetIn[]): ReadonlyMap<string, readonly Position[]>;

  /** When to wake for a hold that ends at `at`; both in milliseconds since 1970. */
  wakesAt(at: number): number;
}

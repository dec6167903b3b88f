import type { RulebookReference } from '../events/recorded.js';
import type { CommandIdentity, Issued } from '../line/line-command.js';
import { mayBeRecorded, notSent, type Appends } from '../appending/appends.js';
import type { Clock } from '../outcome/clock.js';
import type { CommandGate, FirstAnswer } from './command-gate.js';
import { inTime } from '../appending/in-time.js';
import type { Settled } from '../requests/ledger-outcome.js';
import { rejected, unavailable, type Rejected } from '../outcome/rejected.js';
import type { Caller } from '../requests/ledger-request.js';
import type { Tail } from './tail.js';

export interface AdmissionOptions {
  readonly gate: CommandGate;
  readonly appends: Appends;
  readonly tail: Tail;
  readonly tailMax: number;
  readonly clock: Clock;
  /** In force now. */
  readonly rulebook: () => RulebookReference;
  /** Milliseconds after which a caller is answered, whatever the store does; Infinity: only when it is known. */
  readonly answerMsMax: number;
}

/** Lets commands in, each once, as long as the ledger can take any, and stamps them with time and rulebook. */
export class Admission {
  readonly #options: AdmissionOptions;
  /** Over when the one command that must be alone is decided; undefined if there is none. */
  #alone: Promise<void> | undefined;
  /** Why nothing is let in any more. */
  #refusal: string | undefined;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** The outcome of a command: the first one for ever, or that of `decide`. `busy` while the views are too far behind. */
  once<Done extends Settled>(
    identity: CommandIdentity | null,
    decide: () => Promise<Done | Rejected>,
    firstAnswer: FirstAnswer<Done>,
  ): Promise<Done | Rejected> {
    const { gate, tail, tailMax, appends } = this.#options;
    if (this.#alone !== undefined) return this.answered(this.#alone.then(() => this.once(identity, decide, firstAnswer)), notSent);
    if (this.#refusal !== undefined) return Promise.resolve(rejected('store-unavailable', this.#refusal));
    if (tail.size >= tailMax) {
      tail.prune();
      if (tail.size >= tailMax) return Promise.resolve(rejected('busy', 'The views are too far behind the log: try again in a second.'));
    }
    const isSent = (): boolean => identity !== null && appends.isInDoubtAbout(identity.commandId);
    const decideNow = appends.isInDoubt ? () => (isSent() ? Promise.resolve(unavailable(mayBeRecorded())) : decide()) : decide;
    return this.answered(gate.pass(identity, decideNow, firstAnswer));
  }

  /**
   * Decides a command that was let in while no other one is: those under way are answered first, and those that come
   * meanwhile wait. For one command at a time.
   */
  async alone<Outcome>({ commandId }: CommandIdentity, decide: () => Promise<Outcome>): Promise<Outcome> {
    let over = (): void => undefined;
    this.#alone = new Promise((resolve) => (over = resolve));
    try {
      await this.#options.gate.idle(commandId);
      return await decide();
    } finally {
      this.#alone = undefined;
      over();
    }
  }

  /** The outcome, or after some seconds that nobody knows it: what it may have come to is for `late` to say. */
  answered<Outcome>(outcome: Promise<Outcome | Rejected>, late = mayBeRecorded): Promise<Outcome | Rejected> {
    return inTime(outcome, this.#options.answerMsMax, () => unavailable(late()));
  }

  issue({ principal }: Pick<Caller, 'principal'>, identity: CommandIdentity | null): Issued {
    const { clock, rulebook } = this.#options;
    return { at: clock(), principal, rulebook: rulebook(), identity };
  }

  /** Lets nothing in any more. False if that was so before: the first reason counts. */
  refuse(reason: string): boolean {
    if (this.#refusal !== undefined) return false;
    this.#refusal = reason;
    return true;
  }

  /** Lets nothing in any more, and waits for what is under way. */
  async close(): Promise<void> {
    this.refuse('The ledger is stopping: send the request again in a moment.');
    await this.#options.gate.idle();
  }
}

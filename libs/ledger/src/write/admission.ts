import type { RulebookReference } from '../events/ledger-event.js';
import type { CommandIdentity, Issued } from '../line/line-command.js';
import type { Clock } from './clock.js';
import type { CommandGate, FirstAnswer } from './command-gate.js';
import { rejected, type Rejected, type Settled } from './ledger-outcome.js';
import type { Caller } from './ledger-request.js';
import type { Tail } from './tail.js';

export interface AdmissionOptions {
  readonly gate: CommandGate;
  readonly tail: Tail;
  readonly tailMax: number;
  readonly clock: Clock;
  readonly rulebook: RulebookReference;
}

/** Lets commands in, each once, as long as the ledger can take any, and stamps them with time and rulebook. */
export class Admission {
  readonly #options: AdmissionOptions;
  #closed = false;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** The outcome of a command: the first one for ever, or that of `decide`. `busy` while the views are too far behind. */
  once<Done extends Settled>(
    identity: CommandIdentity | null,
    decide: () => Promise<Done | Rejected>,
    firstAnswer: FirstAnswer<Done>,
  ): Promise<Done | Rejected> {
    const { gate, tail, tailMax } = this.#options;
    if (this.#closed) return Promise.resolve(rejected('store-unavailable', 'The ledger is stopping: send the request again in a moment.'));
    if (tail.size >= tailMax) {
      tail.prune();
      if (tail.size >= tailMax) return Promise.resolve(rejected('busy', 'The views are too far behind the log: try again in a second.'));
    }
    return gate.pass(identity, decide, firstAnswer);
  }

  issue({ principal }: Pick<Caller, 'principal'>, identity: CommandIdentity | null): Issued {
    const { clock, rulebook } = this.#options;
    return { at: clock(), principal, rulebook, identity };
  }

  /** Lets nothing in any more, and waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#options.gate.idle();
  }
}

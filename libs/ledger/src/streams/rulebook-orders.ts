import type { CompiledRulebook } from '#rulebook';
import { StoreUnavailable, type EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { RulebookAdopted } from '../events/rulebook-event.js';
import type { CommandIdentity, Issued } from '../line/line-command.js';
import { rulebookStream } from '../line/streams.js';
import type { Admission } from '../once/admission.js';
import { appendOnce } from '../appending/append-once.js';
import { notSent, type Appends } from '../appending/appends.js';
import type { FirstAnswer } from '../once/command-gate.js';
import { identityOf, ledgerScope } from '../once/identity.js';
import type { Settled } from '../requests/ledger-outcome.js';
import { rejected, keyMissing, unavailable, indexBehind, type Rejected } from '../outcome/rejected.js';
import type { Caller } from '../requests/ledger-request.js';
import { LinePause } from '../lines/line-pause.js';
import { adoptionOf } from './rulebook-adoption.js';
import { nameOf, type RulebookInForce } from './rulebook-at-start.js';
import type { Tail } from '../once/tail.js';

/** A rulebook was put in force by order. */
export interface RulebookDecided extends Settled {
  readonly event: RulebookAdopted;
}

interface RulebookOrdersOptions {
  readonly store: EventStore;
  readonly appends: Appends;
  readonly tail: Tail;
  readonly admission: Admission;
  readonly inForce: () => RulebookInForce;
  /** Brings the index up to the head of the log; false if it is too far behind. */
  readonly indexFollows: () => Promise<boolean>;
  /** Nothing more is decided under the rulebook in force. Resolves with true when all that was is recorded, or with false. */
  readonly endLines: () => Promise<boolean>;
  /** Lines are decided under this rulebook from now on. */
  readonly beginLines: (inForce: RulebookInForce) => void;
  readonly onCommitted: (position: Position) => void;
}

const firstAnswer: FirstAnswer<RulebookDecided> = (event, { position }) =>
  Promise.resolve({ decided: true, replayed: true, event: event as RulebookAdopted, position });

/**
 * Puts rulebooks in force while the ledger runs. What is under way is decided and answered first, under the former
 * rulebook; then the adoption is recorded; then everything that waited is decided under the new one.
 */
export class RulebookOrders {
  readonly #options: RulebookOrdersOptions;
  readonly #oneAtATime = new LinePause();
  /** Hash of the rulebook that is being recorded now. */
  #underWay: string | undefined;

  constructor(options: RulebookOrdersOptions) {
    this.#options = options;
  }

  /** Resolves when the ledger decides under it. */
  adopt(rulebook: CompiledRulebook, caller: Caller): Promise<RulebookDecided | Rejected> {
    const { admission } = this.#options;
    const identity = identityOf(ledgerScope, 'adopt rulebook', caller);
    if (!identity) return Promise.resolve(keyMissing());
    const decide = (): Promise<RulebookDecided | Rejected> =>
      admission.alone(identity, () => this.#decide(rulebook, identity, admission.issue(caller, identity)));
    return this.#oneAtATime.during(() => admission.once(identity, decide, firstAnswer));
  }

  /** Whether this process is putting the rulebook in force now: its views may know before it goes on under it. */
  isAdopting(hash: string): boolean {
    return this.#underWay === hash;
  }

  async #decide(rulebook: CompiledRulebook, identity: CommandIdentity, issued: Issued): Promise<RulebookDecided | Rejected> {
    const { inForce, indexFollows, endLines, beginLines } = this.#options;
    if (inForce().rulebook.hash === rulebook.hash) {
      return rejected('nothing-to-change', `The ${nameOf(rulebook.reference)} is in force already.`);
    }
    // Lines begin anew with the holds that the index knows.
    if (!(await indexFollows())) return indexBehind();
    let next = inForce();
    this.#underWay = rulebook.hash;
    try {
      if (!(await endLines())) return unavailable(notSent());
      const decided = await this.#record(rulebook, identity, issued);
      next = { rulebook, position: decided.position };
      return decided;
    } catch (error) {
      if (error instanceof StoreUnavailable) return unavailable(error);
      throw error;
    } finally {
      beginLines(next);
      this.#underWay = undefined;
    }
  }

  /** @throws StoreUnavailable if it was not recorded, or another process adopted another one meanwhile */
  async #record(rulebook: CompiledRulebook, identity: CommandIdentity, issued: Issued): Promise<RulebookDecided> {
    const { store, appends, tail, inForce, onCommitted } = this.#options;
    const { event, position, end } = await appendOnce<RulebookAdopted>({
      store,
      stream: rulebookStream,
      append: (...one) => appends.append(...one),
      draft: (last) => {
        if (last?.event.hash === inForce().rulebook.hash) return adoptionOf(rulebook, issued);
        throw new StoreUnavailable('Another process adopted another rulebook: look at it, and send the order again.');
      },
    });
    tail.add(identity.commandId, { stream: rulebookStream, revision: end.revision, position });
    onCommitted(position);
    return { decided: true, replayed: false, event, position };
  }
}

import type { EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { ObligationDone, ObligationFulfilled } from '../events/obligation-event.js';
import type { CommandIdentity, Issued } from '../line/line-command.js';
import { answersById } from '../line/recording.js';
import { obligationStreamOf } from '../line/streams.js';
import { appendOnce, type Newest } from '../appending/append-once.js';
import type { Admission } from '../once/admission.js';
import type { Appends } from '../appending/appends.js';
import { identityOf } from '../once/identity.js';
import type { Settled } from '../requests/ledger-outcome.js';
import { rejectedAt, keyMissing, type Rejected } from '../outcome/rejected.js';
import type { Caller } from '../requests/ledger-request.js';
import { readRevision } from '../once/stored-line-event.js';
import type { Tail } from '../once/tail.js';

export interface FulfilRequest {
  readonly obligationId: string;
  /** As the views show it now. */
  readonly obligation: ObligationDone;
  /** Milliseconds since 1970, not in the future; left out: now. */
  readonly fulfilledAt?: number;
  readonly reference: string;
  readonly note: string | null;
}

/** `replayed`: it had been fulfilled before, by this request or another one; the first counts. */
export interface Fulfilled extends Settled {
  readonly event: ObligationFulfilled;
  readonly eventId: string;
}

interface FulfilmentsOptions {
  readonly store: EventStore;
  readonly appends: Appends;
  readonly tail: Tail;
  readonly admission: Admission;
  readonly onCommitted: (position: Position) => void;
}

/** Records that obligations were fulfilled: each in a stream that takes one event, so that the first one counts. */
export class Fulfilments {
  readonly #options: FulfilmentsOptions;

  constructor(options: FulfilmentsOptions) {
    this.#options = options;
  }

  /** The scope of the key is the exporter, or else who owes it. Fulfilled before by anybody, it answers the first time. */
  fulfil(request: FulfilRequest, caller: Caller): Promise<Fulfilled | Rejected> {
    const { store, admission } = this.#options;
    const { obligationId, obligation } = request;
    const identity = identityOf(obligation.exporter ?? obligation.party.id, `fulfil ${obligationId}`, caller);
    if (!identity) return Promise.resolve(keyMissing());
    return admission.once(
      identity,
      () => this.#decide(request, admission.issue(caller, identity), identity),
      async (event, { stream, revision, position }) => {
        const { id } = await readRevision(store, stream, revision);
        return answerOf({ event: event as ObligationFulfilled, id, position }, true);
      },
    );
  }

  async #decide(request: FulfilRequest, issued: Issued, identity: CommandIdentity): Promise<Fulfilled | Rejected> {
    const { store, appends, tail, onCommitted } = this.#options;
    const { obligationId, obligation, fulfilledAt = issued.at, reference, note } = request;
    if (fulfilledAt > issued.at) return inTheFuture(issued.at);
    const stream = obligationStreamOf(obligationId);
    const { isNew, ...fulfilled } = await appendOnce<ObligationFulfilled>({
      store,
      stream,
      append: (...one) => appends.append(...one),
      draft: (first) =>
        first ? undefined : {
          type: 'ObligationFulfilled',
          v: 1,
          recordedAt: new Date(issued.at).toISOString(),
          principal: issued.principal,
          obligationId,
          obligation,
          fulfilledAt: new Date(fulfilledAt).toISOString(),
          reference,
          note,
          ...answersById(issued),
        },
    });
    if (isNew) {
      tail.add(identity.commandId, { stream, revision: fulfilled.end.revision, position: fulfilled.position });
      onCommitted(fulfilled.position);
    }
    return answerOf(fulfilled, !isNew);
  }
}

function inTheFuture(now: number): Rejected {
  const message = `fulfilledAt must not lie in the future: it is ${new Date(now).toISOString()}`;
  return rejectedAt('invalid-request', '/fulfilledAt', message);
}

function answerOf({ event, id, position }: Pick<Newest<ObligationFulfilled>, 'event' | 'id' | 'position'>, replayed: boolean): Fulfilled {
  return { decided: true, replayed, position, event, eventId: id };
}

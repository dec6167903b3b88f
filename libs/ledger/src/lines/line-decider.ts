import type { EventStore } from '../event-store/event-store.js';
import { noStream, type Position } from '../events/stored-event.js';
import type { LineEvent } from '../events/line-event.js';
import type { RulebookReference } from '../events/recorded.js';
import type { Draft } from '../events/seal.js';
import { isOpen } from '../line/decide.js';
import type { CommandIdentity, DeclareHoldings, Issued, Lapse, LineCommand, SetAllocation } from '../line/line-command.js';
import type { LineState } from '../line/line-state.js';
import type { ChosenCommand } from '../shared-log/chosen-command.js';
import type { Processes } from '../shared-log/processes.js';
import type { EntryCache } from './entry-cache.js';
import type { Outcome } from '../requests/ledger-outcome.js';
import { rejected, type Rejected } from '../outcome/rejected.js';
import { LineBatch, type BatchedEvent } from './line-batch.js';
import { untouchedHead, type LineHead } from './line-head.js';
import type { DueHolds } from './line-holds.js';
import type { Moves } from '../shipment/judge.js';
import type { LineLimits } from '../shipment/line-limits.js';
import type { CommandPlace, Tail } from '../once/tail.js';
import type { Waiting } from '../appending/writer-queue.js';

/** A command as it is submitted. */
export interface Submitted {
  readonly command: LineCommand;
  /** When nothing is recorded and the outcome is undefined. */
  readonly moves: Moves | undefined;
  /** Only on a shared log: it is claimed for the line before it is recorded. */
  readonly chosen?: ChosenCommand;
}

/** A command that waits for its outcome. */
export type Pending = Waiting<Submitted, Outcome | undefined>;

/** What became of one command: an event of the batch, nothing recorded, decided by another instance (perhaps), or a bug. */
export type Answer =
  | { readonly pending: Pending; readonly event: BatchedEvent }
  | { readonly pending: Pending; readonly rejection: Rejected }
  | { readonly pending: Pending; readonly moves: true }
  | { readonly pending: Pending; readonly identity: CommandIdentity; readonly elsewhere: CommandPlace }
  | { readonly pending: Pending; readonly identity: CommandIdentity; readonly indexed: readonly Position[] }
  | { readonly pending: Pending; readonly error: unknown };

/** Everything taken from the queue, decided. */
export interface Decided {
  readonly batch: LineBatch;
  readonly answers: readonly Answer[];
  /** Commands that wait for the next append: this one is full, or they need capacity of holds that lapse only then. */
  readonly postponed: readonly Pending[];
  /** Holds that are due did not fit the append. */
  readonly lapsesLeft: boolean;
}

interface LineDeciderOptions {
  readonly line: string;
  readonly rulebook: RulebookReference;
  readonly limits: LineLimits;
  readonly entries: EntryCache;
  readonly tail: Tail;
  readonly store: EventStore;
  readonly processes: Processes;
}

/**
 * Decides a batch of commands one after another: first the line follows its limits and what is due lapses, then each
 * command finds what those before it left. Nothing is written here.
 */
export class LineDecider {
  readonly #options: LineDeciderOptions;

  constructor(options: LineDeciderOptions) {
    this.#options = options;
  }

  decideAll(head: LineHead, taken: readonly Pending[], due: DueHolds, now: number): Decided {
    const { line, entries, store, processes } = this.#options;
    const batch = new LineBatch({ line, head: this.#underRulebook(head, now), entries, bytesMax: store.appendBytesMax });
    const answers: Answer[] = [];
    if (taken.length > 0) this.#followRulebook(batch, now);
    const indexed = processes.decidedByNow(taken);
    const lapsesLeft = !due.ids.every((id) => this.#lapse(batch, id, now));
    for (const [index, pending] of taken.entries()) {
      try {
        const known = this.#knownElsewhere(pending, indexed);
        const answer = known ?? this.#decideOne(batch, pending, due.more || lapsesLeft, now);
        if (answer === 'postponed') return { batch, answers, postponed: taken.slice(index), lapsesLeft };
        answers.push(answer);
      } catch (error) {
        // A bug in what one command met must not take those beside it down.
        answers.push({ pending, error });
      }
    }
    return { batch, answers, postponed: [], lapsesLeft };
  }

  #knownElsewhere(pending: Pending, indexed: ReadonlyMap<string, readonly Position[]>): Answer | undefined {
    const { identity } = pending.command;
    if (identity === null) return undefined;
    const elsewhere = this.#options.tail.find(identity.commandId);
    if (elsewhere) return { pending, identity, elsewhere };
    const positions = indexed.get(identity.commandId);
    return positions && { pending, identity, indexed: positions };
  }

  #decideOne(batch: LineBatch, pending: Pending, moreDue: boolean, now: number): Answer | 'postponed' {
    const command = this.#asOfNow(pending.command, batch.head.state, now);
    if (command === undefined) return { pending, rejection: nothingToChange() };
    const names = 'reservationId' in command && command.type !== 'Reserve' ? command.reservationId : undefined;
    if (names !== undefined && !this.#lapseIfDue(batch, names, now)) return 'postponed';
    const decision = batch.decide(command);
    if ('decided' in decision) return { pending, rejection: decision };
    if (moreDue && lacksCapacity(decision)) return 'postponed';
    if (pending.moves && movesOn(pending.moves, batch.head.state, decision)) return { pending, moves: true };
    if (!decision.every((draft) => batch.add(draft))) return batch.events.length > 0 ? 'postponed' : { pending, rejection: this.#tooLarge() };
    const event = decision.length > 0 && batch.events.at(-1);
    return event ? { pending, event } : { pending, rejection: nothingToChange() };
  }

  /** What limits the line may have changed since the command was judged. Undefined: it follows its limits by now. */
  #asOfNow(command: LineCommand, state: LineState, now: number): LineCommand | undefined {
    const { limits, line } = this.#options;
    if (command.type === 'SetAllocation') return command.basis === 'order' ? command : limits.following(line, state, command);
    if (command.type === 'DeclareHoldings') return limits.declaring(line, state, command);
    if (!('shareLimits' in command) || command.shareLimits === undefined) return command;
    return { ...command, shareLimits: limits.limitsOn(line, command.shareLimits, now) };
  }

  /** A line without history has whatever cap the rulebook grants it today. */
  #underRulebook(head: LineHead, now: number): LineHead {
    const { limits, line } = this.#options;
    return head.end.revision === noStream ? untouchedHead(limits.capOf(line, now)) : head;
  }

  /** The cap follows the rulebook: a new one, or a date at which it changes. Shares follow what the company declares. */
  #followRulebook(batch: LineBatch, now: number): void {
    const { limits, line } = this.#options;
    const following = limits.following(line, batch.head.state, this.#issuedBySystem(now));
    if (following) this.#onItsOwn(batch, following);
    const declaring = limits.declaring(line, batch.head.state, this.#issuedBySystem(now));
    if (declaring) this.#onItsOwn(batch, declaring);
  }

  #lapseIfDue(batch: LineBatch, id: string, now: number): boolean {
    const reservation = batch.reservation(id);
    const isDue = reservation && isOpen(reservation) && reservation.expiresAt !== null && Date.parse(reservation.expiresAt) <= now;
    return !isDue || this.#lapse(batch, id, now);
  }

  #lapse(batch: LineBatch, reservationId: string, now: number): boolean {
    return this.#onItsOwn(batch, { type: 'Lapse', reservationId, ...this.#issuedBySystem(now) });
  }

  /** Decides what nobody asked for; false if it does not fit the append. */
  #onItsOwn(batch: LineBatch, command: SetAllocation | DeclareHoldings | Lapse): boolean {
    const decision = batch.decide(command);
    return 'decided' in decision || decision.every((draft) => batch.add(draft));
  }

  #tooLarge(): Rejected {
    const { line, store } = this.#options;
    const text = `What would be recorded on ${line} has more bytes than the event store takes at once (${store.appendBytesMax}): send it in parts.`;
    return rejected('invalid-request', text);
  }

  #issuedBySystem(at: number): Issued {
    return { at, principal: 'system', rulebook: this.#options.rulebook, identity: null };
  }
}

/** The entries that commands change, and the holds that are due. */
export function namedBy(taken: readonly Pending[], due: DueHolds): readonly string[] {
  return [...due.ids, ...taken.map(({ command }) => changedBy(command))];
}

/** The entry that a command changes; an empty text if it brings one into being or changes none. */
function changedBy(command: LineCommand): string {
  if (command.type === 'Reserve') return '';
  if (command.type === 'Reverse' || command.type === 'File') return command.exportId;
  return 'reservationId' in command ? command.reservationId : '';
}

function nothingToChange(): Rejected {
  return rejected('nothing-to-change', 'The line is as asked for already.');
}

function lacksCapacity(drafts: readonly Draft<LineEvent>[]): boolean {
  return drafts.some((draft) => draft.type === 'ReservationRefused' && draft.code === 'insufficient-quota');
}

function movesOn(moves: Moves, { closedInto }: LineState, drafts: readonly Draft<LineEvent>[]): boolean {
  const refused = drafts.find((draft) => draft.type === 'ReservationRefused');
  if (refused?.code === 'line-suspended') return closedInto !== undefined;
  return moves === 'when-full' && refused?.code === 'insufficient-quota';
}

import { noStream } from '../event-store/event-store.js';
import type { LineEvent, RulebookReference } from '../events/ledger-event.js';
import type { Draft } from '../events/seal.js';
import { isOpen } from '../line/decide.js';
import type { CommandIdentity, Issued, Lapse, LineCommand, SetAllocation } from '../line/line-command.js';
import type { LineState } from '../line/line-state.js';
import type { EntryCache } from './entry-cache.js';
import { rejected, type Outcome, type Rejected } from './ledger-outcome.js';
import { LineBatch, type BatchedEvent } from './line-batch.js';
import { untouchedHead, type LineHead } from './line-head.js';
import type { DueHolds } from './line-holds.js';
import type { Moves } from './judge.js';
import type { LineLimits } from './line-limits.js';
import type { CommandPlace, Tail } from './tail.js';

/** A command that waits for its outcome. */
export interface Pending {
  readonly command: LineCommand;
  /** When nothing is recorded and the outcome is undefined. */
  readonly moves: Moves | undefined;
  readonly resolve: (outcome: Outcome | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one command: an event of the batch, nothing recorded, decided by another instance, or a bug. */
export type Answer =
  | { readonly pending: Pending; readonly event: BatchedEvent }
  | { readonly pending: Pending; readonly rejection: Rejected }
  | { readonly pending: Pending; readonly moves: true }
  | { readonly pending: Pending; readonly identity: CommandIdentity; readonly elsewhere: CommandPlace }
  | { readonly pending: Pending; readonly error: unknown };

/** Everything taken from the queue, decided. */
export interface Decided {
  readonly batch: LineBatch;
  readonly answers: readonly Answer[];
  /** Commands that wait for capacity of holds that are due but not yet lapsed. */
  readonly postponed: readonly Pending[];
}

interface LineDeciderOptions {
  readonly line: string;
  readonly rulebook: RulebookReference;
  readonly limits: LineLimits;
  readonly entries: EntryCache;
  readonly tail: Tail;
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
    const { line, entries } = this.#options;
    const batch = new LineBatch({ line, head: this.#underRulebook(head, now), entries });
    const answers: Answer[] = [];
    if (taken.length > 0) this.#followRulebook(batch, now);
    for (const id of due.ids) this.#lapse(batch, id, now);
    for (const [index, pending] of taken.entries()) {
      try {
        const answer = this.#decideOne(batch, pending, due.more, now);
        if (answer === 'postponed') return { batch, answers, postponed: taken.slice(index) };
        answers.push(answer);
      } catch (error) {
        // A bug in what one command met must not take those beside it down.
        answers.push({ pending, error });
      }
    }
    return { batch, answers, postponed: [] };
  }

  #decideOne(batch: LineBatch, pending: Pending, moreDue: boolean, now: number): Answer | 'postponed' {
    const command = this.#limitedToday(pending.command, now);
    const { identity } = command;
    const elsewhere = identity && this.#options.tail.find(identity.commandId);
    if (elsewhere) return { pending, identity, elsewhere };
    if ('reservationId' in command && command.type !== 'Reserve') this.#lapseIfDue(batch, command.reservationId, now);
    const decision = batch.decide(command);
    if ('decided' in decision) return { pending, rejection: decision };
    if (moreDue && lacksCapacity(decision)) return 'postponed';
    if (pending.moves && movesOn(pending.moves, batch.head.state, decision)) return { pending, moves: true };
    for (const draft of decision) batch.add(draft);
    const event = decision.length > 0 && batch.events.at(-1);
    return event ? { pending, event } : { pending, rejection: rejected('nothing-to-change', 'The line is as asked for already.') };
  }

  /** What the company declares may have changed since the command was judged. */
  #limitedToday(command: LineCommand, now: number): LineCommand {
    if (!('shareLimits' in command) || command.shareLimits === undefined || command.type === 'SetAllocation') return command;
    const { limits, line } = this.#options;
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
  }

  #lapseIfDue(batch: LineBatch, id: string, now: number): void {
    const reservation = batch.reservation(id);
    if (reservation && isOpen(reservation) && reservation.expiresAt !== null && Date.parse(reservation.expiresAt) <= now) {
      this.#lapse(batch, id, now);
    }
  }

  #lapse(batch: LineBatch, reservationId: string, now: number): void {
    this.#onItsOwn(batch, { type: 'Lapse', reservationId, ...this.#issuedBySystem(now) });
  }

  /** Decides what nobody asked for. */
  #onItsOwn(batch: LineBatch, command: SetAllocation | Lapse): void {
    const decision = batch.decide(command);
    if (!('decided' in decision)) for (const draft of decision) batch.add(draft);
  }

  #issuedBySystem(at: number): Issued {
    return { at, principal: 'system', rulebook: this.#options.rulebook, identity: null };
  }
}

function lacksCapacity(drafts: readonly Draft<LineEvent>[]): boolean {
  return drafts.some((draft) => draft.type === 'ReservationRefused' && draft.code === 'insufficient-quota');
}

function movesOn(moves: Moves, { closedInto }: LineState, drafts: readonly Draft<LineEvent>[]): boolean {
  const refused = drafts.find((draft) => draft.type === 'ReservationRefused');
  if (refused?.code === 'line-suspended') return closedInto !== undefined;
  return moves === 'when-full' && refused?.code === 'insufficient-quota';
}

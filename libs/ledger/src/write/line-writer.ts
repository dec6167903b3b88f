import type { CompiledRulebook } from '#rulebook';
import { noStream, StoreUnavailable, type EventStore, type Position } from '../event-store/event-store.js';
import { commandIdOf } from '../events/command-id.js';
import type { LineEvent } from '../events/ledger-event.js';
import type { Draft } from '../events/seal.js';
import { isOpen } from '../line/decide.js';
import type { CommandIdentity, Issued, Lapse, LineCommand, SetAllocation } from '../line/line-command.js';
import type { LineState } from '../line/line-state.js';
import { quotaStreamOf } from '../line/streams.js';
import { appendDurably } from './append-durably.js';
import type { Clock } from './clock.js';
import type { EntryCache } from './entry-cache.js';
import { rejected, unavailable, type Outcome, type Rejected } from './ledger-outcome.js';
import { LineBatch, type BatchedEvent } from './line-batch.js';
import { outcomeOf } from './outcome-of.js';
import { untouchedHead, type LineHead } from './line-head.js';
import type { DueHolds, LineHolds } from './line-holds.js';
import type { LineReader } from './line-reader.js';
import type { CommandPlace, Tail } from './tail.js';

/** At most this many lapses go into one append, so that a mass expiry does not hold up the commands behind it. */
const lapsesMax = 500;
const batchMax = 2_000;
/** After a failed append. */
const lookAgainMs = 1_000;

export interface LineWriterOptions {
  readonly line: string;
  readonly store: EventStore;
  readonly rulebook: CompiledRulebook;
  readonly clock: Clock;
  readonly entries: EntryCache;
  readonly tail: Tail;
  readonly holds: LineHolds;
  readonly reader: LineReader;
  /** Commands that may wait; past it the answer is `busy`, at once. */
  readonly queueMax: number;
  readonly onCommitted: (position: Position) => void;
  /** The first answer to a command that another instance decided. */
  readonly firstAnswer: (identity: CommandIdentity, place: CommandPlace) => Promise<Outcome>;
}

interface Pending {
  readonly command: LineCommand;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one command: an event of the batch, nothing recorded, decided by another instance, or a bug. */
type Answer =
  | { readonly pending: Pending; readonly event: BatchedEvent }
  | { readonly pending: Pending; readonly rejection: Rejected }
  | { readonly pending: Pending; readonly identity: CommandIdentity; readonly elsewhere: CommandPlace }
  | { readonly pending: Pending; readonly error: unknown };

/** Everything taken from the queue, decided. */
interface Decided {
  readonly batch: LineBatch;
  readonly answers: readonly Answer[];
  /** Commands that wait for capacity of holds that are due but not yet lapsed. */
  readonly postponed: readonly Pending[];
}

/**
 * The one writer of a line: takes everything that waits, lapses what is due, decides one after another on the head in
 * memory, appends all events at once and only then answers. While an append is under way the next batch collects.
 */
export class LineWriter {
  readonly #options: LineWriterOptions;
  readonly #stream: string;
  readonly #queue: Pending[] = [];
  #head: LineHead | undefined;
  #loading: Promise<LineHead | undefined> | undefined;
  #running: Promise<void> | undefined;

  constructor(options: LineWriterOptions) {
    this.#options = options;
    this.#stream = quotaStreamOf(options.line);
  }

  /** Resolves when the command's events are durable. Commands are decided in the order of these calls. */
  submit(command: LineCommand): Promise<Outcome> {
    if (this.#queue.length >= this.#options.queueMax) {
      return Promise.resolve(rejected('busy', `${this.#queue.length} commands wait on ${this.#options.line}: try again in a second.`));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ command, resolve, reject });
      this.wake();
    });
  }

  /** Sees to the holds that are due. */
  wake(): void {
    this.#running ??= Promise.resolve().then(() => this.#run()).finally(() => {
      this.#running = undefined;
      if (this.#queue.length > 0) this.wake();
    });
  }

  /** The line as of its newest event. */
  async recordedState(): Promise<LineState> {
    const { state } = await this.#loaded();
    return state;
  }

  /** The line as the next command at `at` (milliseconds) finds it: with the cap that the rulebook grants it then. */
  async state(at: number): Promise<LineState> {
    const state = await this.recordedState();
    if (state.capBasis === 'order') return state;
    return { ...state, balance: { ...state.balance, allocation: this.#options.rulebook.capOfLine(this.#options.line, at) } };
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0 || this.#options.holds.due(this.#options.clock())) {
      const taken = this.#queue.splice(0, batchMax);
      try {
        await this.#writeBatch(taken);
      } catch (error) {
        this.#fail(taken, error);
        if (taken.length === 0) return;
      }
    }
  }

  /** The head stays: it is what this process knows to be written, and a later append finds out whether there is more. */
  #fail(taken: readonly Pending[], error: unknown): void {
    const { holds, clock } = this.#options;
    holds.lookAgain(clock() + lookAgainMs);
    for (const { resolve, reject } of taken) {
      if (error instanceof StoreUnavailable) resolve(unavailable(error));
      else reject(error);
    }
  }

  async #writeBatch(taken: readonly Pending[]): Promise<void> {
    const { store, reader, holds, clock } = this.#options;
    const now = clock();
    for (let head = await this.#loaded(); ; head = await this.#catchUp(head)) {
      const due = await holds.takeDue(now, lapsesMax);
      try {
        const named = [...due.ids, ...taken.map(({ command }) => changedBy(command))];
        if (reader.isAhead(head, named)) head = await this.#catchUp(head);
        const decided = this.#decideAll(head, taken, due, now);
        const events = decided.batch.events.map(({ sealed }) => sealed);
        const result = events.length === 0 ? nothingToAppend : await appendDurably(store, this.#stream, head.end.revision, events);
        if (result.appended) return this.#commit(decided, result.positions);
      } finally {
        holds.handBack(due.ids);
      }
      // Another instance wrote: it may have lapsed some of these holds, and others of its own may be due.
      holds.lookAgain(now);
    }
  }

  #decideAll(head: LineHead, taken: readonly Pending[], due: DueHolds, now: number): Decided {
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
    const { command } = pending;
    const { identity } = command;
    const elsewhere = identity && this.#options.tail.find(identity.commandId);
    if (elsewhere) return { pending, identity, elsewhere };
    if ('reservationId' in command && command.type !== 'Reserve') this.#lapseIfDue(batch, command.reservationId, now);
    const decision = batch.decide(command);
    if ('decided' in decision) return { pending, rejection: decision };
    if (moreDue && lacksCapacity(decision)) return 'postponed';
    for (const draft of decision) batch.add(draft);
    const event = decision.length > 0 && batch.events.at(-1);
    return event ? { pending, event } : { pending, rejection: rejected('nothing-to-change', 'The line is as asked for already.') };
  }

  /** A line without history has whatever cap the rulebook grants it today. */
  #underRulebook(head: LineHead, now: number): LineHead {
    const { rulebook, line } = this.#options;
    return head.end.revision === noStream ? untouchedHead(rulebook.capOfLine(line, now)) : head;
  }

  /** The cap that the rulebook grants follows the rulebook: a new one, or a date that moves a country to another group. */
  #followRulebook(batch: LineBatch, now: number): void {
    const { rulebook, line } = this.#options;
    const { capBasis, balance } = batch.head.state;
    const cap = rulebook.capOfLine(line, now);
    if (capBasis !== 'rulebook' || balance.allocation === cap) return;
    const { id, version } = rulebook.reference;
    const reason = `Cap of ${line} under rulebook ${id} ${version}.`;
    this.#onItsOwn(batch, { type: 'SetAllocation', allocationMilliTpp: cap, basis: 'rulebook', reason, ...this.#issuedBySystem(now) });
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
    return { at, principal: 'system', rulebook: this.#options.rulebook.reference, identity: null };
  }

  #commit({ batch, answers, postponed }: Decided, positions: readonly Position[]): void {
    const { tail, onCommitted, firstAnswer } = this.#options;
    this.#head = batch.head;
    tail.prune();
    batch.events.forEach((event, index) => this.#keep(event, positions[index] ?? 0));
    const last = positions.at(-1);
    if (last !== undefined) onCommitted(last);
    const firstRevision = batch.head.end.revision - batch.events.length + 1;
    for (const answer of answers) {
      const { resolve, reject } = answer.pending;
      if ('event' in answer) resolve(outcomeOf(answer.event, this.#options.line, positions[answer.event.sealed.revision - firstRevision] ?? 0));
      else if ('rejection' in answer) resolve(answer.rejection);
      else if ('elsewhere' in answer) firstAnswer(answer.identity, answer.elsewhere).then(resolve, reject);
      else reject(answer.error);
    }
    if (postponed.length > 0) this.#queue.unshift(...postponed);
  }

  /** What was only created is found through the tail; what changed must stay at hand until the index has caught up. */
  #keep({ sealed, reservation, export: posted }: BatchedEvent, position: Position): void {
    const { tail, holds, entries } = this.#options;
    const { event, revision } = sealed;
    const commandId = commandIdOf(event);
    if (commandId !== null) tail.add(commandId, { stream: this.#stream, revision, position });
    holds.observe(event, position);
    if ('reservationRevision' in event && reservation) entries.keepReservation(reservation, position);
    if (event.type === 'ExportReversed' && posted) entries.keepExport(posted, position);
  }

  async #loaded(): Promise<LineHead> {
    const { reader, rulebook, line, clock } = this.#options;
    if (this.#head) return this.#head;
    this.#loading ??= reader.load().finally(() => (this.#loading = undefined));
    const head = (await this.#loading) ?? untouchedHead(rulebook.capOfLine(line, clock()));
    return (this.#head ??= head);
  }

  async #catchUp(head: LineHead): Promise<LineHead> {
    return (this.#head = await this.#options.reader.catchUp(head));
  }
}

const nothingToAppend = { appended: true, positions: [] } as const;

/** The entry that a command changes; an empty text if it brings one into being or changes none. */
function changedBy(command: LineCommand): string {
  if (command.type === 'Reserve') return '';
  if (command.type === 'Reverse') return command.exportId;
  return 'reservationId' in command ? command.reservationId : '';
}

function lacksCapacity(drafts: readonly Draft<LineEvent>[]): boolean {
  return drafts.some((draft) => draft.type === 'ReservationRefused' && draft.code === 'insufficient-quota');
}

import type { CompiledRulebook } from '#rulebook';
import { noStream, StoreUnavailable, type EventStore, type Position, type StoredEvent } from '../event-store/event-store.js';
import type { LineEvent } from '../events/ledger-event.js';
import { commandIdOf } from '../events/command-id.js';
import { digestOf, emptyStream, seal, type Draft, type SealedEvent, type StreamEnd } from '../events/seal.js';
import { decide, isOpen } from '../line/decide.js';
import type { PostedExport, Reservation } from '../line/entries.js';
import { foldExport, foldReservation } from '../line/fold-entries.js';
import type { CommandIdentity, LineCommand } from '../line/line-command.js';
import { stateAfter, untouchedLine, type LineState } from '../line/line-state.js';
import { quotaStreamOf } from '../line/streams.js';
import { appendDurably } from './append-durably.js';
import type { Clock } from './clock.js';
import type { EntryCache } from './entry-cache.js';
import type { LineHolds } from './line-holds.js';
import { rejected, type Outcome, type Rejected } from './ledger-outcome.js';
import { lineEventOf } from './stored-line-event.js';
import type { CommandPlace, Tail } from './tail.js';

/** At most this many lapses go into one append, so that a mass expiry does not hold up the commands behind it. */
const lapsesMax = 500;
const batchMax = 2_000;
/** After a failed append. */
const lookAgainMs = 1_000;
const catchUpPage = 500;

export interface LineWriterOptions {
  readonly line: string;
  readonly store: EventStore;
  readonly rulebook: CompiledRulebook;
  readonly clock: Clock;
  readonly entries: EntryCache;
  readonly tail: Tail;
  readonly holds: LineHolds;
  /** Commands that may wait; past it the answer is `busy`, at once. */
  readonly queueMax: number;
  readonly onCommitted: (position: Position) => void;
  /** The first answer to a command that another instance decided. */
  readonly firstAnswer: (identity: CommandIdentity, place: CommandPlace) => Promise<Outcome>;
}

/** Where the line stands: of constant size, whatever its history. */
interface Head {
  readonly end: StreamEnd;
  readonly state: LineState;
  /** Milliseconds. */
  readonly lastRecordedAt: number;
}

interface Pending {
  readonly command: LineCommand;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one command of a batch: an event of it, nothing recorded, or decided by another instance. */
type Answer =
  | { readonly pending: Pending; readonly eventIndex: number }
  | { readonly pending: Pending; readonly rejection: Rejected }
  | { readonly pending: Pending; readonly identity: CommandIdentity; readonly elsewhere: CommandPlace };

/** A batch as decided on the head, not yet written. */
interface Batch {
  readonly sealed: SealedEvent<LineEvent>[];
  readonly answers: Answer[];
  readonly reservations: Map<string, Reservation>;
  readonly exports: Map<string, PostedExport>;
  head: Head;
  /** Commands that wait for capacity of holds that are due but not yet lapsed. */
  postponed: readonly Pending[];
}

/**
 * The one writer of a line: takes everything that waits, lapses what is due, decides one after another on the head in
 * memory, appends all events at once and only then answers. While an append is under way the next batch collects.
 */
export class LineWriter {
  readonly #options: LineWriterOptions;
  readonly #stream: string;
  #queue: Pending[] = [];
  #head: Head | undefined;
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
  async state(): Promise<LineState> {
    const { state } = await this.#loaded();
    return state;
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

  #fail(taken: readonly Pending[], error: unknown): void {
    const { holds, clock } = this.#options;
    this.#head = undefined;
    holds.lookAgain(clock() + lookAgainMs);
    for (const { resolve, reject } of taken) {
      if (error instanceof StoreUnavailable) {
        resolve(rejected(error.code === 'storage-full' ? 'storage-full' : 'store-unavailable', error.message));
      } else {
        reject(error);
      }
    }
  }

  async #writeBatch(taken: readonly Pending[]): Promise<void> {
    const { store, holds, clock } = this.#options;
    const now = clock();
    let head = await this.#loaded();
    const due = await holds.takeDue(now, lapsesMax);
    try {
      for (;;) {
        const batch = this.#decideAll(head, taken, due.ids, due.more, now);
        const result =
          batch.sealed.length === 0
            ? ({ appended: true, positions: [] } as const)
            : await appendDurably(store, this.#stream, head.end.revision, batch.sealed);
        if (result.appended) {
          this.#commit(batch, result.positions);
          return;
        }
        head = await this.#catchUp(head);
      }
    } finally {
      holds.handBack(due.ids);
    }
  }

  #decideAll(head: Head, taken: readonly Pending[], dueIds: readonly string[], moreDue: boolean, now: number): Batch {
    const batch: Batch = { sealed: [], answers: [], reservations: new Map(), exports: new Map(), head, postponed: [] };
    if (taken.length > 0) this.#followRulebook(batch, now);
    for (const id of dueIds) this.#lapse(batch, id, now);
    for (const [index, pending] of taken.entries()) {
      const { command } = pending;
      const elsewhere = command.identity && this.#options.tail.find(command.identity.commandId);
      if (elsewhere && command.identity) {
        batch.answers.push({ pending, identity: command.identity, elsewhere });
        continue;
      }
      if ('reservationId' in command && command.type !== 'Reserve') this.#lapseIfDue(batch, command.reservationId, now);
      const drafts = decide(command, this.#contextOf(batch, command));
      if ('decided' in drafts) {
        batch.answers.push({ pending, rejection: drafts });
      } else if (moreDue && lacksCapacity(drafts)) {
        batch.postponed = taken.slice(index);
        break;
      } else if (drafts.length === 0) {
        batch.answers.push({ pending, rejection: rejected('nothing-to-change', 'The line is as asked for already.') });
      } else {
        for (const draft of drafts) this.#add(batch, draft);
        batch.answers.push({ pending, eventIndex: batch.sealed.length - 1 });
      }
    }
    return batch;
  }

  /** The cap that the rulebook grants follows the rulebook: a new one, or a date that moves a country to another group. */
  #followRulebook(batch: Batch, now: number): void {
    const { rulebook, line } = this.#options;
    const { state, end } = batch.head;
    const cap = rulebook.capOfLine(line, now);
    if (state.capBasis !== 'rulebook' || state.balance.allocation === cap) return;
    if (end.revision === noStream) {
      batch.head = { ...batch.head, state: untouchedLine(cap) };
      return;
    }
    const { reference } = rulebook;
    const command = {
      type: 'SetAllocation',
      at: now,
      principal: 'system',
      rulebook: reference,
      identity: null,
      allocationMilliTpp: cap,
      basis: 'rulebook',
      reason: `Cap of ${line} under rulebook ${reference.id} ${reference.version}.`,
    } as const;
    const drafts = decide(command, this.#contextOf(batch, command));
    if (!('decided' in drafts)) for (const draft of drafts) this.#add(batch, draft);
  }

  #lapseIfDue(batch: Batch, id: string, now: number): void {
    const reservation = this.#reservationOf(batch, id);
    if (reservation && isOpen(reservation) && reservation.expiresAt !== null && Date.parse(reservation.expiresAt) <= now) {
      this.#lapse(batch, id, now);
    }
  }

  #lapse(batch: Batch, reservationId: string, now: number): void {
    const command = {
      type: 'Lapse',
      at: now,
      principal: 'system',
      rulebook: this.#options.rulebook.reference,
      identity: null,
      reservationId,
    } as const;
    const drafts = decide(command, this.#contextOf(batch, command));
    if (!('decided' in drafts)) for (const draft of drafts) this.#add(batch, draft);
  }

  #contextOf(batch: Batch, command: LineCommand) {
    const { state, lastRecordedAt } = batch.head;
    return {
      state,
      lastRecordedAt,
      reservation: 'reservationId' in command ? this.#reservationOf(batch, command.reservationId) : undefined,
      export: command.type === 'Reverse' ? this.#exportOf(batch, command.exportId) : undefined,
    };
  }

  #reservationOf(batch: Batch, id: string): Reservation | undefined {
    return batch.reservations.get(id) ?? this.#options.entries.reservation(id);
  }

  #exportOf(batch: Batch, id: string): PostedExport | undefined {
    return batch.exports.get(id) ?? this.#options.entries.export(id);
  }

  #add(batch: Batch, draft: Draft<LineEvent>): void {
    const sealed = seal<LineEvent>(this.#stream, batch.head.end, draft);
    const { event } = sealed;
    const place = { line: this.#options.line, revision: sealed.revision };
    batch.sealed.push(sealed);
    batch.head = { end: sealed, state: stateAfter(event), lastRecordedAt: Date.parse(event.recordedAt) };
    if ('reservationId' in event && event.reservationId !== null) {
      const next = foldReservation(this.#reservationOf(batch, event.reservationId), event, place);
      if (next) batch.reservations.set(next.id, next);
    }
    if ('exportId' in event) {
      const next = foldExport(this.#exportOf(batch, event.exportId), event, place);
      if (next) batch.exports.set(next.id, next);
    }
  }

  #commit(batch: Batch, positions: readonly Position[]): void {
    const { tail, holds, line } = this.#options;
    this.#head = batch.head;
    tail.prune();
    batch.sealed.forEach(({ event, revision }, index) => {
      const position = positions[index] ?? 0;
      const commandId = commandIdOf(event);
      if (commandId !== null) tail.add(commandId, { line, revision, position });
      holds.observe(event, position);
      this.#keepChanged(batch, event, position);
    });
    const last = positions.at(-1);
    if (last !== undefined) this.#options.onCommitted(last);
    for (const answer of batch.answers) {
      const { resolve, reject } = answer.pending;
      if ('rejection' in answer) resolve(answer.rejection);
      else if ('eventIndex' in answer) resolve(this.#outcome(batch, answer.eventIndex, positions));
      else this.#options.firstAnswer(answer.identity, answer.elsewhere).then(resolve, reject);
    }
    if (batch.postponed.length > 0) this.#queue.unshift(...batch.postponed);
  }

  /** What was only created is found through the tail; what changed must stay at hand until the index has caught up. */
  #keepChanged(batch: Batch, event: LineEvent, position: Position): void {
    const { entries } = this.#options;
    if ('reservationRevision' in event && event.reservationId !== null) {
      const changed = batch.reservations.get(event.reservationId);
      if (changed) entries.keepReservation(changed, position);
    }
    if (event.type === 'ExportReversed') {
      const changed = batch.exports.get(event.exportId);
      if (changed) entries.keepExport(changed, position);
    }
  }

  #outcome(batch: Batch, index: number, positions: readonly Position[]): Outcome {
    const sealed = batch.sealed[index] as SealedEvent<LineEvent>;
    const { event, revision } = sealed;
    const id = 'reservationId' in event ? event.reservationId : null;
    return {
      decided: true,
      replayed: false,
      event,
      line: this.#options.line,
      revision,
      position: positions[index] as Position,
      reservation: id === null ? undefined : batch.reservations.get(id),
    };
  }

  async #loaded(): Promise<Head> {
    if (this.#head) return this.#head;
    const { store, rulebook, line, clock } = this.#options;
    const [last] = await store.readStream(this.#stream, { limit: 1, backwards: true });
    this.#head ??= last
      ? headAt(last)
      : { end: emptyStream, state: untouchedLine(rulebook.capOfLine(line, clock())), lastRecordedAt: 0 };
    return this.#head;
  }

  /** Takes in what another writer appended behind `head`. */
  async #catchUp(head: Head): Promise<Head> {
    const { store, tail, entries, holds, line } = this.#options;
    let current = head;
    for (;;) {
      const page = await store.readStream(this.#stream, { from: current.end.revision + 1, limit: catchUpPage });
      for (const stored of page) {
        const event = lineEventOf(stored);
        const { revision, position } = stored;
        const commandId = commandIdOf(event);
      if (commandId !== null) tail.add(commandId, { line, revision, position });
        holds.observe(event, position);
        entries.observe(event, { line, revision }, position);
        current = headAt(stored);
      }
      this.#head = current;
      if (page.length < catchUpPage) return current;
    }
  }
}

function headAt(stored: StoredEvent): Head {
  const event = lineEventOf(stored);
  return {
    end: { revision: stored.revision, digest: digestOf(stored.json) },
    state: stateAfter(event),
    lastRecordedAt: Date.parse(event.recordedAt),
  };
}

function lacksCapacity(drafts: readonly Draft<LineEvent>[]): boolean {
  return drafts.some((draft) => draft.type === 'ReservationRefused' && draft.code === 'insufficient-quota');
}

import { assertFollows } from '../event-store/chain.js';
import type { AppendResult, EventStore } from '../event-store/event-store.js';
import type { Appends } from '../appending/appends.js';
import { NextRead } from '../appending/next-read.js';
import { WriterQueue, type Waiting } from '../appending/writer-queue.js';
import { decodeEvent } from '../events/codec.js';
import { commandIdOf } from '../events/command-id.js';
import type { LedgerEvent } from '../events/ledger-event.js';
import { digestOf, emptyStream, seal, type Draft, type SealedEvent, type StreamEnd } from '../events/seal.js';
import type { Position, Revision, StoredEvent } from '../events/stored-event.js';
import type { CommandIdentity } from '../line/line-command.js';
import type { CommandGate } from '../once/command-gate.js';
import { indexedEnd } from '../once/indexed-end.js';
import type { CommandPlace, Tail } from '../once/tail.js';
import { rejected, type Rejected } from '../outcome/rejected.js';
import type { Settled } from '../requests/ledger-outcome.js';
import type { Processes } from '../shared-log/processes.js';

/** What is decided for a stream: by a key, or without one. */
export interface StreamCommand {
  readonly identity: CommandIdentity | null;
}

/** Decides the commands of one append, one after another. Nothing of it holds before the append is durable. */
export interface StreamBatch<Command, Event extends LedgerEvent> {
  /** The event to record; null if what is wanted holds already. */
  decide(command: Command): Draft<Event> | Rejected | null;
  /** The event joins the append: the commands behind it are decided on what it changes. */
  add(event: Event, revision: Revision): void;
}

/** What differs between streams. */
export interface StreamKind<Command extends StreamCommand, Event extends LedgerEvent> {
  readonly stream: string;
  /** What waits, for people: `commands wait on the register of companies`. */
  readonly waitFor: string;
  /** Commands that are decided for one append. */
  readonly batchMax: number;
  /** Whether every event of the stream is folded. If not, reading begins at the newest one that the index knows. */
  readonly isFoldedWhole: boolean;
  /** Whether somebody else appends to the stream, even where one process has the log for itself. */
  readonly hasOtherWriters?: boolean;
  begin(): StreamBatch<Command, Event>;
  /** Takes in an event that is durable. */
  fold(event: Event, revision: Revision, position: Position): void;
  /** Told of an event that was read from the log and folded: somebody else may have recorded it. */
  onRead?(event: Event): void;
}

export interface StreamWriterOptions {
  readonly store: EventStore;
  readonly appends: Appends;
  readonly tail: Tail;
  readonly processes: Processes;
  readonly gate: CommandGate;
  /** Commands that may wait; past it the answer is `busy`, at once. */
  readonly queueMax: number;
  readonly onCommitted: (position: Position) => void;
}

/** An event was recorded in the stream, now or, for a retry, the first time. */
export interface Recorded<Event extends LedgerEvent> extends Settled {
  readonly event: Event;
  readonly revision: Revision;
}

type Outcome<Event extends LedgerEvent> = Recorded<Event> | Rejected | null;

type Pending<Command, Event extends LedgerEvent> = Waiting<{ readonly command: Command }, Outcome<Event>>;

type Answer<Command, Event extends LedgerEvent> = { readonly pending: Pending<Command, Event> } & (
  | { readonly sealed: SealedEvent<Event> }
  | { readonly outcome: Rejected | null }
  | { readonly identity: CommandIdentity; readonly elsewhere: CommandPlace }
  | { readonly identity: CommandIdentity; readonly indexed: readonly Position[] }
  | { readonly error: unknown }
);

const page = 1_000;
const nothingToAppend = { appended: true, positions: [] } as const;

/**
 * The one writer of a stream: decides everything that waits one after another, appends it at once, and takes it in when it
 * is durable. What somebody else wrote shows as a conflict: it is taken in, and the batch is decided again.
 */
export class StreamWriter<Command extends StreamCommand, Event extends LedgerEvent> {
  readonly #kind: StreamKind<Command, Event>;
  readonly #options: StreamWriterOptions;
  readonly #queue: WriterQueue<{ readonly command: Command }, Outcome<Event>>;
  readonly #reads = new NextRead(() => this.#read());
  /** Undefined before the first read. */
  #end: StreamEnd | undefined;
  #position: Position = 0;
  #running: Promise<void> | undefined;

  constructor(kind: StreamKind<Command, Event>, options: StreamWriterOptions) {
    const { appends, queueMax, processes } = options;
    this.#kind = kind;
    this.#options = options;
    this.#queue = new WriterQueue({ appends, queueMax, waitMsMax: processes.waitMsMax, stream: kind.stream, waitFor: kind.waitFor });
  }

  /** Position of the newest event of the stream that is taken in. */
  get position(): Position {
    return this.#position;
  }

  /** Whether nothing waits and nothing is being written. */
  get isIdle(): boolean {
    return this.#running === undefined;
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Takes in what the stream has behind what is known: all that is to be known of it the first time. */
  catchUp(): Promise<void> {
    return this.#reads.ask();
  }

  /** Resolves when the command's event is durable. Commands are decided in the order of these calls. */
  submit(command: Command): Promise<Outcome<Event>> {
    return this.#queue.join({ command }, () => this.#wake());
  }

  #wake(): void {
    this.#running ??= Promise.resolve().then(() => this.#run());
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const taken = this.#queue.take(this.#kind.batchMax);
      try {
        await this.#write(taken);
      } catch (error) {
        this.#queue.fail(taken, error);
      }
    }
    this.#running = undefined;
  }

  async #write(taken: readonly Pending<Command, Event>[]): Promise<void> {
    const { stream } = this.#kind;
    if (this.#end === undefined) await this.catchUp();
    for (;;) {
      const end = this.#end ?? emptyStream;
      const { answers, postponed } = this.#decideAll(taken, end);
      const events = answers.flatMap((answer) => ('sealed' in answer ? [answer.sealed] : []));
      const result = events.length === 0 ? await this.#confirmed(end) : await this.#options.appends.append(stream, end.revision, events);
      if (result.appended) {
        this.#queue.putBack(postponed);
        return this.#answer(answers, result.positions);
      }
      await this.catchUp();
    }
  }

  /** What was decided without an event is confirmed by no append: others may have written meanwhile, which is taken in. */
  async #confirmed({ revision }: StreamEnd): Promise<AppendResult> {
    const read = (): Promise<void> => this.catchUp();
    const caughtUp = this.#kind.hasOtherWriters ? read() : this.#options.processes.catchUp(read);
    if (caughtUp) await caughtUp;
    const actual = this.#end?.revision ?? revision;
    return actual === revision ? nothingToAppend : { appended: false, actual };
  }

  /** All that fit into one append. */
  #decideAll(taken: readonly Pending<Command, Event>[], start: StreamEnd) {
    const { store, processes } = this.#options;
    const batch = this.#kind.begin();
    const answers: Answer<Command, Event>[] = [];
    const indexed = processes.decidedByNow(taken);
    let end = start;
    let bytesLeft = store.appendBytesMax;
    for (const [index, pending] of taken.entries()) {
      const answer = this.#decideOne(pending, batch, end, indexed);
      if ('sealed' in answer) {
        bytesLeft -= Buffer.byteLength(answer.sealed.json);
        if (bytesLeft < 0 && end !== start) return { answers, postponed: taken.slice(index) };
        if (bytesLeft < 0) return { answers: [...answers, { pending, outcome: tooLarge(store) }], postponed: taken.slice(index + 1) };
        batch.add(answer.sealed.event, answer.sealed.revision);
        end = answer.sealed;
      }
      answers.push(answer);
    }
    return { answers, postponed: [] };
  }

  #decideOne(
    pending: Pending<Command, Event>,
    batch: StreamBatch<Command, Event>,
    end: StreamEnd,
    indexed: ReadonlyMap<string, readonly Position[]>,
  ): Answer<Command, Event> {
    const { identity } = pending.command;
    const elsewhere = identity && this.#options.tail.find(identity.commandId);
    if (elsewhere) return { pending, identity, elsewhere };
    const positions = identity && indexed.get(identity.commandId);
    if (positions) return { pending, identity, indexed: positions };
    try {
      const decision = batch.decide(pending.command);
      if (decision === null || 'decided' in decision) return { pending, outcome: decision };
      return { pending, sealed: seal<Event>(this.#kind.stream, end, decision) };
    } catch (error) {
      // A bug in what one command met must not take those beside it down.
      return { pending, error };
    }
  }

  #answer(answers: readonly Answer<Command, Event>[], positions: readonly Position[]): void {
    const { onCommitted, gate, tail } = this.#options;
    tail.prune();
    let written = 0;
    for (const answer of answers) {
      const { resolve, reject } = answer.pending;
      if ('sealed' in answer) {
        const { json, revision } = answer.sealed;
        // As it is stored, members in canonical order: a repeat gets the same bytes.
        const event = decodeEvent(json) as Event;
        const position = positions[written] ?? 0;
        written += 1;
        this.#takeIn(event, answer.sealed, position);
        onCommitted(position);
        resolve({ decided: true, replayed: false, event, revision, position });
      } else if ('outcome' in answer) resolve(answer.outcome);
      else if ('elsewhere' in answer) gate.firstAnswer(answer.identity, answer.elsewhere, recordedBefore<Event>).then(resolve, reject);
      else if ('indexed' in answer) {
        const found = gate.firstAnswerAt(answer.identity, answer.indexed, recordedBefore<Event>);
        this.#queue.answerIndexed(answer.pending, answer.indexed, found, () => this.#wake());
      } else reject(answer.error);
    }
  }

  async #read(): Promise<void> {
    const { store, tail } = this.#options;
    const { stream, isFoldedWhole } = this.#kind;
    if (this.#end === undefined) {
      const known = isFoldedWhole ? undefined : await indexedEnd(store, stream, tail);
      this.#end = known === undefined ? emptyStream : this.#begunAt(known.event);
      if (known?.isNewest) return;
    }
    for (;;) {
      const stored = await store.readStream(stream, { from: this.#end.revision + 1, limit: page });
      for (const one of stored) {
        const event = decodeEvent(one.json) as Event;
        if (one.revision > this.#end.revision) assertFollows(one, event.prev, this.#end);
        this.#takeIn(event, { revision: one.revision, digest: digestOf(one.json) }, one.position);
        this.#kind.onRead?.(event);
      }
      if (stored.length < page) return;
    }
  }

  #begunAt({ json, revision, position }: StoredEvent): StreamEnd {
    this.#fold(decodeEvent(json) as Event, revision, position);
    return { revision, digest: digestOf(json) };
  }

  /** Once: what was written here may be read meanwhile, by one who was told to catch up, or by two. */
  #takeIn(event: Event, { revision, digest }: StreamEnd, position: Position): void {
    if (revision !== (this.#end ?? emptyStream).revision + 1) return;
    this.#fold(event, revision, position);
    this.#end = { revision, digest };
  }

  #fold(event: Event, revision: Revision, position: Position): void {
    const { tail } = this.#options;
    this.#kind.fold(event, revision, position);
    this.#position = position;
    const commandId = commandIdOf(event);
    if (commandId !== null && !tail.isIndexed(position)) tail.add(commandId, { stream: this.#kind.stream, revision, position });
  }
}

/** Tells a caller again what it was told when the event was written. */
export function recordedBefore<Event extends LedgerEvent>(event: LedgerEvent, { revision, position }: CommandPlace): Promise<Recorded<Event>> {
  return Promise.resolve({ decided: true, replayed: true, event: event as Event, revision, position });
}

function tooLarge({ appendBytesMax }: EventStore): Rejected {
  return rejected('invalid-request', `This has more bytes than the event store takes at once (${appendBytesMax}): send less, in parts.`);
}

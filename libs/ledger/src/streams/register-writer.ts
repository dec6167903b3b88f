import type { CompiledRulebook } from '#rulebook';
import type { AppendResult, EventStore } from '../event-store/event-store.js';
import type { Position, Revision } from '../events/stored-event.js';
import { assertFollows } from '../event-store/chain.js';
import { decodeEvent } from '../events/codec.js';
import { commandIdOf } from '../events/command-id.js';
import type { CompanyEvent } from '../events/company-event.js';
import { digestOf, emptyStream, seal, type SealedEvent, type StreamEnd } from '../events/seal.js';
import type { CompanyCommand } from '../companies/company-command.js';
import { CompanyRegister } from '../companies/company-register.js';
import { decideRegister } from '../companies/decide-register.js';
import { foldCompanyEvent } from '../companies/fold-companies.js';
import { RegisterBatch } from '../companies/register-batch.js';
import type { DerivedIndex } from '../once/derived-index.js';
import { IndexedCommands } from '../once/indexed-commands.js';
import type { CommandIdentity } from '../line/line-command.js';
import { companiesStream } from '../line/streams.js';
import type { Appends } from '../appending/appends.js';
import type { Settled } from '../requests/ledger-outcome.js';
import { rejected, type Rejected } from '../outcome/rejected.js';
import { NextRead } from '../appending/next-read.js';
import type { CommandPlace, Tail } from '../once/tail.js';
import type { Merger } from '../mergers/unfinished-mergers.js';
import { WriterQueue, type Waiting } from '../appending/writer-queue.js';

const page = 1_000;
/** A new name is compared with all others: so many at once hold nobody up for long. */
const batchMax = 100;

/** What became of a command: an event, now or by another instance, `null` where what is wanted held already. */
export interface RegisterDecided extends Settled {
  readonly event: CompanyEvent;
  readonly revision: Revision;
}

export interface RegisterWriterOptions {
  readonly store: EventStore;
  readonly appends: Appends;
  /** In force now. */
  readonly rulebook: () => CompiledRulebook;
  readonly tail: Tail;
  /** Commands that may wait; past it the answer is `busy`, at once. */
  readonly queueMax: number;
  /** How long they wait for the store, in milliseconds. */
  readonly waitMsMax: number;
  readonly onCommitted: (position: Position) => void;
  /** Told of each merger that is read from the log, as it is taken in: another instance may have recorded it. */
  readonly onMerged: (merger: Merger) => void;
  /** The first answer to a command that another instance decided. */
  readonly firstAnswer: (identity: CommandIdentity, place: CommandPlace) => Promise<RegisterDecided | Rejected>;
  /** As `firstAnswer`, if it stands at one of these positions. */
  readonly firstAnswerAt: (identity: CommandIdentity, positions: readonly Position[]) => Promise<RegisterDecided | Rejected | undefined>;
  readonly index: Pick<DerivedIndex, 'findCommands'>;
}

type Outcome = RegisterDecided | Rejected | null;

type Pending = Waiting<{ readonly command: CompanyCommand }, Outcome>;

type Answer =
  | { readonly pending: Pending; readonly sealed: SealedEvent<CompanyEvent> }
  | { readonly pending: Pending; readonly outcome: Rejected | null }
  | { readonly pending: Pending; readonly identity: CommandIdentity; readonly elsewhere: CommandPlace }
  | { readonly pending: Pending; readonly identity: CommandIdentity; readonly indexed: readonly Position[] }
  | { readonly pending: Pending; readonly error: unknown };

/**
 * The one writer of the register: decides everything that waits one after another, appends it at once, and takes it in
 * when it is durable. What another instance wrote shows as a conflict: it is taken in, and the batch decided again.
 */
export class RegisterWriter {
  readonly register = new CompanyRegister();
  readonly #options: RegisterWriterOptions;
  readonly #queue: WriterQueue<{ readonly command: CompanyCommand }, Outcome>;
  readonly #indexed: IndexedCommands;
  readonly #reads = new NextRead(() => this.#read());
  #end: StreamEnd = emptyStream;
  #position: Position = 0;
  #running: Promise<void> | undefined;

  constructor(options: RegisterWriterOptions) {
    this.#options = options;
    this.#indexed = new IndexedCommands(options);
    this.#queue = new WriterQueue({ ...options, stream: companiesStream, waitFor: 'commands wait on the register of companies' });
  }

  /** Position of the newest event of the register that is taken in. */
  get position(): Position {
    return this.#position;
  }

  /** Takes in what the stream has behind what is known: all of it at the start. */
  catchUp(): Promise<void> {
    return this.#reads.ask();
  }

  async #read(): Promise<void> {
    for (;;) {
      const stored = await this.#options.store.readStream(companiesStream, { from: this.#end.revision + 1, limit: page });
      for (const one of stored) {
        const { revision, position, json } = one;
        const event = decodeEvent(json) as CompanyEvent;
        if (revision > this.#end.revision) assertFollows(one, event.prev, this.#end);
        this.#takeIn(event, { revision, digest: digestOf(json) }, position);
        if (event.type === 'CompaniesMerged') this.#options.onMerged(event);
      }
      if (stored.length < page) return;
    }
  }

  /** Resolves when the command's event is durable. Commands are decided in the order of these calls. */
  submit(command: CompanyCommand): Promise<Outcome> {
    return this.#queue.join({ command }, () => this.#wake());
  }

  #wake(): void {
    this.#running ??= Promise.resolve().then(() => this.#run());
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const taken = this.#queue.take(batchMax);
      try {
        await this.#write(taken);
      } catch (error) {
        this.#queue.fail(taken, error);
      }
    }
    this.#running = undefined;
  }

  async #write(taken: readonly Pending[]): Promise<void> {
    const { appends } = this.#options;
    for (;;) {
      const { answers, postponed } = this.#decideAll(taken);
      const events = answers.flatMap((answer) => ('sealed' in answer ? [answer.sealed] : []));
      const result = events.length === 0 ? await this.#confirmed() : await appends.append(companiesStream, this.#end.revision, events);
      if (result.appended) {
        this.#queue.putBack(postponed);
        return this.#answer(answers, result.positions);
      }
      await this.catchUp();
    }
  }

  /** What was decided without an event is confirmed by no append: others may have written meanwhile, which is taken in. */
  async #confirmed(): Promise<AppendResult> {
    const { revision } = this.#end;
    if (this.#options.store.isShared) await this.catchUp();
    return this.#end.revision === revision ? nothingToAppend : { appended: false, actual: this.#end.revision };
  }

  /** All that fit into one append. */
  #decideAll(taken: readonly Pending[]): { readonly answers: readonly Answer[]; readonly postponed: readonly Pending[] } {
    const { store } = this.#options;
    const register = new RegisterBatch(this.register);
    const answers: Answer[] = [];
    const indexed = this.#indexed.among(taken, ({ command: { identity }, notAt }) => ({ identity, notAt }));
    let end = this.#end;
    let bytesLeft = store.appendBytesMax;
    for (const [index, pending] of taken.entries()) {
      const answer = this.#decideOne(pending, register, end, indexed);
      if ('sealed' in answer) {
        bytesLeft -= Buffer.byteLength(answer.sealed.json);
        if (bytesLeft < 0 && end !== this.#end) return { answers, postponed: taken.slice(index) };
        if (bytesLeft < 0) return { answers: [...answers, { pending, outcome: tooLarge(store) }], postponed: taken.slice(index + 1) };
        foldCompanyEvent(register, answer.sealed.event, answer.sealed.revision);
        end = answer.sealed;
      }
      answers.push(answer);
    }
    return { answers, postponed: [] };
  }

  #decideOne(pending: Pending, register: RegisterBatch, end: StreamEnd, indexed: ReadonlyMap<string, readonly Position[]>): Answer {
    const { tail, rulebook } = this.#options;
    const { identity } = pending.command;
    const elsewhere = identity && tail.find(identity.commandId);
    if (elsewhere) return { pending, identity, elsewhere };
    const positions = identity && indexed.get(identity.commandId);
    if (positions) return { pending, identity, indexed: positions };
    try {
      const decision = decideRegister(pending.command, { register, rulebook: rulebook() });
      if (decision === null || 'decided' in decision) return { pending, outcome: decision };
      return { pending, sealed: seal<CompanyEvent>(companiesStream, end, decision) };
    } catch (error) {
      // A bug in what one command met must not take those beside it down.
      return { pending, error };
    }
  }

  #answer(answers: readonly Answer[], positions: readonly Position[]): void {
    const { onCommitted, firstAnswer, firstAnswerAt, tail } = this.#options;
    tail.prune();
    let written = 0;
    for (const answer of answers) {
      const { resolve, reject } = answer.pending;
      if ('sealed' in answer) {
        const { json, revision } = answer.sealed;
        // As it is stored, members in canonical order: a repeat gets the same bytes.
        const event = decodeEvent(json) as CompanyEvent;
        const position = positions[written] ?? 0;
        written += 1;
        this.#takeIn(event, answer.sealed, position);
        onCommitted(position);
        resolve({ decided: true, replayed: false, event, revision, position });
      } else if ('outcome' in answer) resolve(answer.outcome);
      else if ('elsewhere' in answer) firstAnswer(answer.identity, answer.elsewhere).then(resolve, reject);
      else if ('indexed' in answer) this.#queue.answerIndexed(answer.pending, answer.indexed, firstAnswerAt(answer.identity, answer.indexed), () => this.#wake());
      else reject(answer.error);
    }
  }

  /** Once: what was written here may be read meanwhile, by one who was told to catch up, or by two. */
  #takeIn(event: CompanyEvent, { revision, digest }: StreamEnd, position: Position): void {
    if (revision !== this.#end.revision + 1) return;
    foldCompanyEvent(this.register, event, revision);
    this.#end = { revision, digest };
    this.#position = position;
    const commandId = commandIdOf(event);
    const { tail } = this.#options;
    if (commandId !== null && !tail.isIndexed(position)) tail.add(commandId, { stream: companiesStream, revision, position });
  }
}

const nothingToAppend = { appended: true, positions: [] } as const;

function tooLarge({ appendBytesMax }: EventStore): Rejected {
  return rejected('invalid-request', `This has more bytes than the event store takes at once (${appendBytesMax}): send less, in parts.`);
}

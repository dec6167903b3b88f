import type { EventStore } from '../event-store/event-store.js';
import { noStream, type Position, type Revision, type StoredEvent } from '../events/stored-event.js';
import { assertFollows } from '../event-store/chain.js';
import { decodeEvent } from '../events/codec.js';
import { digestOf, emptyStream, seal, type Draft, type SealedEvent, type StreamEnd } from '../events/seal.js';
import type { WeightsEvent } from '../events/weights-event.js';
import type { CommandIdentity } from '../line/line-command.js';
import { weightsStreamOf } from '../line/streams.js';
import type { Appends } from '../appending/appends.js';
import type { DerivedIndex } from '../once/derived-index.js';
import { IndexedCommands } from '../once/indexed-commands.js';
import type { Settled } from '../requests/ledger-outcome.js';
import { rejected, type Rejected } from '../outcome/rejected.js';
import type { CommandPlace, Tail } from '../once/tail.js';
import { WriterQueue, type Waiting } from '../appending/writer-queue.js';

const batchMax = 500;
const pageMax = 500;
const nothingToAppend = { appended: true, positions: [] } as const;

/** A decision about an export of weights was recorded. `event.type` may be `WeightExportRefused`. */
export interface WeightsDecided extends Settled {
  readonly event: WeightsEvent;
  readonly revision: Revision;
}

export interface WeightsWriterOptions {
  readonly exporter: string;
  readonly store: EventStore;
  readonly appends: Appends;
  readonly tail: Tail;
  readonly index: Pick<DerivedIndex, 'position' | 'findCommands'>;
  /** Requests that may wait; past it the answer is `busy`, at once. */
  readonly queueMax: number;
  /** How long they wait for the store, in milliseconds. */
  readonly waitMsMax: number;
  readonly onCommitted: (position: Position) => void;
  /** The first answer to a command that another instance decided. */
  readonly firstAnswer: (identity: CommandIdentity, place: CommandPlace) => Promise<WeightsDecided | Rejected>;
  /** As `firstAnswer`, if it stands at one of these positions. */
  readonly firstAnswerAt: (identity: CommandIdentity, positions: readonly Position[]) => Promise<WeightsDecided | Rejected | undefined>;
}

interface Submitted {
  readonly identity: CommandIdentity;
  readonly draft: Draft<WeightsEvent>;
  /** Up to where the index was when it did not know the command. */
  readonly unknownUpTo: Position;
}

type Pending = Waiting<Submitted, WeightsDecided>;

interface Elsewhere {
  readonly pending: Pending;
  readonly place: CommandPlace;
}

interface Indexed {
  readonly pending: Pending;
  readonly positions: readonly Position[];
}

/** The end of the stream as far as this process knows, and when its last event was recorded (milliseconds). */
interface Head {
  readonly end: StreamEnd;
  readonly recordedAt: number;
}

/**
 * The one writer of an exporter's stream of weights. What was decided needs nothing of what stands there, so it only
 * gives each event its place: all that wait go into one append, and are answered once it is durable.
 */
export class WeightsWriter {
  readonly #options: WeightsWriterOptions;
  readonly #stream: string;
  readonly #indexed: IndexedCommands;
  readonly #queue: WriterQueue<Submitted, WeightsDecided>;
  #head: Head | undefined;
  #running: Promise<void> | undefined;

  constructor(options: WeightsWriterOptions) {
    this.#options = options;
    this.#indexed = new IndexedCommands(options);
    this.#stream = weightsStreamOf(options.exporter);
    this.#queue = new WriterQueue({ ...options, stream: this.#stream, waitFor: `exports of weights by ${options.exporter} wait` });
  }

  /** Whether nothing waits and nothing is being written. */
  get isIdle(): boolean {
    return this.#running === undefined;
  }

  /** Resolves when the event is durable. To be called in the turn in which the command was looked up. */
  submit(identity: CommandIdentity, draft: Draft<WeightsEvent>): Promise<WeightsDecided | Rejected> {
    return this.#queue.join({ identity, draft, unknownUpTo: this.#options.index.position }, () => this.#wake());
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #wake(): void {
    this.#running ??= Promise.resolve()
      .then(() => this.#run())
      .finally(() => {
        this.#running = undefined;
        if (this.#queue.length > 0) this.#wake();
      });
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const taken = this.#queue.take(batchMax);
      if (taken.length === 0) continue;
      try {
        await this.#write(taken);
      } catch (error) {
        this.#head = undefined;
        this.#queue.fail(taken, error);
      }
    }
  }

  async #write(taken: readonly Pending[]): Promise<void> {
    const { appends } = this.#options;
    let head = this.#head ?? (await this.#load(Math.min(...taken.map(({ unknownUpTo }) => unknownUpTo))));
    for (;;) {
      const { news, elsewhere, indexed } = this.#partition(taken);
      const sealed = this.#seal(news, head);
      const [last] = sealed.slice(-1);
      const result = last ? await appends.append(this.#stream, head.end.revision, sealed) : nothingToAppend;
      if (!result.appended) {
        head = await this.#catchUp(head);
        continue;
      }
      this.#head = last ? headAfter(last) : head;
      this.#commit(news.slice(0, sealed.length), sealed, result.positions);
      this.#postpone(news.slice(sealed.length), last === undefined);
      for (const { pending, place } of elsewhere) {
        this.#options.firstAnswer(pending.identity, place).then(pending.resolve, pending.reject);
      }
      for (const { pending, positions } of indexed) {
        const found = this.#options.firstAnswerAt(pending.identity, positions);
        this.#queue.answerIndexed(pending, positions, found, () => this.#wake());
      }
      return;
    }
  }

  /** Another instance may have decided the same command: all events read so far are in the tail, or in the index by now. */
  #partition(taken: readonly Pending[]) {
    const inIndex = this.#indexed.among(taken, (pending) => pending);
    const news: Pending[] = [];
    const elsewhere: Elsewhere[] = [];
    const indexed: Indexed[] = [];
    for (const pending of taken) {
      const { commandId } = pending.identity;
      const place = this.#options.tail.find(commandId);
      const positions = inIndex.get(commandId);
      if (place) elsewhere.push({ pending, place });
      else if (positions) indexed.push({ pending, positions });
      else news.push(pending);
    }
    return { news, elsewhere, indexed };
  }

  #commit(news: readonly Pending[], sealed: readonly SealedEvent<WeightsEvent>[], positions: readonly Position[]): void {
    const { tail, onCommitted } = this.#options;
    tail.prune();
    const last = positions.at(-1);
    if (last !== undefined) onCommitted(last);
    news.forEach(({ identity, resolve }, index) => {
      const { json, revision } = sealed[index] as SealedEvent<WeightsEvent>;
      // As it is stored, members in canonical order: a repeat gets the same bytes.
      const event = decodeEvent(json) as WeightsEvent;
      const position = positions[index] as Position;
      tail.add(identity.commandId, { stream: this.#stream, revision, position });
      resolve({ decided: true, replayed: false, event, revision, position });
    });
  }

  /** Copies of the drafts in their places, as many as fit into one append: after a conflict they are sealed again. */
  #seal(pending: readonly Pending[], head: Head): readonly SealedEvent<WeightsEvent>[] {
    let { end, recordedAt } = head;
    let bytesLeft = this.#options.store.appendBytesMax;
    const all: SealedEvent<WeightsEvent>[] = [];
    for (const { draft } of pending) {
      recordedAt = Math.max(recordedAt, Date.parse(draft.recordedAt));
      const sealed = seal<WeightsEvent>(this.#stream, end, { ...draft, recordedAt: new Date(recordedAt).toISOString() });
      bytesLeft -= Buffer.byteLength(sealed.json);
      if (bytesLeft < 0) return all;
      end = { revision: sealed.revision, digest: sealed.digest };
      all.push(sealed);
    }
    return all;
  }

  /** What did not fit waits for the next append; the first one never does if it has an append for itself. */
  #postpone([first, ...others]: readonly Pending[], isAlone: boolean): void {
    if (first === undefined) return;
    const { store } = this.#options;
    if (!isAlone) return this.#queue.putBack([first, ...others]);
    const text = `This export has more bytes than the event store takes at once (${store.appendBytesMax}): send less about it.`;
    first.resolve(rejected('invalid-request', text));
    this.#queue.putBack(others);
  }

  /** Reads the stream from its end back to a position that the index knows: what comes after is noted. */
  async #load(known: Position): Promise<Head> {
    const { store } = this.#options;
    let last: StoredEvent | undefined;
    let from: Revision | undefined;
    while (from !== noStream) {
      const limit = last === undefined ? 1 : pageMax;
      const page = await store.readStream(this.#stream, { ...(from !== undefined && { from }), limit, backwards: true });
      last ??= page[0];
      const oldest = page.at(-1);
      for (const stored of page) this.#note(stored);
      if (oldest === undefined || oldest.position <= known) break;
      from = oldest.revision - 1;
    }
    return last === undefined ? { end: emptyStream, recordedAt: 0 } : headAt(last);
  }

  /** After another instance wrote. */
  async #catchUp(head: Head): Promise<Head> {
    let caughtUp = head;
    for (;;) {
      const page = await this.#options.store.readStream(this.#stream, { from: caughtUp.end.revision + 1, limit: pageMax });
      for (const stored of page) {
        assertFollows(stored, this.#note(stored).prev, caughtUp.end);
        caughtUp = headAt(stored);
      }
      if (page.length < pageMax) return caughtUp;
    }
  }

  #note({ json, revision, position }: StoredEvent): WeightsEvent {
    const event = decodeEvent(json) as WeightsEvent;
    this.#options.tail.add(event.weightExportId, { stream: this.#stream, revision, position });
    return event;
  }
}

function headAt(stored: StoredEvent): Head {
  const { recordedAt } = decodeEvent(stored.json);
  return { end: { revision: stored.revision, digest: digestOf(stored.json) }, recordedAt: Date.parse(recordedAt) };
}

function headAfter({ revision, digest, event }: SealedEvent<WeightsEvent>): Head {
  return { end: { revision, digest }, recordedAt: Date.parse(event.recordedAt) };
}

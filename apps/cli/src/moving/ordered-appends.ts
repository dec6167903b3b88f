import type { AppendResult, EventStore, NewEvent, Revision, StoredEvent } from '#ledger';
import { Refused } from '../exit-code.js';
import { patiently, type PatientOptions } from './patiently.js';

/** One append to one stream. */
interface Append {
  readonly stream: string;
  readonly expected: Revision;
  readonly events: NewEvent[];
  bytes: number;
}

/** Events and bytes of what is written together: well below what the embedded store takes into one transaction. */
const togetherEventsMax = 4000;
const togetherBytesMax = 2 * 2 ** 20;
const appendEventsMax = 500;

export interface OrderedAppendsOptions extends PatientOptions {
  readonly store: EventStore;
}

/**
 * Writes events to a store so that whatever is there at any moment is a beginning of the log they come from, even if
 * the process or the store dies. Consecutive events of a stream go into one append. While a batch is being written the
 * next one is gathered.
 */
export class OrderedAppends {
  readonly #options: OrderedAppendsOptions;
  #gathered: Append[] = [];
  #gatheredEvents = 0;
  #gatheredBytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: OrderedAppendsOptions) {
    this.#options = options;
  }

  /** True when it is time to `flush`. */
  add(event: StoredEvent): boolean {
    const { stream, revision, id, type, json } = event;
    const bytes = Buffer.byteLength(json);
    const { appendBytesMax } = this.#options.store;
    const last = this.#gathered.at(-1);
    if (last?.stream === stream && last.events.length < appendEventsMax && last.bytes + bytes <= appendBytesMax) {
      last.events.push({ id, type, json });
      last.bytes += bytes;
    } else {
      this.#gathered.push({ stream, expected: revision - 1, events: [{ id, type, json }], bytes });
    }
    this.#gatheredEvents += 1;
    this.#gatheredBytes += bytes;
    return this.#gatheredEvents >= togetherEventsMax || this.#gatheredBytes >= togetherBytesMax;
  }

  /**
   * Begins to write what was gathered, as soon as all before is written.
   * @throws Refused if somebody else writes to the store; Unreachable if it cannot take it now
   */
  async flush(): Promise<void> {
    await this.#writing;
    const appends = this.#gathered;
    this.#gathered = [];
    this.#gatheredEvents = 0;
    this.#gatheredBytes = 0;
    this.#writing = this.#write(appends);
    // Whoever flushes or ends next hears of it.
    this.#writing.catch(() => undefined);
  }

  /** Resolves when everything is durable. @throws as `flush` */
  async end(): Promise<void> {
    await this.flush();
    await this.#writing;
  }

  #write(appends: readonly Append[]): Promise<void> {
    return this.#options.store.isShared ? this.#writeEach(appends) : this.#writeTogether(appends);
  }

  /** Over a network any append may fail: each must be known before the next may be there. */
  async #writeEach(appends: readonly Append[]): Promise<void> {
    const { store } = this.#options;
    for (const append of appends) {
      const { stream, expected, events } = append;
      // Until it is known what became of them, the same events at the same revision.
      await patiently(this.#options, async () => {
        const result = await store.append(stream, expected, events);
        if (!result.appended && !(await this.#isThere(append))) throw this.#conflict(append, result.actual);
      });
    }
  }

  /** What a store of this process is sent in one turn becomes one transaction: all is written, in this order, or nothing. */
  async #writeTogether(appends: readonly Append[]): Promise<void> {
    const { store, name } = this.#options;
    const write = (): Promise<readonly AppendResult[]> =>
      Promise.all(appends.map(({ stream, expected, events }) => store.append(stream, expected, events)));
    const results = await patiently({ name, patienceMs: 0 }, write);
    for (const [index, result] of results.entries()) {
      if (!result.appended) throw this.#conflict(appends[index] as Append, result.actual);
    }
  }

  /** After an answer that was lost. */
  async #isThere({ stream, expected, events }: Append): Promise<boolean> {
    const stored = await this.#options.store.readStream(stream, { from: expected + 1, limit: events.length });
    return stored.length === events.length && stored.every(({ id }, index) => id === events[index]?.id);
  }

  #conflict({ stream, expected }: Append, actual: Revision): Refused {
    return new Refused(
      `${stream} in ${this.#options.name} is at revision ${actual} where ${expected} was due: another process writes there. ` +
        'Stop that process, then run this command again on an empty target.',
    );
  }
}

import type { EventStore, NewEvent, Revision, StoredEvent } from '#ledger';
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
  /** 0 for a store that is not shared: one append of a batch, done again alone, would come behind those after it. */
  readonly patienceMs: number;
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

  async #write(appends: readonly Append[]): Promise<void> {
    if (this.#options.store.isShared) {
      // Over a network any one of them may fail: each must be known before the next may be there.
      for (const append of appends) await this.#append(append);
    } else {
      // What is sent in one turn becomes one transaction: all is written, in this order, or nothing.
      await Promise.all(appends.map((append) => this.#append(append)));
    }
  }

  /** Sends the same events at the same revision until it is known what became of them. */
  #append({ stream, expected, events }: Append): Promise<void> {
    const { store, name } = this.#options;
    return patiently(this.#options, async () => {
      const result = await store.append(stream, expected, events);
      if (result.appended || (await this.#isThere(stream, expected, events))) return;
      throw new Refused(
        `${stream} in ${name} is at revision ${result.actual} where ${expected} was due: somebody else writes there. ` +
          'Stop that one, then run this again on an empty target.',
      );
    });
  }

  /** After an answer that was lost. */
  async #isThere(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<boolean> {
    const stored = await this.#options.store.readStream(stream, { from: expected + 1, limit: events.length });
    return stored.length === events.length && stored.every(({ id }, index) => id === events[index]?.id);
  }
}

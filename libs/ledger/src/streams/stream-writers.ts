import type { LedgerEvent } from '../events/ledger-event.js';
import { StreamWriter, type StreamCommand, type StreamKind, type StreamWriterOptions } from './stream-writer.js';

/** The writers of streams of one kind, by name. Those that nobody used for the longest time are forgotten once they are idle. */
export class StreamWriters<Command extends StreamCommand, Event extends LedgerEvent, Kind extends StreamKind<Command, Event>> {
  readonly #options: StreamWriterOptions;
  readonly #kindOf: (name: string) => Kind;
  readonly #max: number;
  /** The one asked for last stands last. */
  readonly #writers = new Map<string, { readonly kind: Kind; readonly writer: StreamWriter<Command, Event> }>();

  /** @param options `max`: writers that are kept although they have nothing to do */
  constructor(kindOf: (name: string) => Kind, options: StreamWriterOptions & { readonly max: number }) {
    this.#kindOf = kindOf;
    this.#options = options;
    this.#max = options.max;
  }

  of(name: string): { readonly kind: Kind; readonly writer: StreamWriter<Command, Event> } {
    const found = this.#writers.get(name) ?? this.#make(name);
    this.#writers.delete(name);
    this.#writers.set(name, found);
    return found;
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await Promise.all(Array.from(this.#writers.values(), ({ writer }) => writer.idle()));
  }

  #make(name: string): { readonly kind: Kind; readonly writer: StreamWriter<Command, Event> } {
    for (const [other, { writer }] of this.#writers) {
      if (this.#writers.size < this.#max) break;
      if (writer.isIdle) this.#writers.delete(other);
    }
    const kind = this.#kindOf(name);
    return { kind, writer: new StreamWriter(kind, this.#options) };
  }
}

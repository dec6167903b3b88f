import type { EventStore } from '../event-store/event-store.js';
import type { Position, Revision } from '../events/stored-event.js';
import { assertFollows } from '../event-store/chain.js';
import { commandIdOf } from '../events/command-id.js';
import type { RulebookReference } from '../events/recorded.js';
import { quotaStreamOf } from '../line/streams.js';
import type { EntryCache } from './entry-cache.js';
import { headAt, type LineHead } from './line-head.js';
import type { LineHolds } from './line-holds.js';
import { indexedEnd } from '../once/indexed-end.js';
import { lineEventOf } from '../once/stored-line-event.js';
import type { Tail } from '../once/tail.js';

const page = 500;

export interface LineReaderOptions {
  readonly line: string;
  readonly store: EventStore;
  readonly tail: Tail;
  readonly entries: EntryCache;
  readonly holds: LineHolds;
  readonly rulebook: RulebookReference;
  /** Told where the newest event stands that was decided under another one. If it throws, nothing is decided here any more. */
  readonly onOtherRulebook: (position: Position) => Promise<void>;
}

/** Reads where a line stands, and takes in what other instances wrote on it. */
export class LineReader {
  readonly #options: LineReaderOptions;
  readonly #line: string;
  readonly #stream: string;
  readonly #store: EventStore;
  readonly #tail: Tail;
  readonly #entries: EntryCache;
  readonly #holds: LineHolds;

  constructor(options: LineReaderOptions) {
    this.#options = options;
    this.#line = options.line;
    this.#stream = quotaStreamOf(options.line);
    this.#store = options.store;
    this.#tail = options.tail;
    this.#entries = options.entries;
    this.#holds = options.holds;
  }

  /** The line as of its last event, undefined if it has none. What the index does not know yet is at hand then. */
  async load(): Promise<LineHead | undefined> {
    const known = await indexedEnd(this.#store, this.#stream, this.#tail);
    if (known === undefined) return undefined;
    const head = headAt(known.event);
    return known.isNewest && this.#tail.isIndexed(known.event.position) ? head : this.#takeIn(head.end.revision, head);
  }

  /** Whether one of these entries has an event behind `head`: another instance wrote it, and the index knew it first. */
  isAhead({ end }: LineHead, ids: readonly string[]): boolean {
    return ids.some((id) => {
      const entry = this.#entries.reservation(id) ?? this.#entries.export(id);
      return entry !== undefined && entry.revision > end.revision;
    });
  }

  /** Takes in what was appended behind `head`. */
  catchUp(head: LineHead): Promise<LineHead> {
    return this.#takeIn(head.end.revision + 1, head);
  }

  async #takeIn(from: Revision, before: LineHead): Promise<LineHead> {
    const { rulebook, onOtherRulebook } = this.#options;
    let head = before;
    let other: Position | undefined;
    for (let next = from; ; next = head.end.revision + 1) {
      const stored = await this.#store.readStream(this.#stream, { from: next, limit: page });
      for (const one of stored) {
        const event = lineEventOf(one);
        const { revision, position } = one;
        // The first one that is read may be the head itself.
        if (revision > head.end.revision) assertFollows(one, event.prev, head.end);
        const place = { line: this.#line, revision };
        const commandId = commandIdOf(event);
        if (commandId !== null) this.#tail.add(commandId, { stream: this.#stream, revision, position });
        this.#holds.observe(event, position);
        await this.#entries.observe(event, place, position);
        if (event.rulebook.hash !== rulebook.hash) other = position;
        head = headAt(one);
      }
      if (stored.length < page) break;
    }
    // An instance that writes nothing takes in what others write, for ever.
    this.#tail.prune();
    if (other !== undefined) await onOtherRulebook(other);
    return head;
  }
}

import { type EventRecord } from './event-record.js';

/** The server remembers by bytes, 8 MiB of them: about twice so many ids at most. */
const generationMax = 20_000;

/** Ids of the newest events: all that tells a repeat from a write where a writer expects nothing. */
export class RememberedIds {
  #newer = new Map<string, EventRecord>();
  /** Forgotten all at once: what is taken out of a map one by one leaves holes that are searched every time. */
  #older = new Map<string, EventRecord>();

  add(record: EventRecord): void {
    if (this.#newer.size >= generationMax) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(record.id, record);
  }

  in(stream: string, id: string): EventRecord | undefined {
    const record = this.#newer.get(id) ?? this.#older.get(id);
    return record?.stream === stream ? record : undefined;
  }

  /** As a server that is started again has. */
  forget(): void {
    this.#newer.clear();
    this.#older.clear();
  }
}

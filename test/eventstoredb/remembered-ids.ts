import { type EventRecord } from './event-record.js';

/** The server remembers by bytes, 8 MiB of them; about so many ids. */
const idsMax = 40_000;

/** Ids of the newest events: all that tells a repeat from a write where a writer expects nothing. */
export class RememberedIds {
  readonly #records = new Map<string, EventRecord>();

  add(record: EventRecord): void {
    this.#records.set(record.id, record);
    if (this.#records.size <= idsMax) return;
    const [oldest] = this.#records.keys();
    if (oldest !== undefined) this.#records.delete(oldest);
  }

  in(stream: string, id: string): EventRecord | undefined {
    const record = this.#records.get(id);
    return record?.stream === stream ? record : undefined;
  }

  /** As a server that is started again has. */
  forget(): void {
    this.#records.clear();
  }
}

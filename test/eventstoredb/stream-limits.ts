import { type EventRecord } from './event-record.js';

/** First revision that may be shown, in the metadata of a stream that is deleted but may be written to again. */
export const truncatedForNow = Number.MAX_SAFE_INTEGER;

/** What the metadata of a stream hides of it. Reads of the stream honour it at once, reads of $all never do. */
export class StreamLimits {
  #countMax = Infinity;
  #ageMaxMs = Infinity;
  #firstRevision = 0;

  get isSoftDeleted(): boolean {
    return this.#firstRevision >= truncatedForNow;
  }

  /** Takes over the newest `$metadata` event; text that is no JSON object hides nothing. */
  set(data: Uint8Array): void {
    const metadata = parsed(data);
    this.#countMax = metadata.$maxCount ?? Infinity;
    this.#ageMaxMs = (metadata.$maxAge ?? Infinity) * 1000;
    this.#firstRevision = metadata.$tb ?? 0;
  }

  /** First revision that a read of the stream may show. */
  firstRevision(events: readonly EventRecord[]): number {
    let first = Math.max(this.#firstRevision, events.length - this.#countMax, 0);
    if (this.#ageMaxMs < Infinity) {
      const oldest = BigInt(Date.now() - this.#ageMaxMs) * 10_000n;
      while (first < events.length && (events[first] as EventRecord).createdTicks < oldest) first += 1;
    }
    return first;
  }
}

interface Metadata {
  readonly $maxCount?: number;
  readonly $maxAge?: number;
  readonly $tb?: number;
}

function parsed(data: Uint8Array): Metadata {
  try {
    const value: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

import type { Position, Revision, StoredEvent } from '../../../events/stored-event.js';

/** An append whose events have yet to come back through the feed. */
export interface ExpectedReturn {
  /** Settles when all of them have; never if they do not. */
  readonly positions: Promise<readonly Position[]>;
  forget(): void;
}

interface Waiting {
  readonly first: Revision;
  readonly positions: Position[];
  missing: number;
  readonly resolve: (positions: readonly Position[]) => void;
}

/** Tells appends the positions of their events, which the feed learns from the log. */
export class ReturningAppends {
  readonly #waiting = new Map<string, Set<Waiting>>();

  /** Call before the events are sent: they may be back before the answer. */
  expect(stream: string, first: Revision, count: number): ExpectedReturn {
    let resolve: (positions: readonly Position[]) => void = () => undefined;
    const positions = new Promise<readonly Position[]>((settle) => (resolve = settle));
    const waiting: Waiting = { first, positions: new Array<Position>(count), missing: count, resolve };
    const ofStream = this.#waiting.get(stream) ?? new Set();
    this.#waiting.set(stream, ofStream.add(waiting));
    return {
      positions,
      forget: () => {
        ofStream.delete(waiting);
        if (ofStream.size === 0 && this.#waiting.get(stream) === ofStream) this.#waiting.delete(stream);
      },
    };
  }

  /** Whether an append waits for this event as the last of its own. */
  endsWith({ stream, revision }: Pick<StoredEvent, 'stream' | 'revision'>): boolean {
    for (const { first, positions } of this.#waiting.get(stream) ?? []) {
      if (revision === first + positions.length - 1) return true;
    }
    return false;
  }

  /** These events have come through the feed. */
  returned(events: readonly Pick<StoredEvent, 'stream' | 'revision' | 'position'>[]): void {
    if (this.#waiting.size === 0) return;
    for (const { stream, revision, position } of events) {
      for (const waiting of this.#waiting.get(stream) ?? []) {
        const place = revision - waiting.first;
        if (place < 0 || place >= waiting.positions.length) continue;
        waiting.positions[place] = position;
        waiting.missing -= 1;
        if (waiting.missing === 0) waiting.resolve(waiting.positions);
      }
    }
  }
}

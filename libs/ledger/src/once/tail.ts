import type { Position, Revision } from '../events/stored-event.js';
import type { DerivedIndex } from './derived-index.js';

/** Where the event that answers a command stands: in a quota stream or any other. */
export interface CommandPlace {
  readonly stream: string;
  readonly revision: Revision;
  /** Infinity as long as it is not known. */
  readonly position: Position;
}

/** The commands decided after the position that the derived index has reached: what it cannot know yet. */
export class Tail {
  readonly #index: Pick<DerivedIndex, 'position'>;
  readonly #places = new Map<string, CommandPlace>();

  constructor(index: Pick<DerivedIndex, 'position'>) {
    this.#index = index;
  }

  get size(): number {
    return this.#places.size;
  }

  /** Whether the index has reached this position. */
  isIndexed(position: Position): boolean {
    return position <= this.#index.position;
  }

  /** Again, when the position is known: the order is that of the first time. */
  add(commandId: string, place: CommandPlace): void {
    this.#places.set(commandId, place);
  }

  find(commandId: string): CommandPlace | undefined {
    return this.#places.get(commandId);
  }

  /** Forgets what the index knows by now. Cheap: stops at the first command that it does not. */
  prune(): void {
    const reached = this.#index.position;
    for (const [commandId, { position }] of this.#places) {
      if (position > reached) return;
      this.#places.delete(commandId);
    }
  }
}

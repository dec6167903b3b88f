import type { EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { CommandIdentity } from '../line/line-command.js';
import type { DerivedIndex } from './derived-index.js';
import type { Tail } from './tail.js';

/** A command that was new when it was let in. */
export interface LetIn {
  readonly identity: CommandIdentity | null;
  /** Where the index led to before, and something else stands. */
  readonly notAt?: readonly Position[] | undefined;
}

const nothing: ReadonlyMap<string, readonly Position[]> = new Map();

/**
 * Commands that were new when they were let in and that the index knows by now: on a log that several processes write
 * to, another one may decide them at any time. What stands on a stream up to where it was read is in the tail or in the
 * index, if both are asked in the turn in which it is decided.
 */
export class IndexedCommands {
  readonly #store: Pick<EventStore, 'isShared'>;
  readonly #index: Pick<DerivedIndex, 'findCommands'>;
  readonly #tail: Tail;

  constructor(options: { readonly store: Pick<EventStore, 'isShared'>; readonly index: Pick<DerivedIndex, 'findCommands'>; readonly tail: Tail }) {
    this.#store = options.store;
    this.#index = options.index;
    this.#tail = options.tail;
  }

  /** By command, where it may stand; without those in the tail. Nothing on a log of one process. */
  among<Item>(items: readonly Item[], letIn: (item: Item) => LetIn): ReadonlyMap<string, readonly Position[]> {
    if (!this.#store.isShared) return nothing;
    const unknown = items.map(letIn).flatMap(({ identity, notAt = [] }) =>
      identity === null || this.#tail.find(identity.commandId) ? [] : [{ id: identity.commandId, notAt }],
    );
    if (unknown.length === 0) return nothing;
    const found = this.#index.findCommands(unknown.map(({ id }) => id));
    const places = unknown.map(({ id, notAt }, index) => [id, (found[index] ?? []).filter((position) => !notAt.includes(position))] as const);
    return new Map(places.filter(([, positions]) => positions.length > 0));
  }
}

import type { Appends } from '../appending/appends.js';
import type { EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { DerivedIndex } from '../once/derived-index.js';
import type { Tail } from '../once/tail.js';
import { LineClaims } from './line-claims.js';
import type { LetIn, Processes } from './processes.js';

/** Instances that know of the same hold do not all lapse it in the same moment; and so with all that each may do. */
export const jitterMs = 500;

export interface ManyProcessesOptions {
  readonly store: EventStore;
  readonly appends: Appends;
  readonly index: Pick<DerivedIndex, 'findCommands'>;
  readonly tail: Pick<Tail, 'find'>;
  readonly indexFollows: () => Promise<boolean>;
  /** How long the store is waited for, in milliseconds. */
  readonly patienceMs: number;
}

/**
 * Others write to the same log, at any time. What stands on a stream up to where it was read is in the tail or in the
 * index, if both are asked in the turn in which something is decided.
 */
export class ManyProcesses implements Processes {
  readonly waitMsMax: number;
  readonly answerMsMax: number;
  readonly indexFollows: () => Promise<boolean>;
  readonly claims: LineClaims;
  readonly #index: Pick<DerivedIndex, 'findCommands'>;
  readonly #tail: Pick<Tail, 'find'>;

  constructor(options: ManyProcessesOptions) {
    this.waitMsMax = options.patienceMs;
    this.answerMsMax = options.patienceMs * 1.5;
    this.indexFollows = options.indexFollows;
    this.claims = new LineClaims(options);
    this.#index = options.index;
    this.#tail = options.tail;
  }

  catchUp<Result>(work: () => Promise<Result>): Promise<Result> {
    return work();
  }

  decidedByNow(commands: readonly LetIn[]): ReadonlyMap<string, readonly Position[]> {
    const unknown = commands.flatMap(({ command: { identity }, notAt = [] }) =>
      identity === null || this.#tail.find(identity.commandId) ? [] : [{ id: identity.commandId, notAt }],
    );
    if (unknown.length === 0) return new Map();
    const found = this.#index.findCommands(unknown.map(({ id }) => id));
    const places = unknown.map(({ id, notAt }, index) => [id, (found[index] ?? []).filter((position) => !notAt.includes(position))] as const);
    return new Map(places.filter(([, positions]) => positions.length > 0));
  }

  wakesAt(at: number): number {
    return at + Math.random() * jitterMs;
  }
}

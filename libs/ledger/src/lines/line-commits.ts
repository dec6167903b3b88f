import type { AppendResult } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import { commandIdOf } from '../events/command-id.js';
import { movesOf } from '../line/also-counts.js';
import type { CommandIdentity } from '../line/line-command.js';
import type { Appends, Places } from '../appending/appends.js';
import type { EntryCache } from './entry-cache.js';
import type { Outcome } from '../requests/ledger-outcome.js';
import type { BatchedEvent } from './line-batch.js';
import type { Answer, Decided, Submitted } from './line-decider.js';
import type { LineHolds } from './line-holds.js';
import { outcomeOf } from './outcome-of.js';
import type { CountedEvent } from './shipment-counting.js';
import type { CommandPlace, Tail } from '../once/tail.js';
import type { WriterQueue } from '../appending/writer-queue.js';

export interface LineCommitsOptions {
  readonly line: string;
  readonly stream: string;
  readonly queue: WriterQueue<Submitted, Outcome | undefined>;
  readonly appends: Appends;
  readonly entries: EntryCache;
  readonly tail: Tail;
  readonly holds: LineHolds;
  readonly onCommitted: (position: Position) => void;
  /** Told of a closed line after something was written on it: its survivor counts what it has. */
  readonly onClosedMoved: (line: string) => void;
  /** Told of an event that moves something on other lines, too. */
  readonly onCounted: (source: CountedEvent) => void;
  /** The first answer to a command that another instance decided. */
  readonly firstAnswer: (identity: CommandIdentity, place: CommandPlace) => Promise<Outcome>;
  /** As `firstAnswer`, if it stands at one of these positions. */
  readonly firstAnswerAt: (identity: CommandIdentity, positions: readonly Position[]) => Promise<Outcome | undefined>;
  readonly wake: () => void;
}

/** What becomes of batches that are durable: they are taken in at once, and answered when it is known where they stand. */
export class LineCommits {
  readonly #options: LineCommitsOptions;
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: LineCommitsOptions) {
    this.#options = options;
  }

  /** Batches of which it is not known yet where they stand. */
  get underWay(): number {
    return this.#underWay.size;
  }

  /** Resolves when those under way are answered. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  commit(decided: Decided, places: Places): void {
    if ('then' in places) this.#commitLater(decided, places);
    else this.#commitNow(decided, places);
  }

  #commitLater(decided: Decided, located: Promise<readonly Position[]>): void {
    const { queue, appends, stream, wake } = this.#options;
    for (const event of decided.batch.events) this.#keep(event, Infinity);
    const placed = (result: AppendResult | undefined): void => {
      if (result?.appended === true) this.#place(decided, result.positions);
      wake();
    };
    const committing = located
      .then((positions) => this.#commitNow(decided, positions))
      .catch((error: unknown) => {
        queue.fail(decided.answers.map(({ pending }) => pending), error);
        void appends.doubtAbout(stream)?.over.then(placed);
      })
      .finally(() => this.#underWay.delete(committing));
    this.#underWay.add(committing);
  }

  #commitNow(decided: Decided, positions: readonly Position[]): void {
    const { batch, answers } = decided;
    this.#place(decided, positions);
    const firstRevision = batch.head.end.revision - batch.events.length + 1;
    const placeOf = ({ sealed }: BatchedEvent): Position => positions[sealed.revision - firstRevision] ?? 0;
    for (const answer of answers) this.#answer(answer, placeOf);
  }

  #answer(answer: Answer, placeOf: (event: BatchedEvent) => Position): void {
    const { line, queue, firstAnswer, firstAnswerAt, wake } = this.#options;
    const { resolve, reject } = answer.pending;
    if ('event' in answer) resolve(outcomeOf(answer.event, line, placeOf(answer.event)));
    else if ('rejection' in answer) resolve(answer.rejection);
    else if ('moves' in answer) resolve(undefined);
    else if ('elsewhere' in answer) firstAnswer(answer.identity, answer.elsewhere).then(resolve, reject);
    else if ('indexed' in answer) {
      queue.answerIndexed(answer.pending, answer.indexed, firstAnswerAt(answer.identity, answer.indexed), wake);
    } else reject(answer.error);
  }

  /** It is known where the events stand. */
  #place({ batch }: Decided, positions: readonly Position[]): void {
    const { tail, holds, onCommitted, onClosedMoved, onCounted, line } = this.#options;
    tail.prune();
    for (const [index, event] of batch.events.entries()) {
      const position = positions[index] ?? 0;
      this.#keep(event, position);
      holds.observe(event.sealed.event, position);
      const { event: recorded, id: eventId, revision } = event.sealed;
      if (movesOf(recorded).length > 0) onCounted({ line, revision, eventId, event: recorded });
    }
    const last = positions.at(-1);
    if (last === undefined) return;
    onCommitted(last);
    if (batch.head.state.closedInto !== undefined) onClosedMoved(line);
  }

  /** What was only created is found through the tail; what changed must stay at hand until the index has caught up. */
  #keep({ sealed, reservation, export: posted }: BatchedEvent, position: Position): void {
    const { tail, entries, stream } = this.#options;
    const { event, revision } = sealed;
    const commandId = commandIdOf(event);
    if (commandId !== null) tail.add(commandId, { stream, revision, position });
    if ('reservationRevision' in event && reservation) entries.keepReservation(reservation, position);
    if ('exportRevision' in event && posted) entries.keepExport(posted, position);
  }
}

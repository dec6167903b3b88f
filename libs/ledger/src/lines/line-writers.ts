import type { EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { CommandIdentity } from '../line/line-command.js';
import type { RulebookReference } from '../events/recorded.js';
import type { Appends } from '../appending/appends.js';
import type { Clock } from '../outcome/clock.js';
import type { DerivedIndex } from '../once/derived-index.js';
import type { EntryCache } from './entry-cache.js';
import type { Outcome } from '../requests/ledger-outcome.js';
import { LineHolds } from './line-holds.js';
import type { Processes } from '../shared-log/processes.js';
import type { LineLimits } from '../shipment/line-limits.js';
import { LineReader } from './line-reader.js';
import { LineWriter } from './line-writer.js';
import type { CountedEvent } from './shipment-counting.js';
import type { CommandPlace, Tail } from '../once/tail.js';

export interface LineWritersOptions {
  readonly store: EventStore;
  readonly appends: Appends;
  readonly index: DerivedIndex;
  readonly tail: Tail;
  readonly entries: EntryCache;
  readonly rulebook: RulebookReference;
  readonly limits: LineLimits;
  readonly clock: Clock;
  readonly queueMax: number;
  readonly processes: Processes;
  /** Told when an earlier end of a hold becomes known. */
  readonly onNext: (line: string, at: number) => void;
  readonly onCommitted: (position: Position) => void;
  readonly onClosedMoved: (line: string) => void;
  readonly onCounted: (source: CountedEvent) => void;
  readonly firstAnswer: (identity: CommandIdentity, place: CommandPlace) => Promise<Outcome>;
  readonly firstAnswerAt: (identity: CommandIdentity, positions: readonly Position[]) => Promise<Outcome | undefined>;
  /** Told where an event of a line stands that was decided under another rulebook. */
  readonly onOtherRulebook: (position: Position) => Promise<void>;
}

/**
 * Any name in a request may be that of a line: past so many the idle ones that were asked for longest ago are given up, and
 * loaded again when needed. A writer takes some kilobytes, loading one a read of the log's end.
 */
export const writersMax = 2_000;
const givenUpMax = 100;

/** The one writer of each line. */
export class LineWriters {
  readonly #options: LineWritersOptions;
  readonly #writers = new Map<string, LineWriter>();
  readonly #isOver = (): boolean => this.#hasEnded;
  /** The line that was asked for last. */
  #newest: LineWriter | undefined;
  #hasEnded = false;

  constructor(options: LineWritersOptions) {
    this.#options = options;
  }

  of(line: string): LineWriter {
    const there = this.#writers.get(line);
    if (there !== undefined && there === this.#newest) return there;
    const writer = there ?? this.#make(line);
    // The map is in the order in which lines were asked for.
    this.#writers.delete(line);
    this.#writers.set(line, writer);
    this.#newest = writer;
    return writer;
  }

  /** How many lines have a writer now. */
  get size(): number {
    return this.#writers.size;
  }

  #make(line: string): LineWriter {
    if (this.#writers.size >= writersMax) this.#giveUpIdle();
    const { onNext, ...options } = this.#options;
    const { store, tail, entries, index, rulebook, onOtherRulebook } = options;
    const holds = new LineHolds({ line, index, entries, onNext: (at) => onNext(line, at) });
    const reader = new LineReader({ line, store, tail, entries, holds, rulebook, onOtherRulebook });
    return new LineWriter({ ...options, line, holds, reader, hasEnded: this.#isOver });
  }

  has(line: string): boolean {
    return this.#writers.has(line);
  }

  /** A hold of the line ends at `at` (milliseconds), as a view knows: it may be of another instance. */
  expiryKnown(line: string, at: number): void {
    const there = this.#writers.get(line);
    if (there) there.expiryKnown(at);
    else this.#options.onNext(line, at);
  }

  /** Resolves when nothing waits on any line. */
  async idle(): Promise<void> {
    await Promise.all([...this.#writers.values()].map((writer) => writer.idle()));
  }

  /** Decides what waits and nothing more: others go on. Resolves when nothing waits on any line. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.idle();
  }

  /** Those asked for longest ago first. Two writers of one line would cost a conflict, which each of them takes in. */
  #giveUpIdle(): void {
    let givenUp = 0;
    for (const [line, writer] of this.#writers) {
      if (givenUp >= givenUpMax) return;
      if (!writer.isIdle) continue;
      this.#writers.delete(line);
      givenUp += 1;
    }
  }
}

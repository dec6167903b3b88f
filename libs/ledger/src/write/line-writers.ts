import type { EventStore, Position } from '../event-store/event-store.js';
import type { CommandIdentity } from '../line/line-command.js';
import type { RulebookReference } from '../events/ledger-event.js';
import type { Appends } from './appends.js';
import type { Clock } from './clock.js';
import type { DerivedIndex } from './derived-index.js';
import type { EntryCache } from './entry-cache.js';
import type { Outcome } from './ledger-outcome.js';
import { LineHolds } from './line-holds.js';
import type { LineClaims } from './line-claims.js';
import type { LineLimits } from './line-limits.js';
import { LineReader } from './line-reader.js';
import { LineWriter } from './line-writer.js';
import type { CountedEvent } from './shipment-counting.js';
import type { CommandPlace, Tail } from './tail.js';

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
  readonly waitMsMax: number;
  /** Told when an earlier end of a hold becomes known. */
  readonly onNext: (line: string, at: number) => void;
  readonly onCommitted: (position: Position) => void;
  readonly onClosedMoved: (line: string) => void;
  readonly onCounted: (source: CountedEvent) => void;
  readonly firstAnswer: (identity: CommandIdentity, place: CommandPlace) => Promise<Outcome>;
  readonly firstAnswerAt: (identity: CommandIdentity, positions: readonly Position[]) => Promise<Outcome | undefined>;
  readonly claims: LineClaims;
  /** Told where an event of a line stands that was decided under another rulebook. */
  readonly onOtherRulebook: (position: Position) => Promise<void>;
}

/** Any name in a request may be that of a line: past so many the idle ones are given up, and loaded again when needed. */
const writersMax = 20_000;
const givenUpMax = 100;

/** The one writer of each line. */
export class LineWriters {
  readonly #options: LineWritersOptions;
  readonly #writers = new Map<string, LineWriter>();
  #hasEnded = false;

  constructor(options: LineWritersOptions) {
    this.#options = options;
  }

  of(line: string): LineWriter {
    const there = this.#writers.get(line);
    if (there) return there;
    if (this.#writers.size >= writersMax) this.#giveUpIdle();
    const { onNext, ...options } = this.#options;
    const holds = new LineHolds({ ...options, line, onNext: (at) => onNext(line, at) });
    const reader = new LineReader({ ...options, line, holds });
    const writer = new LineWriter({ ...options, line, holds, reader, hasEnded: () => this.#hasEnded });
    this.#writers.set(line, writer);
    return writer;
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

  /** The oldest first. Two writers of one line would cost a conflict, which each of them takes in. */
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

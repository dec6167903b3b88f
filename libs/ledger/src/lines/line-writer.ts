import type { AppendResult, EventStore } from '../event-store/event-store.js';
import type { RulebookReference } from '../events/recorded.js';
import type { LineCommand } from '../line/line-command.js';
import type { LineState } from '../line/line-state.js';
import { quotaStreamOf } from '../line/streams.js';
import { notSent, type Appended, type Places } from '../appending/appends.js';
import type { ChosenCommand } from '../shared-log/chosen-command.js';
import type { Clock } from '../outcome/clock.js';
import type { Outcome } from '../requests/ledger-outcome.js';
import { rejected, type Rejected } from '../outcome/rejected.js';
import { LineCommits, type LineCommitsOptions } from './line-commits.js';
import { LineDecider, namedBy, type Decided, type Pending, type Submitted } from './line-decider.js';
import { untouchedHead, type LineHead } from './line-head.js';
import type { LineLimits } from '../shipment/line-limits.js';
import type { Moves } from '../shipment/judge.js';
import { NextRead } from '../appending/next-read.js';
import type { LineReader } from './line-reader.js';
import type { Processes } from '../shared-log/processes.js';
import { SharedLine } from './shared-line.js';
import { WriterQueue } from '../appending/writer-queue.js';

/** At most this many lapses go into one append, so that a mass expiry does not hold up the commands behind it. */
const lapsesMax = 500;
const batchMax = 2_000;
/** After a failed append. */
const lookAgainMs = 1_000;

export interface LineWriterOptions extends Omit<LineCommitsOptions, 'stream' | 'queue' | 'wake'> {
  readonly store: EventStore;
  readonly rulebook: RulebookReference;
  readonly limits: LineLimits;
  readonly clock: Clock;
  readonly reader: LineReader;
  /** Commands that may wait; past it the answer is `busy`, at once. */
  readonly queueMax: number;
  readonly processes: Processes;
  /** Whether another writer of the line takes this one's place: what waits here is decided, nothing more. */
  readonly hasEnded: () => boolean;
}

/**
 * The one writer of a line: takes everything that waits, lapses what is due, decides one after another on the head in
 * memory, appends all events at once and only then answers. While an append is under way the next batch collects.
 */
export class LineWriter {
  readonly #options: LineWriterOptions;
  readonly #decider: LineDecider;
  /** Only where other processes write to it. */
  readonly #shared: SharedLine | undefined;
  readonly #stream: string;
  readonly #queue: WriterQueue<Submitted, Outcome | undefined>;
  readonly #commits: LineCommits;
  readonly #reads = new NextRead(() => this.#read());
  #head: LineHead | undefined;
  /** The line is known to have more than `#head`. */
  #isBehind = false;
  #loading: Promise<LineHead | undefined> | undefined;
  #running: Promise<void> | undefined;

  constructor(options: LineWriterOptions) {
    this.#options = options;
    this.#decider = new LineDecider(options);
    const { claims, waitMsMax } = options.processes;
    this.#shared = claims && new SharedLine(options, claims);
    this.#stream = quotaStreamOf(options.line);
    // Member by member: a spread would keep all options once more, and there are thousands of writers.
    const { line, queueMax, appends, entries, tail, holds } = options;
    const { onCommitted, onClosedMoved, onCounted, firstAnswer, firstAnswerAt } = options;
    const own = { line, stream: this.#stream, appends };
    this.#queue = new WriterQueue({ stream: own.stream, appends, queueMax, waitMsMax, waitFor: `commands wait on ${line}` });
    const told = { onCommitted, onClosedMoved, onCounted, firstAnswer, firstAnswerAt };
    this.#commits = new LineCommits({ ...own, ...told, entries, tail, holds, queue: this.#queue, wake: () => this.wake() });
  }

  /** Resolves when the command's events are durable. Commands are decided in the order of these calls. */
  submit(command: LineCommand): Promise<Outcome> {
    return this.submitUnless(undefined, command) as Promise<Outcome>;
  }

  /** As `submit`, but undefined, and nothing recorded, where the command moves on to another line. */
  submitUnless(moves: Moves | undefined, command: LineCommand): Promise<Outcome | undefined> {
    return this.#join({ command, moves });
  }

  /** As `submitUnless`, and also undefined where the line turns out to be ahead, or another line may decide the command. */
  submitChosen(chosen: ChosenCommand, moves: Moves | undefined, command: LineCommand): Promise<Outcome | undefined> {
    return this.#join({ command, moves, chosen });
  }

  /** The line as of a moment after this call, with what other instances wrote. */
  upToDate(): Promise<LineHead> {
    return this.#reads.ask();
  }

  /** A hold may have ended at `at` (milliseconds): looks, and asks to be woken for the next one. */
  wakeFor(at: number): void {
    this.#options.holds.mayBeDue(at);
    this.wake();
  }

  /** Decides what waits and sees to the holds that are due; later, while the line is in doubt. */
  wake(): void {
    const { appends, hasEnded } = this.#options;
    if (appends.doubtAbout(this.#stream) || (hasEnded() && this.#queue.length === 0)) return;
    this.#running ??= Promise.resolve().then(() => this.#run()).finally(() => {
      this.#running = undefined;
      if (this.#queue.length > 0) this.wake();
    });
  }

  /** A hold may end at `at` (milliseconds), as somebody else knows. */
  expiryKnown(at: number): void {
    this.#options.holds.lookAgain(at);
  }

  /** Nothing waits and nothing is under way. */
  get isIdle(): boolean {
    return this.#queue.length === 0 && this.#running === undefined && this.#loading === undefined && this.#commits.underWay === 0;
  }

  /** The line as of its newest event. */
  async recordedState(): Promise<LineState> {
    const { state } = await this.#loaded();
    return state;
  }

  /** Where the line stands in the log. */
  head(): Promise<LineHead> {
    return this.#shared ? this.upToDate() : this.#loaded();
  }

  /** The line at `at` (milliseconds), if that is known at once: loaded, and no hold due that is not lapsed yet. */
  stateAtHand(at: number): LineState | undefined {
    const { limits, line, holds } = this.#options;
    return this.#head && !holds.due(at) ? limits.under(line, this.#head.state, at) : undefined;
  }

  /** Loads the line and lapses what is due at `at` (milliseconds). */
  async ready(at: number): Promise<void> {
    await this.#loaded();
    if (!this.#options.holds.due(at)) return;
    this.wake();
    await this.#running;
  }

  /** The line as the next command at `at` (milliseconds) finds it: with the cap that the rulebook grants it then. */
  async found(at: number): Promise<Pick<LineHead, 'state' | 'lastRecordedAt'>> {
    const { limits, line } = this.#options;
    const { state, lastRecordedAt } = await this.#loaded();
    return { state: limits.under(line, state, at), lastRecordedAt };
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running !== undefined || this.#commits.underWay > 0) await Promise.all([this.#running, this.#commits.idle()]);
  }

  #join(submitted: Submitted): Promise<Outcome | undefined> {
    if (this.#options.hasEnded()) return Promise.resolve(hasEnded());
    return this.#queue.join(submitted, () => this.wake());
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0 || this.#options.holds.due(this.#options.clock())) {
      const taken = this.#queue.take(this.#shared?.atOnce(this.#queue.length, this.#commits.underWay) ?? batchMax);
      try {
        await this.#writeBatch(taken);
      } catch (error) {
        this.#fail(taken, error);
        if (taken.length === 0) return;
      }
    }
  }

  /** The head stays: it is what this process knows to be written, and a later append finds out whether there is more. */
  #fail(taken: readonly Pending[], error: unknown): void {
    const { holds, clock, appends } = this.#options;
    // What was due and did not lapse is due still, for any command that lacks its capacity.
    holds.lookAgain(clock(), clock() + lookAgainMs);
    this.#queue.fail(taken, error);
    void appends.doubtAbout(this.#stream)?.over.then((result) => this.#afterDoubt(result));
  }

  /** What was in doubt stands on the line, perhaps: read from there it is found by those who send it again. */
  #afterDoubt(result: AppendResult | undefined): void {
    const { onCommitted, onClosedMoved, line } = this.#options;
    const last = result?.appended === true ? result.positions.at(-1) : undefined;
    if (last === undefined) return this.wake();
    this.#isBehind = true;
    onCommitted(last);
    if (this.#head?.state.closedInto !== undefined) onClosedMoved(line);
    this.wake();
  }

  async #writeBatch(taken: readonly Pending[]): Promise<void> {
    const { holds, clock, reader } = this.#options;
    const shared = this.#shared;
    const now = clock();
    // Another instance may have lapsed by now what this one was woken for.
    if (taken.length === 0 && shared) this.#isBehind = true;
    let waiting = taken;
    for (let head = await this.#loaded(); ; head = await this.#catchUp(head)) {
      const due = await holds.takeDue(now, lapsesMax);
      try {
        if (shared) await shared.refreshLimits();
        head = this.#forward(head);
        const named = namedBy(waiting, due);
        shared?.renew(named);
        // Decided in the turn in which neither the line nor what is known of an entry is ahead of the other.
        while (reader.isAhead(head, named)) head = await this.#catchUp(head);
        const decided = this.#decider.decideAll(head, waiting, due, now);
        const staying = shared ? await shared.claim(decided, waiting, head.end.revision) : waiting;
        if (staying === waiting) {
          const result = await this.#append(head, decided, waiting);
          if (result.appended) return this.#goOn(decided, result.positions);
          waiting = shared?.sendBack(waiting) ?? waiting;
        } else waiting = staying;
      } finally {
        holds.handBack(due.ids);
      }
      // Another instance wrote: it may have lapsed some of these holds, and others of its own may be due.
      holds.lookAgain(now);
    }
  }

  #append(head: LineHead, { batch }: Decided, waiting: readonly Pending[]): Promise<Appended> {
    const { appends } = this.#options;
    const events = batch.events.map(({ sealed }) => sealed);
    if (events.length > 0) return appends.appendAhead(this.#stream, head.end.revision, events);
    return this.#shared && waiting.length > 0 ? this.#confirmed(head) : Promise.resolve(nothingToAppend);
  }

  /** What was decided without an event is confirmed by no append: others may have written meanwhile. */
  async #confirmed(head: LineHead): Promise<AppendResult> {
    const { end } = await this.#catchUp(head);
    return end.revision === head.end.revision ? nothingToAppend : { appended: false, actual: end.revision };
  }

  /** What was decided is durable. Who waits for it is answered when it is known where it stands; the next batch may begin. */
  #goOn(decided: Decided, positions: Places): void {
    const { batch, postponed, lapsesLeft } = decided;
    const { holds, clock } = this.#options;
    this.#forward(batch.head);
    this.#commits.commit(decided, positions);
    this.#queue.putBack(postponed);
    if (lapsesLeft) holds.lookAgain(clock());
  }

  async #loaded(): Promise<LineHead> {
    const { reader, limits, line, clock } = this.#options;
    if (this.#head) return this.#isBehind ? this.#catchUp(this.#head) : this.#head;
    this.#loading ??= reader.load().finally(() => (this.#loading = undefined));
    const head = (await this.#loading) ?? untouchedHead(limits.capOf(line, clock()));
    return (this.#head ??= head);
  }

  async #read(): Promise<LineHead> {
    if (this.#options.appends.doubtAbout(this.#stream)) throw notSent();
    return this.#catchUp(await this.#loaded());
  }

  async #catchUp(head: LineHead): Promise<LineHead> {
    const caughtUp = await this.#options.reader.catchUp(head);
    this.#isBehind = false;
    return this.#forward(caughtUp);
  }

  /** The line as it is known now: what was appended or read meanwhile may be ahead of this. */
  #forward(head: LineHead): LineHead {
    if (this.#head && this.#head.end.revision > head.end.revision) return this.#head;
    return (this.#head = head);
  }
}

/** Only for what nobody asked for: what is asked for waits while writers change. */
function hasEnded(): Rejected {
  return rejected('busy', 'The rulebook of the ledger is being replaced: try again in a second.');
}

const nothingToAppend = { appended: true, positions: [] } as const;

import { StoreUnavailable, type EventStore } from '../event-store/event-store.js';
import type { Company } from '../companies/company.js';
import type { Issued } from '../line/line-command.js';
import { untouchedLine } from '../line/line-state.js';
import type { CommandGate, FirstAnswer } from '../once/command-gate.js';
import type { CompanyPort } from '../companies/company-port.js';
import { ContestedChoice } from '../choice/contested-choice.js';
import { inTime } from '../appending/in-time.js';
import { Judge } from '../shipment/judge.js';
import type { Decided } from '../requests/ledger-outcome.js';
import { LineChoice } from '../choice/line-choice.js';
import { LineJudgement } from '../choice/line-judgement.js';
import { LineLimits } from '../shipment/line-limits.js';
import { LineMergers } from '../mergers/line-mergers.js';
import type { LinePause } from '../lines/line-pause.js';
import { LineWriters, type LineWritersOptions } from '../lines/line-writers.js';
import { reconcileLines, type KnownLine } from './reconcile-lines.js';
import type { RulebookInForce } from '../streams/rulebook-at-start.js';

type OfLedger = Omit<LineWritersOptions, 'rulebook' | 'limits' | 'onClosedMoved' | 'firstAnswer' | 'firstAnswerAt'>;

export interface LinesOptions extends OfLedger {
  readonly store: EventStore;
  readonly inForce: RulebookInForce;
  readonly companies: CompanyPort;
  readonly gate: CommandGate;
  readonly firstAnswer: FirstAnswer<Decided>;
  readonly pause: LinePause;
  /** What nobody asked for is done now. */
  readonly issue: () => Issued;
}

/** Everything that decides on lines under one rulebook. When another one is adopted others take its place, as a whole. */
export class LinesUnderRulebook {
  readonly inForce: RulebookInForce;
  readonly judge: Judge;
  readonly writers: LineWriters;
  readonly mergers: LineMergers;
  readonly choice: LineChoice;
  readonly #limits: LineLimits;
  readonly #options: LinesOptions;

  constructor(options: LinesOptions) {
    const { store, inForce, companies, gate, firstAnswer, pause, issue, processes } = options;
    const { rulebook } = inForce;
    this.#options = options;
    this.inForce = inForce;
    this.#limits = new LineLimits(rulebook, companies);
    this.judge = new Judge(rulebook, this.#limits);
    this.writers = new LineWriters({
      ...options,
      rulebook: rulebook.reference,
      limits: this.#limits,
      onClosedMoved: (line) => this.mergers.moved(line),
      firstAnswer: (identity, place) => gate.firstAnswer(identity, place, firstAnswer),
      firstAnswerAt: (identity, positions) => gate.firstAnswerAt(identity, positions, firstAnswer),
    });
    const { writers } = this;
    const followDeclared = (companyId: string): Promise<void> => this.followDeclared(companyId);
    this.mergers = new LineMergers({ store, rulebook, writers, companies, issue, followDeclared });
    const judgement = new LineJudgement({ writers, companies, mergers: this.mergers.unfinished });
    const choice = { writers, judgement, pause };
    const contest = { ...choice, gate, firstAnswer, waitMsMax: processes.waitMsMax };
    this.choice = new LineChoice({ ...choice, contested: processes.claims && new ContestedChoice(contest) });
  }

  /** Takes up the holds that the index knows to be open. */
  begin(): void {
    for (const [line, at] of this.#options.index.nextExpiries()) this.writers.expiryKnown(line, at);
  }

  /** Resolves when the holds that are due at `at` (milliseconds), as the index knows them, have lapsed, or the store did not take that. */
  async lapseDue(at: number): Promise<void> {
    const due = [...this.#options.index.nextExpiries()].flatMap(([line, end]) => (end <= at ? [line] : []));
    await Promise.all(due.map((line) => this.#lapseDueOn(line, at)));
  }

  /** A line that cannot be read is refused to those who ask for it, and holds up no other. */
  async #lapseDueOn(line: string, at: number): Promise<void> {
    try {
      await this.writers.of(line).ready(at);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  /**
   * Brings these lines, as a view knows them, in line with the rulebook, the register of companies and the date of today.
   * @param companies of which those that declare to have something from outside of the ledger have lines that count it
   */
  reconcile(lines: Iterable<KnownLine>, companies: Iterable<Pick<Company, 'id' | 'declaredElsewhere'>>): Promise<void> {
    const known = new Map(Array.from(lines, (each) => [each.line, each]));
    for (const { id, declaredElsewhere } of companies) {
      if (Object.keys(declaredElsewhere).length === 0) continue;
      for (const line of this.#limits.linesOfDeclared(id)) if (!known.has(line)) known.set(line, { line, ...untouchedLine(null) });
    }
    return this.#reconcile(known.values());
  }

  /** What a company declares may be something else by now: its lines follow at once. */
  async followDeclared(companyId: string): Promise<void> {
    const lines = this.#limits.linesOfDeclared(companyId);
    await this.#reconcile(await Promise.all(lines.map(async (line) => ({ line, ...(await this.writers.of(line).recordedState()) }))));
  }

  #reconcile(lines: Iterable<KnownLine>): Promise<void> {
    const { writers, mergers } = this;
    return reconcileLines(lines, { writers, mergers, limits: this.#limits, issued: this.#options.issue() });
  }

  /** Decides what waits and nothing more. Resolves with true when all of it is recorded; on a shared log with false if that takes too long. */
  end(): Promise<boolean> {
    const ended = this.mergers.stop().then(() => this.writers.end()).then(() => true);
    return inTime(ended, this.#options.processes.answerMsMax, () => false);
  }
}

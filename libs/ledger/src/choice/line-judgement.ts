import { noTpp, type DeterminationPorts, type LineLookup, type Party } from '#rulebook';
import type { Reservation } from '../line/entries.js';
import type { CommandIdentity, Issued } from '../line/line-command.js';
import type { CompanyPort } from '../companies/company-port.js';
import type { Judged } from '../shipment/judge.js';
import type { Rejected } from '../outcome/rejected.js';
import type { LineWriters } from '../lines/line-writers.js';
import { LinesAtHand } from './lines-at-hand.js';
import type { UnfinishedMergers } from '../mergers/unfinished-mergers.js';

/** A request that may go to one of several lines. */
export interface Choosing<Result extends Judged = Judged> {
  /** The moment that counts, anew for each attempt. */
  readonly issue: () => Issued;
  readonly judge: (issued: Issued, ports: DeterminationPorts) => Result;
  /** The hold that is amended, whose line is known. */
  readonly hold?: Reservation;
  /** Of a command that any of several lines may decide. */
  readonly identity?: CommandIdentity;
}

export interface LineJudgementOptions {
  readonly writers: LineWriters;
  readonly companies: CompanyPort | undefined;
  readonly mergers: UnfinishedMergers;
}

/** What lines may say of a request. */
export interface Asked {
  /** Lines that may answer from what is in memory; left out: all. */
  readonly mayAnswer?: (line: string) => boolean;
  /** All other lines count as full. */
  readonly onlyOn?: string | undefined;
}

export interface Judgement<Result extends Judged> {
  readonly judged: Result;
  /** Lines that have to be made ready before the judgement counts. */
  readonly missing: ReadonlySet<string>;
}

/** Judges requests on what lines have left, from the heads in memory, and makes lines ready for that. */
export class LineJudgement {
  readonly #writers: LineWriters;
  readonly #companies: CompanyPort | undefined;
  readonly #mergers: UnfinishedMergers;

  constructor(options: LineJudgementOptions) {
    this.#writers = options.writers;
    this.#companies = options.companies;
    this.#mergers = options.mergers;
  }

  judge<Result extends Judged>(request: Choosing<Result>, issued: Issued, { mayAnswer, onlyOn }: Asked = {}): Judgement<Result> {
    const stateOf = (line: string) =>
      this.concerns(line) || mayAnswer?.(line) === false ? undefined : this.#writers.of(line).stateAtHand(issued.at);
    const hand = new LinesAtHand(stateOf, request.hold);
    const lines: LineLookup = onlyOn === undefined ? hand.left : (line, at, scope) => (line === onlyOn ? hand.left(line, at, scope) : noTpp);
    const companies = this.#companies && { companies: this.#companies.lookup };
    const judged = request.judge(issued, { lines, ...companies });
    if ('line' in judged && this.concerns(judged.line)) hand.missing.add(judged.line);
    return { judged, missing: hand.missing };
  }

  /** Whether a merger that is unfinished leaves open what the line has. */
  concerns(line: string): boolean {
    return this.#mergers.concern(line);
  }

  /**
   * Resolves when the lines are at hand for the moment `at`, in milliseconds.
   * @param read brings the line up to date first
   * @throws StoreUnavailable if that cannot be done now
   */
  async makeReady(lines: Iterable<string>, at: number, read?: (line: string) => Promise<unknown>): Promise<void> {
    const makeReady = async (line: string): Promise<void> => {
      await this.#mergers.settled(line);
      await read?.(line);
      await this.#writers.of(line).ready(at);
    };
    await Promise.all([...lines].map(makeReady));
  }

  /** What enters a company in the register whose line decides and that nobody knows yet; undefined where it is known. */
  unregistered(holder: Party | undefined): ((issued: Issued) => Promise<Rejected | undefined>) | undefined {
    const { register, lookup } = this.#companies ?? {};
    if (holder === undefined || register === undefined) return undefined;
    const registered = lookup?.(holder) ?? null;
    const isNews = registered === null || (registered.headquarters === null && holder.headquarters !== undefined);
    if (!isNews) return undefined;
    return (issued) => register(holder, issued);
  }

  /** Takes in what other instances wrote to the register of companies. */
  async refreshRegister(): Promise<void> {
    await this.#companies?.refresh?.();
  }
}

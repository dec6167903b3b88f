import type { DeterminationPorts, Party } from '#rulebook';
import { StoreUnavailable } from '../event-store/event-store.js';
import type { Reservation } from '../line/entries.js';
import type { Issued } from '../line/line-command.js';
import type { CompanyPort } from './company-port.js';
import type { Judged } from './judge.js';
import { unavailable, type Outcome, type Rejected } from './ledger-outcome.js';
import type { LineWriters } from './line-writers.js';
import { LinesAtHand } from './lines-at-hand.js';
import type { UnfinishedMergers } from './unfinished-mergers.js';

/** A request that may go to one of several lines. */
export interface Choosing<Result extends Judged = Judged> {
  /** The moment that counts, anew for each attempt. */
  readonly issue: () => Issued;
  readonly judge: (issued: Issued, ports: DeterminationPorts) => Result;
  /** The hold that is amended. */
  readonly hold?: Reservation;
}

export interface LineChoiceOptions {
  readonly writers: LineWriters;
  readonly companies: CompanyPort | undefined;
  readonly mergers: UnfinishedMergers;
}

/** So often a request is judged again; then the line that was chosen last decides for good. */
const attemptsMax = 8;

/**
 * Chooses the line that decides a request. Determination and the place in the line's queue are one synchronous step
 * over the heads in memory. If the line turns out to have filled up when its turn comes, nothing is recorded and the
 * request is judged again, unless its route was asked for by name.
 */
export class LineChoice {
  readonly #writers: LineWriters;
  readonly #companies: CompanyPort | undefined;
  readonly #mergers: UnfinishedMergers;
  #pause: Promise<unknown> | undefined;

  constructor(options: LineChoiceOptions) {
    this.#writers = options.writers;
    this.#companies = options.companies;
    this.#mergers = options.mergers;
  }

  decide(request: Choosing): Promise<Outcome> {
    return this.#attempt(request, 1);
  }

  /** What the request comes to now, on lines that are up to date. Nothing is recorded. */
  async judged<Result extends Judged>(request: Choosing<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      while (this.#pause) await this.#pause;
      const issued = request.issue();
      const { judged, missing } = this.#judge(request, issued, attempt);
      if (missing.size === 0) return judged;
      await this.#makeReady(missing, issued.at);
    }
  }

  /** Requests wait for `work`: lines are about to move. */
  async pauseFor<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#pause) await this.#pause;
    const working = work();
    const pause = working.catch(() => undefined).finally(() => (this.#pause = undefined));
    this.#pause = pause;
    return working;
  }

  #attempt(request: Choosing, attempt: number): Promise<Outcome> {
    const again = (): Promise<Outcome> => this.#attempt(request, attempt + 1);
    if (this.#pause) return this.#pause.then(() => this.#attempt(request, attempt));
    const issued = request.issue();
    const { judged, missing } = this.#judge(request, issued, attempt);
    if (missing.size > 0) return this.#orUnavailable(() => this.#makeReady(missing, issued.at)).then((failed) => failed ?? again());
    if ('decided' in judged) return Promise.resolve(judged);
    const unregistered = attempt < attemptsMax ? this.#unregistered(judged.holder) : undefined;
    if (unregistered) return unregistered(issued).then((rejection) => rejection ?? again());
    const writer = this.#writers.of(judged.line);
    if (judged.moves === undefined || attempt >= attemptsMax) return writer.submit(judged.command);
    return writer.submitUnless(judged.moves, judged.command).then((outcome) => outcome ?? this.#refreshed().then((failed) => failed ?? again()));
  }

  /** Whoever closed the line may be another instance, whose merger is not known here. */
  #refreshed(): Promise<Rejected | undefined> {
    return this.#orUnavailable(async () => this.#companies?.refresh?.());
  }

  #judge<Result extends Judged>({ judge, hold }: Choosing<Result>, issued: Issued, attempt: number) {
    const lines = new LinesAtHand((line) => (this.#mergers.concern(line) ? undefined : this.#writers.of(line).stateAtHand(issued.at)), hold);
    const companies = this.#companies && { companies: this.#companies.lookup };
    const judged = judge(issued, { lines: lines.left, ...companies });
    if ('line' in judged && this.#mergers.concern(judged.line)) lines.missing.add(judged.line);
    // At last without the lines that would not come to rest: they decide for themselves.
    const missing = attempt < attemptsMax ? lines.missing : new Set([...lines.missing].filter((line) => this.#mergers.concern(line)));
    return { judged, missing };
  }

  #unregistered(holder: Party | undefined): ((issued: Issued) => Promise<Rejected | undefined>) | undefined {
    const { register, lookup } = this.#companies ?? {};
    if (holder === undefined || register === undefined) return undefined;
    const registered = lookup?.(holder) ?? null;
    const isNews = registered === null || (registered.headquarters === null && holder.headquarters !== undefined);
    if (!isNews) return undefined;
    return (issued) => register(holder, issued);
  }

  async #orUnavailable(work: () => Promise<void>): Promise<Rejected | undefined> {
    try {
      await work();
      return undefined;
    } catch (error) {
      if (error instanceof StoreUnavailable) return unavailable(error);
      throw error;
    }
  }

  async #makeReady(lines: Iterable<string>, at: number): Promise<void> {
    const makeReady = async (line: string): Promise<void> => {
      await this.#mergers.settled(line);
      await this.#writers.of(line).ready(at);
    };
    await Promise.all([...lines].map(makeReady));
  }
}

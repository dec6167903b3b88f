import { StoreUnavailable } from '../event-store/event-store.js';
import type { Issued } from '../line/line-command.js';
import type { ContestedChoice } from './contested-choice.js';
import type { Judged } from '../shipment/judge.js';
import type { Outcome } from '../requests/ledger-outcome.js';
import { unavailable, type Rejected } from '../outcome/rejected.js';
import type { Choosing, Judgement, LineJudgement } from './line-judgement.js';
import type { LinePause } from '../lines/line-pause.js';
import type { LineWriters } from '../lines/line-writers.js';

export interface LineChoiceOptions {
  readonly writers: LineWriters;
  readonly judgement: LineJudgement;
  readonly pause: LinePause;
  /** Where other processes write to the same log. */
  readonly contested: ContestedChoice | undefined;
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
  readonly #judgement: LineJudgement;
  readonly #pause: LinePause;
  readonly #contested: ContestedChoice | undefined;

  constructor(options: LineChoiceOptions) {
    this.#writers = options.writers;
    this.#judgement = options.judgement;
    this.#pause = options.pause;
    this.#contested = options.contested;
  }

  decide(request: Choosing): Promise<Outcome> {
    return this.#contested ? this.#contested.decide(request) : this.#attempt(request, 1);
  }

  /** What the request comes to now, on lines that are up to date. Nothing is recorded. */
  async judged<Result extends Judged>(request: Choosing<Result>): Promise<Result> {
    if (this.#contested) return this.#contested.judged(request);
    for (let attempt = 1; ; attempt += 1) {
      await this.#pause.over();
      const issued = request.issue();
      const { judged, missing } = this.#judge(request, issued, attempt);
      if (missing.size === 0) return judged;
      await this.#judgement.makeReady(missing, issued.at);
    }
  }

  #attempt(request: Choosing, attempt: number): Promise<Outcome> {
    const again = (): Promise<Outcome> => this.#attempt(request, attempt + 1);
    if (this.#pause.underWay) return this.#pause.underWay.then(() => this.#attempt(request, attempt));
    const issued = request.issue();
    const { judged, missing } = this.#judge(request, issued, attempt);
    if (missing.size > 0) return this.#orUnavailable(() => this.#judgement.makeReady(missing, issued.at)).then((failed) => failed ?? again());
    if ('decided' in judged) return Promise.resolve(judged);
    const unregistered = attempt < attemptsMax ? this.#judgement.unregistered(judged.holder) : undefined;
    if (unregistered) return unregistered(issued).then((rejection) => rejection ?? again());
    const writer = this.#writers.of(judged.line);
    if (judged.moves === undefined || attempt >= attemptsMax) return writer.submit(judged.command);
    return writer.submitUnless(judged.moves, judged.command).then((outcome) => outcome ?? this.#refreshed().then((failed) => failed ?? again()));
  }

  /** Whoever closed the line may be another instance, whose merger is not known here. */
  #refreshed(): Promise<Rejected | undefined> {
    return this.#orUnavailable(() => this.#judgement.refreshRegister());
  }

  #judge<Result extends Judged>(request: Choosing<Result>, issued: Issued, attempt: number): Judgement<Result> {
    const { judged, missing } = this.#judgement.judge(request, issued);
    if (attempt < attemptsMax) return { judged, missing };
    // At last without the lines that would not come to rest: they decide for themselves.
    return { judged, missing: new Set([...missing].filter((line) => this.#judgement.concerns(line))) };
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
}

import { StoreUnavailable } from '../event-store/event-store.js';
import type { Issued } from '../line/line-command.js';
import { refusedOn } from '../shared-log/abandoned-attempt.js';
import { notSent } from '../appending/appends.js';
import { ChosenCommand, type Claim } from '../shared-log/chosen-command.js';
import type { CommandGate, FirstAnswer } from '../once/command-gate.js';
import type { Judged, JudgedCommand } from '../shipment/judge.js';
import type { Decided, Outcome } from '../requests/ledger-outcome.js';
import { unavailable } from '../outcome/rejected.js';
import type { Asked, Choosing, LineJudgement } from './line-judgement.js';
import type { LinePause } from '../lines/line-pause.js';
import type { LineWriters } from '../lines/line-writers.js';

export interface ContestedChoiceOptions {
  readonly writers: LineWriters;
  readonly judgement: LineJudgement;
  readonly pause: LinePause;
  readonly gate: CommandGate;
  readonly firstAnswer: FirstAnswer<Decided>;
  /** Milliseconds after which a request is given up. */
  readonly waitMsMax: number;
}

/** So often a line may send a request on; then it decides for good. */
const attemptsMax = 8;
/** An attempt of another instance is looked at again after so long, then after twice that, and so on. */
const lookAgainMsMin = 10;
/** So often, in a bit more than a second: it is as good as given up. */
const looksMin = 7;

/** One request between lines, from its first attempt to its outcome. */
interface Contest {
  readonly request: Choosing;
  /** Undefined for a command whose line is known, or without a key. */
  readonly chosen: ChosenCommand | undefined;
  /** `performance.now()` at which it is given up. */
  readonly until: number;
  /** Lines that sent it on. */
  moved: number;
  /** The newest attempt that was found open, and how often, with nothing to show for it. */
  seen: { readonly claim: Claim | undefined; readonly looks: number };
}

/**
 * The choice between lines on a log that several processes write to. What is in memory may be behind it: before each
 * judgement the register of companies and every line that is asked are brought up to date. A line decides a chosen
 * command once that is claimed for it; see `LineClaims`.
 */
export class ContestedChoice {
  readonly #options: ContestedChoiceOptions;

  constructor(options: ContestedChoiceOptions) {
    this.#options = options;
  }

  async decide(request: Choosing): Promise<Outcome> {
    const { identity } = request;
    const until = performance.now() + this.#options.waitMsMax;
    const seen = { claim: undefined, looks: 0 };
    const contest: Contest = { request, chosen: identity && new ChosenCommand(identity), until, moved: 0, seen };
    try {
      for (;;) {
        const outcome = await this.#attempt(contest);
        if (outcome) return outcome;
      }
    } catch (error) {
      if (error instanceof StoreUnavailable) return unavailable(error);
      throw error;
    }
  }

  /** What the request comes to now. Nothing is recorded. */
  async judged<Result extends Judged>(request: Choosing<Result>): Promise<Result> {
    const until = performance.now() + this.#options.waitMsMax;
    const { judged } = await this.#judge(request, until);
    return judged;
  }

  /** Undefined: to be judged again. */
  async #attempt(contest: Contest): Promise<Outcome | undefined> {
    const { request, chosen, until } = contest;
    const { judgement } = this.#options;
    const { judged, issued } = await this.#judge(request, until, this.#onlyLine(contest), chosen?.open ? perhapsUnderWay : notSent);
    const open = chosen?.open;
    if (chosen && open && !('line' in judged && judged.line === open.line)) return this.#fateOf(contest, judged, chosen, open);
    if ('decided' in judged) return judged;
    const register = judgement.unregistered(judged.holder);
    if (register) return register(issued);
    return this.#submit(contest, judged);
  }

  async #submit(contest: Contest, { line, command, moves }: JudgedCommand): Promise<Outcome | undefined> {
    const writer = this.#options.writers.of(line);
    const { chosen } = contest;
    const mayMove = contest.moved < attemptsMax ? moves : undefined;
    const before = chosen?.newest;
    // Another instance may have read more of the line when it was to decide there.
    if (chosen?.open) await writer.upToDate();
    const outcome = await (chosen ? writer.submitChosen(chosen, mayMove, command) : writer.submitUnless(mayMove, command));
    if (outcome === undefined && chosen?.newest === before) contest.moved += 1;
    return outcome;
  }

  /**
   * What came of an attempt on a line other than the one that is chosen now. Undefined: nothing will any more, or nobody
   * knows yet. In the end that line refuses the request, for others may decide it only if it goes on.
   */
  async #fateOf(contest: Contest, judged: Judged, chosen: ChosenCommand, claim: Claim): Promise<Outcome | undefined> {
    const { writers, gate, firstAnswer } = this.#options;
    const { end } = await writers.of(claim.line).upToDate();
    const before = await gate.decidedBefore(chosen.identity, firstAnswer);
    if (before) return before;
    if (end.revision > claim.lineRevision) {
      chosen.isDead(claim);
      return undefined;
    }
    const looks = looksAt(contest, claim);
    if (looks >= looksMin) return 'decided' in judged ? judged : this.#submit(contest, refusedOn(claim.line, judged));
    const pauseMs = lookAgainMsMin * 2 ** looks;
    if (performance.now() + pauseMs > contest.until) throw perhapsUnderWay();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    contest.seen = { claim, looks: looks + 1 };
    return undefined;
  }

  /** In the end the line of an attempt that nothing came of decides, even if another one is the better choice by now. */
  #onlyLine(contest: Contest): string | undefined {
    const open = contest.chosen?.open;
    return open && looksAt(contest, open) >= looksMin ? open.line : undefined;
  }

  /**
   * Judges on a register and on lines that were read after this call. The last step is one with whatever follows in the
   * same turn.
   * @throws StoreUnavailable if they cannot be read in time
   */
  async #judge<Result extends Judged>(
    request: Choosing<Result>,
    until: number,
    onlyOn?: string,
    late = notSent,
  ): Promise<{ readonly judged: Result; readonly issued: Issued }> {
    const { judgement, pause, writers } = this.#options;
    const read = new Set<string>();
    const asked: Asked = { mayAnswer: (line) => read.has(line), onlyOn };
    await judgement.refreshRegister();
    for (;;) {
      await pause.over();
      if (performance.now() > until) throw late();
      const issued = request.issue();
      const { judged, missing } = judgement.judge(request, issued, asked);
      if (missing.size === 0) return { judged, issued };
      await judgement.makeReady(missing, issued.at, (line) => writers.of(line).upToDate());
      for (const line of missing) read.add(line);
    }
  }
}

function looksAt({ seen }: Contest, claim: Claim): number {
  return seen.claim === claim ? seen.looks : 0;
}

function perhapsUnderWay(): StoreUnavailable {
  return new StoreUnavailable(
    'Another process may still be recording this: send the request again in some seconds, with the same Idempotency-Key.',
  );
}

import type { Caller } from '../requests/ledger-request.js';
import type { Choosing } from '../choice/line-judgement.js';
import { StoreUnavailable } from '../event-store/event-store.js';
import { movesOf } from '../line/also-counts.js';
import type { PostedExport, Reservation } from '../line/entries.js';
import type { CommandIdentity, Issued } from '../line/line-command.js';
import type { EntryCache } from '../lines/entry-cache.js';
import type { ShipmentCounting } from '../lines/shipment-counting.js';
import type { LinesInForce } from './lines-in-force.js';
import type { Admission } from '../once/admission.js';
import type { FirstAnswer } from '../once/command-gate.js';
import type { Processes } from '../shared-log/processes.js';
import { indexBehind, rejected, unavailable, type Rejected } from '../outcome/rejected.js';
import type { Decided, Outcome } from '../requests/ledger-outcome.js';
import type { Judged } from '../shipment/judge.js';

export interface DecidedOnceOptions {
  readonly lines: LinesInForce;
  readonly entries: EntryCache;
  readonly admission: Admission;
  readonly firstAnswer: FirstAnswer<Decided>;
  readonly counting: ShipmentCounting;
  /** Brings the index up to all that other processes wrote by now; false if it is too far behind. Undefined without others. */
  readonly indexFollows: Processes['indexFollows'];
}

/**
 * How a request becomes a decision of a line. One that was decided before gets its first answer, whatever the rulebook and
 * the clock say of it today.
 */
export class DecidedOnce {
  readonly #options: DecidedOnceOptions;

  constructor(options: DecidedOnceOptions) {
    this.#options = options;
  }

  /** Judges a request whose line is known, and has that line decide it. */
  decide(identity: CommandIdentity | null, caller: Caller, judge: (issued: Issued) => Judged): Promise<Outcome> {
    const { lines, admission, firstAnswer } = this.#options;
    const decideNow = (): Promise<Outcome> => {
      const judged = judge(admission.issue(caller, identity));
      return 'decided' in judged ? Promise.resolve(judged) : lines.now.writers.of(judged.line).submit(judged.command);
    };
    return admission.once(identity, decideNow, firstAnswer).then((outcome) => this.#counted(outcome));
  }

  /** As `decide`, for a request that names parties: which line decides it depends on what lines have left. */
  choose(identity: CommandIdentity | null, caller: Caller, judge: Choosing['judge'], hold?: Reservation): Promise<Outcome> {
    const { lines, admission, firstAnswer } = this.#options;
    const issue = (): Issued => admission.issue(caller, identity);
    const request = hold ? { issue, judge, hold } : { issue, judge, ...(identity && { identity }) };
    const outcome = admission.once(identity, () => lines.now.choice.decide(request), firstAnswer);
    return outcome.then((decided) => this.#counted(decided));
  }

  /** A request about a reservation, which stays at hand until the outcome. */
  onReservation(id: string, then: (reservation: Reservation) => Promise<Outcome> | Rejected): Promise<Outcome> {
    return this.#onEntry(id, () => {
      const reservation = this.#options.entries.reservation(id);
      return reservation ? then(reservation) : rejected('reservation-not-found', `There is no reservation ${id}.`);
    });
  }

  /** A request about an export, which stays at hand until the outcome. */
  onExport(id: string, then: (posted: PostedExport) => Promise<Outcome> | Rejected): Promise<Outcome> {
    return this.#onEntry(id, () => {
      const posted = this.#options.entries.export(id);
      return posted ? then(posted) : rejected('export-not-found', `There is no export ${id}.`);
    });
  }

  #onEntry(id: string, then: () => Promise<Outcome> | Rejected): Promise<Outcome> {
    return this.#options.admission.answered(this.#withEntry(id, then));
  }

  async #withEntry(id: string, then: () => Promise<Outcome> | Rejected): Promise<Outcome> {
    const { entries, indexFollows } = this.#options;
    try {
      await entries.load(id);
      if (indexFollows && !entries.has(id) && !(await this.#loadFromOthers(id, indexFollows))) return indexBehind();
    } catch (error) {
      return unavailableOr(error);
    }
    try {
      return await then();
    } finally {
      entries.unpin(id);
    }
  }

  /** Another instance may just have brought it into being. False if nobody knows whether there is such an entry. */
  async #loadFromOthers(id: string, indexFollows: () => Promise<boolean>): Promise<boolean> {
    const { entries } = this.#options;
    entries.unpin(id);
    const reached = await indexFollows();
    if (reached) await entries.load(id);
    return reached;
  }

  /** A shipment that lines of validated end users count, too, is answered when they have. */
  #counted(outcome: Outcome): Outcome | Promise<Outcome> {
    if (!outcome.decided || movesOf(outcome.event).length === 0) return outcome;
    return this.#options.counting.attempted(outcome).then(() => outcome);
  }
}

/** @throws everything but a store that cannot serve */
export function unavailableOr(error: unknown): Rejected {
  if (error instanceof StoreUnavailable) return unavailable(error);
  throw error;
}

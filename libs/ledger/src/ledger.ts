import { kindOfLine, type CompiledRulebook, type DeterminationPorts, type MilliTpp } from '#rulebook';
import { notSent } from './appending/appends.js';
import { inTime } from './appending/in-time.js';
import type { ChangesByOthers } from './in-force/changes-by-others.js';
import { unavailableOr, type DecidedOnce } from './in-force/decided-once.js';
import type { LinesInForce } from './in-force/lines-in-force.js';
import type { KnownLine } from './in-force/reconcile-lines.js';
import { answerDetermination } from './choice/determination-answer.js';
import type { Position } from './events/stored-event.js';
import { openParts, type LedgerOptions, type LedgerParts } from './ledger-parts.js';
import type { CommandIdentity, Issued } from './line/line-command.js';
import { withFiledExport } from './lines/outcome-of.js';
import type { CountedEvent } from './lines/shipment-counting.js';
import { identityOf, ledgerScope } from './once/identity.js';
import { keyMissing, rejected, type Rejected } from './outcome/rejected.js';
import type { DeterminationAnswer, Outcome } from './requests/ledger-outcome.js';
import type {
  AmendRequest,
  AttritionRequest,
  Caller,
  ExportDirectRequest,
  ExportHoldRequest,
  FileRequest,
  OrderRequest,
  ReleaseRequest,
  ReserveRequest,
  ReverseRequest,
  SetAllocationRequest,
} from './requests/ledger-request.js';
import type { JudgedExport, JudgedReserve } from './shipment/judge.js';
import { nearMatchesOf } from './shipment/near-matches.js';
import type { Acknowledgement } from './streams/acknowledge-alert.js';
import type { Companies } from './streams/companies.js';
import type { Fulfilments } from './streams/fulfil-obligation.js';
import type { RulebookOrders } from './streams/rulebook-orders.js';
import type { WeightsLedger } from './streams/weights-ledger.js';

const dayMs = 86_400_000;

/**
 * The write side: turns requests into commands and gives each to the writer of its line. What is new (reserve, direct
 * export) is decided in the order of the calls; what names an entry, or parties with lines of their own, once these are
 * at hand. An outcome is durable when its promise resolves; a promise rejects only for a bug.
 */
export class Ledger {
  /** Adopts rulebooks by order. */
  readonly rulebooks: RulebookOrders;
  /** The register of companies and their authorisations. */
  readonly companies: Companies;
  /** Exports of model weights, which debit no line. */
  readonly weights: WeightsLedger;
  readonly obligations: Fulfilments;
  /** Told what other instances wrote, as the views know it. */
  readonly others: ChangesByOthers;
  readonly #parts: LedgerParts;
  readonly #lines: LinesInForce;
  readonly #once: DecidedOnce;

  /** For specs; else `open`. */
  constructor(parts: LedgerParts) {
    const { rulebooks, companies, weights, obligations, others } = parts;
    this.rulebooks = rulebooks;
    this.companies = companies;
    this.weights = weights;
    this.obligations = obligations;
    this.others = others;
    this.#parts = parts;
    this.#lines = parts.lines;
    this.#once = parts.once;
  }

  /** Takes up the holds that are open. @throws StoreUnavailable */
  static async open(options: LedgerOptions): Promise<Ledger> {
    return new Ledger(await openParts(options));
  }

  /** In force: every command is decided under it. */
  get rulebook(): CompiledRulebook {
    return this.#lines.rulebook;
  }

  /** Position of the newest event that this process has written. */
  get position(): Position {
    return this.#parts.written.position;
  }

  /** Commands that are being decided or written now. */
  get inFlight(): number {
    return this.#parts.gate.inFlight;
  }

  reserve(request: ReserveRequest, caller: Caller): Promise<Outcome> {
    return this.#shipment(identityOf(request.exporter, 'reserve', caller), request, caller);
  }

  exportDirect(request: ExportDirectRequest, caller: Caller): Promise<Outcome> {
    return this.#shipment(identityOf(request.exporter, 'export', caller), request, caller);
  }

  exportHold(reservationId: string, request: ExportHoldRequest, caller: Caller): Promise<Outcome> {
    return this.#once.onReservation(reservationId, (reservation) => {
      const identity = identityOf(reservation.exporter, `export ${reservationId}`, caller);
      if (!identity) return keyMissing();
      return this.#once.decide(identity, caller, (issued) => this.#lines.now.judge.exportHold(reservation, request, identity.commandId, issued));
    });
  }

  amend(reservationId: string, request: AmendRequest, caller: Caller): Promise<Outcome> {
    return this.#once.onReservation(reservationId, (reservation) => {
      const identity = identityOf(reservation.exporter, `amend ${reservationId}`, caller);
      if (!namesParties(reservation)) return this.#once.decide(identity, caller, (issued) => this.#lines.now.judge.amend(reservation, request, issued));
      return this.#once.choose(identity, caller, (issued, ports) => this.#lines.now.judge.amend(reservation, request, issued, ports), reservation);
    });
  }

  release(reservationId: string, request: ReleaseRequest, caller: Caller): Promise<Outcome> {
    return this.#once.onReservation(reservationId, ({ exporter, line }) => {
      const { reason = null, expectedRevision = null } = request;
      const identity = identityOf(exporter, `release ${reservationId}`, caller);
      if (!identity) return keyMissing();
      const release = { type: 'Release', reservationId, reason, expectedRevision } as const;
      return this.#once.decide(identity, caller, (issued) => ({ line, command: { ...release, ...issued } }));
    });
  }

  reverse(exportId: string, { code, reason }: ReverseRequest, caller: Caller): Promise<Outcome> {
    return this.#once.onExport(exportId, (posted) => {
      const identity = identityOf(posted.exporter, `reverse ${exportId}`, caller);
      if (!identity) return keyMissing();
      return this.#once.decide(identity, caller, (issued) => {
        const { reversalCredits, reversalWindowDays } = this.rulebook.document.policy;
        const policy = { credits: reversalCredits[code], windowMs: reversalWindowDays * dayMs };
        return { line: posted.line, command: { type: 'Reverse', exportId, code, reason, ...policy, ...issued } };
      });
    });
  }

  /** Records the ITN of an export that has none; `nothing-to-change` if it has this very one. */
  file(exportId: string, { itn }: FileRequest, caller: Caller): Promise<Outcome> {
    return this.#once.onExport(exportId, ({ exporter, line }) => {
      const identity = identityOf(exporter, `file ${exportId}`, caller);
      if (!identity) return keyMissing();
      const file = { type: 'File', exportId, itn } as const;
      const outcome = this.#once.decide(identity, caller, (issued) => ({ line, command: { ...file, ...issued } }));
      return outcome.then((filing) => withFiledExport(this.#parts.store, filing));
    });
  }

  setAllocation(line: string, { allocationMilliTpp, reason }: SetAllocationRequest, caller: Caller): Promise<Outcome> {
    if (kindOfLine(line) === 'uveu') {
      return Promise.resolve(rejected('invalid-request', `${line} has no cap of its own: its shares follow what the company declares.`));
    }
    return this.#order(line, { type: 'SetAllocation', allocationMilliTpp, basis: 'order', reason }, caller);
  }

  suspend(line: string, { reason }: OrderRequest, caller: Caller): Promise<Outcome> {
    return this.#order(line, { type: 'Suspend', reason }, caller);
  }

  resume(line: string, { reason }: OrderRequest, caller: Caller): Promise<Outcome> {
    return this.#order(line, { type: 'Resume', reason }, caller);
  }

  /** Records that installed items no longer count on an `nveu:` line. */
  recordAttrition(line: string, request: AttritionRequest, caller: Caller): Promise<Outcome> {
    return this.#parts.attritions.record(line, request, caller);
  }

  /**
   * Counts shipments on the lines of validated end users that do not count them yet, as far as a view knows: what a crash
   * left, or another instance. May be repeated.
   */
  async countShipments(events: Iterable<Pick<CountedEvent, 'line' | 'revision'>>): Promise<void> {
    await Promise.all(Array.from(events, (each) => this.#parts.counting.countAt(each)));
  }

  /** What a reservation would come to now. Nothing is recorded. */
  determine(request: ReserveRequest | ExportDirectRequest): Promise<DeterminationAnswer | Rejected> {
    const determined = this.#determine(request).catch((error: unknown) => unavailableOr(error));
    return this.#parts.admission.answered(determined, notSent);
  }

  async #determine(request: ReserveRequest | ExportDirectRequest): Promise<DeterminationAnswer | Rejected> {
    const issue = (): Issued => this.#parts.admission.issue({ principal: request.exporter }, null);
    const judge = (issued: Issued, ports?: DeterminationPorts) => this.#judge(request, '', issued, ports);
    const judged = await this.#lines.now.choice.judged({ issue, judge });
    if ('decided' in judged) return judged;
    const found = await this.#lines.now.writers.of(judged.line).found(judged.command.at);
    return answerDetermination(judged, found, nearMatchesOf(request, this.#parts.companyPort));
  }

  async acknowledgeAlert(alertId: string, line: string, { principal }: Caller): Promise<Acknowledgement | Rejected> {
    const { admission, acknowledgements, clock } = this.#parts;
    return admission.answered(acknowledgements.acknowledge({ alertId, line, principal, at: clock() }));
  }

  /**
   * Brings these lines, as a view knows them, and those that are to count what companies declare in line with the rulebook,
   * the register of companies and the date of today.
   */
  reconcileLines(lines: Iterable<KnownLine>): Promise<void> {
    return this.#lines.now.reconcile(lines, this.companies.companies());
  }

  /** Resolves when the holds that ended while nobody was there have lapsed, or the store did not take that. */
  lapseDue(): Promise<void> {
    return this.#lines.now.lapseDue(this.#parts.clock());
  }

  /** A rulebook was adopted, as a view knows. If it took the place of this one, nothing is decided here any more. */
  rulebookAdopted(adopted: { readonly hash: string; readonly position: Position }): void {
    this.#parts.superseded.adopted(adopted);
  }

  /** Takes no more commands and waits for those under way; not for a store that does not answer. */
  async close(): Promise<void> {
    await inTime(this.#rest(), this.#parts.processes.answerMsMax, () => undefined);
  }

  async #rest(): Promise<void> {
    const { wakeUp, admission, counting } = this.#parts;
    this.others.stop();
    wakeUp.stop();
    await admission.close();
    await Promise.all([this.companies.idle(), this.weights.idle(), this.#lines.now.writers.idle()]);
    await counting.stop();
    await this.#lines.now.mergers.stop();
    await this.#lines.now.writers.idle();
  }

  /** A request that brings a reservation or an export into being. */
  #shipment(identity: CommandIdentity | null, request: ReserveRequest | ExportDirectRequest, caller: Caller): Promise<Outcome> {
    if (!identity) return Promise.resolve(keyMissing());
    const { commandId } = identity;
    if (!namesParties(request)) return this.#once.decide(identity, caller, (issued) => this.#judge(request, commandId, issued));
    return this.#once.choose(identity, caller, (issued, ports) => this.#judge(request, commandId, issued, ports));
  }

  #judge(request: ReserveRequest | ExportDirectRequest, id: string, issued: Issued, ports?: DeterminationPorts): JudgedReserve | JudgedExport | Rejected {
    const { judge } = this.#lines.now;
    return 'exportedAt' in request ? judge.exportDirect(request, id, issued, ports) : judge.reserve(request, id, issued, ports);
  }

  #order(line: string, order: Order, caller: Caller): Promise<Outcome> {
    const identity = identityOf(ledgerScope, `${order.type} ${line}`, caller);
    return this.#once.decide(identity, caller, (issued) => ({ line, command: { ...order, ...issued } }));
  }
}

type Order =
  | { readonly type: 'SetAllocation'; readonly allocationMilliTpp: MilliTpp; readonly basis: 'order'; readonly reason: string }
  | { readonly type: 'Suspend' | 'Resume'; readonly reason: string };

/** Without parties and facts no line but that of the destination is in question. */
function namesParties({ consignee, facts }: { readonly consignee?: unknown; readonly facts?: unknown }): boolean {
  return (consignee !== undefined && consignee !== null) || facts !== undefined;
}

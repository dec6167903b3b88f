import { kindOfLine, lineOfUveu, partsOfLine, type CompiledRulebook, type DeterminationPorts, type MilliTpp } from '#rulebook';
import { StoreUnavailable, type EventStore } from './event-store/event-store.js';
import type { Position } from './events/stored-event.js';
import { movesOf } from './line/also-counts.js';
import type { CommandIdentity, Issued } from './line/line-command.js';
import type { PostedExport, Reservation } from './line/entries.js';
import { quotaStreamOf } from './line/streams.js';
import { Acknowledgements, type Acknowledgement } from './streams/acknowledge-alert.js';
import { Admission } from './once/admission.js';
import { Appends, notSent } from './appending/appends.js';
import { beforeFirstShipment } from './lines/before-first-shipment.js';
import { checkAttrition, noSuchLine } from './shipment/attrition.js';
import { systemClock, type Clock } from './outcome/clock.js';
import { CommandGate, type FirstAnswer } from './once/command-gate.js';
import { Companies } from './streams/companies.js';
import type { CompanyPort } from './companies/company-port.js';
import type { DerivedIndex } from './once/derived-index.js';
import { answerDetermination } from './choice/determination-answer.js';
import { EntryCache } from './lines/entry-cache.js';
import { Fulfilments } from './streams/fulfil-obligation.js';
import { identityOf } from './once/identity.js';
import { inTime } from './appending/in-time.js';
import type { Judged, JudgedExport, JudgedReserve } from './shipment/judge.js';
import type { Decided, DeterminationAnswer, Outcome } from './requests/ledger-outcome.js';
import { rejected, keyMissing, unavailable, indexBehind, type Rejected } from './outcome/rejected.js';
import { nearMatchesOf } from './shipment/near-matches.js';
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
import { LineClaims } from './shared-log/line-claims.js';
import type { Choosing } from './choice/line-judgement.js';
import { LinePause } from './lines/line-pause.js';
import { LinesUnderRulebook, type LinesOptions } from './lines-under-rulebook.js';
import type { KnownLine } from './reconcile-lines.js';
import { lastAdoption } from './streams/rulebook-adoption.js';
import type { RulebookInForce } from './streams/rulebook-at-start.js';
import { RulebookOrders } from './streams/rulebook-orders.js';
import { firstAnswerOnLine, withFiledExport } from './lines/outcome-of.js';
import { ShipmentCounting, type CountedEvent } from './lines/shipment-counting.js';
import { Tail } from './once/tail.js';
import { WakeUp } from './lines/wake-up.js';
import { WeightsLedger } from './streams/weights-ledger.js';

export interface LedgerOptions {
  readonly store: EventStore;
  /** Must have reached the head of the log. */
  readonly index: DerivedIndex;
  /** Decides every command until another one is adopted. */
  readonly inForce: RulebookInForce;
  /** For specs: another register than the ledger's own. */
  readonly companies?: CompanyPort;
  readonly clock?: Clock;
  /** Commands that may wait on one line. */
  readonly queueMax?: number;
  /** Commands decided that the index does not know yet; past it the views are too far behind to go on. */
  readonly tailMax?: number;
  /** Entries kept in memory, besides those that must be. */
  readonly entriesMax?: number;
  /**
   * Milliseconds until nobody waits for the store any more: an append whose outcome is unknown for so long is in doubt.
   * On a shared store every caller is answered after half as long again.
   */
  readonly patienceMs?: number;
  /**
   * On a shared store: resolves with true when the index has reached a position, with false if that takes longer than
   * `timeoutMs`. It is asked before an entry that the index does not know is said not to exist, and before a command is
   * rejected that another process may have decided.
   */
  readonly indexReaches?: (position: Position, timeoutMs: number) => Promise<boolean>;
  /** Told once, for people, when another process adopted another rulebook: this one decides nothing more and should end. */
  readonly onSuperseded?: (message: string) => void;
}

const dayMs = 86_400_000;
/** How long an entry that another instance may have brought into being is waited for. */
const indexWaitMs = 2_000;
/** Instances that know of the same hold do not all lapse it in the same moment; and so with all that each may do. */
const jitterMs = 500;

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
  readonly #store: EventStore;
  readonly #appends: Appends;
  readonly #clock: Clock;
  readonly #tail: Tail;
  readonly #entries: EntryCache;
  readonly #gate: CommandGate;
  readonly #wakeUp: WakeUp;
  readonly #companies: CompanyPort;
  readonly #admission: Admission;
  readonly #pause = new LinePause();
  readonly #firstAnswer: FirstAnswer<Decided>;
  readonly #counting: ShipmentCounting;
  readonly #acknowledgements: Acknowledgements;
  readonly #options: LedgerOptions;
  readonly #patienceMs: number;
  readonly #linesOptions: Omit<LinesOptions, 'inForce'>;
  #lines: LinesUnderRulebook;
  #position: Position;
  #isClosing = false;

  private constructor(options: LedgerOptions, position: Position) {
    const { store, index, inForce, patienceMs = 3_000 } = options;
    this.#options = options;
    this.#patienceMs = patienceMs;
    this.#store = store;
    this.#appends = new Appends(store, patienceMs);
    this.#clock = options.clock ?? systemClock;
    this.#tail = new Tail(index);
    this.#entries = new EntryCache({ store, index, tail: this.#tail, entriesMax: options.entriesMax ?? 10_000 });
    const gate = { store, index, tail: this.#tail };
    this.#gate = new CommandGate(store.isShared ? { ...gate, indexFollows: () => indexFollows(options) } : gate);
    this.#firstAnswer = firstAnswerOnLine(store);
    const shared = { store, index, tail: this.#tail, clock: this.#clock, appends: this.#appends };
    const waitMsMax = store.isShared ? patienceMs : Infinity;
    const admitted = { tailMax: options.tailMax ?? 250_000, answerMsMax: waitMsMax * 1.5 };
    this.#admission = new Admission({ ...shared, ...admitted, gate: this.#gate, rulebook: () => this.rulebook.reference });
    const queue = { queueMax: options.queueMax ?? 20_000, waitMsMax };
    const known = { ...shared, ...queue, onCommitted: (at: Position): void => this.#committed(at) };
    const register = { ...known, gate: this.#gate, rulebook: () => this.rulebook, admission: this.#admission };
    this.#acknowledgements = new Acknowledgements({ ...known, gate: this.#gate });
    this.companies = new Companies({
      ...register,
      pauseFor: (work) => this.#pause.during(work),
      mergers: {
        finish: (merger) => this.#lines.mergers.unfinished.finish(merger),
        begin: (merger) => this.#lines.mergers.unfinished.begin(merger),
      },
      sharesAtRest: (company) => this.#lines.writers.of(lineOfUveu(company)).idle(),
      onDeclared: (company) => this.#lines.followDeclared(company),
    });
    this.obligations = new Fulfilments(register);
    const companies = options.companies ?? this.companies.port;
    this.weights = new WeightsLedger({ ...register, companies });
    this.#companies = companies;
    this.#wakeUp = new WakeUp(this.#clock, (line, at) => this.#lines.writers.of(line).wakeFor(at));
    this.#linesOptions = {
      ...known,
      entries: this.#entries,
      companies,
      gate: this.#gate,
      firstAnswer: this.#firstAnswer,
      pause: this.#pause,
      patienceMs,
      issue: () => this.#admission.issue({ principal: 'system' }, null),
      claims: new LineClaims(shared),
      onNext: (line, at) => this.#wakeUp.at(line, store.isShared ? at + Math.random() * jitterMs : at),
      onCounted: (source) => this.#counting.count(source),
      onOtherRulebook: (at) => this.#otherRulebook(at),
    };
    this.#lines = new LinesUnderRulebook({ ...this.#linesOptions, inForce });
    this.rulebooks = new RulebookOrders({
      ...register,
      inForce: () => this.#lines.inForce,
      indexFollows: () => indexFollows(options),
      endLines: () => this.#lines.end(),
      beginLines: (next) => this.#beginLines(next),
    });
    this.#counting = new ShipmentCounting({
      store,
      submit: (line, command) => this.#lines.writers.of(line).submit(command),
      admission: this.#admission,
      firstAnswer: this.#firstAnswer,
    });
    this.#position = position;
  }

  /** Takes up the holds that are open. */
  static async open(options: LedgerOptions): Promise<Ledger> {
    const ledger = new Ledger(options, await options.store.head());
    await ledger.companies.open();
    ledger.#lines.begin();
    return ledger;
  }

  /** In force: every command is decided under it. */
  get rulebook(): CompiledRulebook {
    return this.#lines.inForce.rulebook;
  }

  /** Position of the newest event that this process has written. */
  get position(): Position {
    return this.#position;
  }

  /** Commands that are being decided or written now. */
  get inFlight(): number {
    return this.#gate.inFlight;
  }

  reserve(request: ReserveRequest, caller: Caller): Promise<Outcome> {
    const identity = identityOf(request.exporter, 'reserve', caller);
    if (!identity) return Promise.resolve(keyMissing());
    const { commandId } = identity;
    if (!namesParties(request)) return this.#decideOnce(identity, caller, (issued) => this.#lines.judge.reserve(request, commandId, issued));
    return this.#chooseOnce(identity, caller, (issued, ports) => this.#lines.judge.reserve(request, commandId, issued, ports));
  }

  exportDirect(request: ExportDirectRequest, caller: Caller): Promise<Outcome> {
    const identity = identityOf(request.exporter, 'export', caller);
    if (!identity) return Promise.resolve(keyMissing());
    const { commandId } = identity;
    if (!namesParties(request)) return this.#decideOnce(identity, caller, (issued) => this.#lines.judge.exportDirect(request, commandId, issued));
    return this.#chooseOnce(identity, caller, (issued, ports) => this.#lines.judge.exportDirect(request, commandId, issued, ports));
  }

  exportHold(reservationId: string, request: ExportHoldRequest, caller: Caller): Promise<Outcome> {
    return this.#onReservation(reservationId, (reservation) => {
      const identity = identityOf(reservation.exporter, `export ${reservationId}`, caller);
      if (!identity) return keyMissing();
      return this.#decideOnce(identity, caller, (issued) => this.#lines.judge.exportHold(reservation, request, identity.commandId, issued));
    });
  }

  amend(reservationId: string, request: AmendRequest, caller: Caller): Promise<Outcome> {
    return this.#onReservation(reservationId, (reservation) => {
      const identity = identityOf(reservation.exporter, `amend ${reservationId}`, caller);
      if (!namesParties(reservation)) return this.#decideOnce(identity, caller, (issued) => this.#lines.judge.amend(reservation, request, issued));
      return this.#chooseOnce(identity, caller, (issued, ports) => this.#lines.judge.amend(reservation, request, issued, ports), reservation);
    });
  }

  release(reservationId: string, request: ReleaseRequest, caller: Caller): Promise<Outcome> {
    return this.#onReservation(reservationId, ({ exporter, line }) => {
      const { reason = null, expectedRevision = null } = request;
      const identity = identityOf(exporter, `release ${reservationId}`, caller);
      if (!identity) return keyMissing();
      const release = { type: 'Release', reservationId, reason, expectedRevision } as const;
      return this.#decideOnce(identity, caller, (issued) => ({ line, command: { ...release, ...issued } }));
    });
  }

  reverse(exportId: string, { code, reason }: ReverseRequest, caller: Caller): Promise<Outcome> {
    return this.#onExport(exportId, (posted) => {
      const identity = identityOf(posted.exporter, `reverse ${exportId}`, caller);
      if (!identity) return keyMissing();
      return this.#decideOnce(identity, caller, (issued) => {
        const { reversalCredits, reversalWindowDays } = this.rulebook.document.policy;
        const policy = { credits: reversalCredits[code], windowMs: reversalWindowDays * dayMs };
        return { line: posted.line, command: { type: 'Reverse', exportId, code, reason, ...policy, ...issued } };
      });
    });
  }

  /** Records the ITN of an export that has none; `nothing-to-change` if it has this very one. */
  file(exportId: string, { itn }: FileRequest, caller: Caller): Promise<Outcome> {
    return this.#onExport(exportId, ({ exporter, line }) => {
      const identity = identityOf(exporter, `file ${exportId}`, caller);
      if (!identity) return keyMissing();
      const file = { type: 'File', exportId, itn } as const;
      const outcome = this.#decideOnce(identity, caller, (issued) => ({ line, command: { ...file, ...issued } }));
      return outcome.then((filing) => withFiledExport(this.#store, filing));
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
    const identity = identityOf(partsOfLine(line)?.holder ?? line, `attrition ${line}`, caller);
    if (!identity) return Promise.resolve(keyMissing());
    const decideNow = async (): Promise<Outcome> => {
      if (this.#store.isShared) await this.#companies.refresh?.();
      if (!(await this.#isLineOfSomebody(line))) return noSuchLine(line);
      const now = this.#admission.issue(caller, identity).at;
      const refused = checkAttrition(this.rulebook, line, request, now) ?? (await beforeFirstShipment(this.#store, line, request));
      if (refused) return refused;
      return this.#lines.writers.of(line).submit({ type: 'RecordAttrition', ...request, ...this.#admission.issue(caller, identity) });
    };
    return this.#admission.once(identity, decideNow, this.#firstAnswer);
  }

  /** A line of a country, of a registered company, or one with history: merged companies have such. */
  async #isLineOfSomebody(line: string): Promise<boolean> {
    const parts = partsOfLine(line);
    if (parts === undefined || parts.holder === null) return parts !== undefined;
    if (this.#companies.lookup({ name: parts.holder })?.id === parts.holder) return true;
    return (await this.#store.readStream(quotaStreamOf(line), { limit: 1 })).length > 0;
  }

  /**
   * Counts shipments on the lines of validated end users that do not count them yet, as far as a view knows: what a crash
   * left, or another instance. May be repeated.
   */
  async countShipments(events: Iterable<Pick<CountedEvent, 'line' | 'revision'>>): Promise<void> {
    await Promise.all(Array.from(events, (each) => this.#counting.countAt(each)));
  }

  /**
   * Closes every line of the company `from` into that of `into`, which counts from then on what they have. To be called
   * as soon as the register knows the merger; requests that may draw on these lines wait meanwhile. May be repeated.
   * @throws StoreUnavailable if a line cannot take it now: it goes on in the background, and nobody draws on these lines
   */
  mergeLines(from: string, into: string, reason: string): Promise<void> {
    return this.#pause.during(() => this.#lines.mergers.unfinished.finish({ from, into, reason }));
  }

  /** What a reservation would come to now. Nothing is recorded. */
  determine(request: ReserveRequest | ExportDirectRequest): Promise<DeterminationAnswer | Rejected> {
    const determined = this.#determine(request).catch((error: unknown) => unavailableOr(error));
    return this.#admission.answered(determined, notSent);
  }

  async #determine(request: ReserveRequest | ExportDirectRequest): Promise<DeterminationAnswer | Rejected> {
    const issue = (): Issued => this.#admission.issue({ principal: request.exporter }, null);
    const judge = (issued: Issued, ports?: DeterminationPorts): JudgedReserve | JudgedExport | Rejected =>
      'exportedAt' in request ? this.#lines.judge.exportDirect(request, '', issued, ports) : this.#lines.judge.reserve(request, '', issued, ports);
    const judged = await this.#lines.choice.judged({ issue, judge });
    if ('decided' in judged) return judged;
    const found = await this.#lines.writers.of(judged.line).found(judged.command.at);
    return answerDetermination(judged, found, nearMatchesOf(request, this.#companies));
  }

  async acknowledgeAlert(alertId: string, line: string, caller: Caller): Promise<Acknowledgement | Rejected> {
    const request = { alertId, line, principal: caller.principal, at: this.#clock() };
    try {
      return await this.#admission.answered(this.#acknowledgements.acknowledge(request));
    } catch (error) {
      return unavailableOr(error);
    }
  }

  /**
   * Brings these lines, as a view knows them, and those that are to count what companies declare in line with the rulebook,
   * the register of companies and the date of today.
   */
  reconcileLines(lines: Iterable<KnownLine>): Promise<void> {
    return this.#lines.reconcile(lines, this.companies.companies());
  }

  /** Resolves when the holds that ended while nobody was there have lapsed, or the store did not take that. */
  lapseDue(): Promise<void> {
    return this.#lines.lapseDue(this.#clock());
  }

  /** The index has other holds of these lines by now: those of an instance that is gone lapse here, too. */
  expiriesChanged(lines: Iterable<string>): void {
    for (const line of lines) {
      const at = this.#options.index.nextExpiry(line);
      if (at !== undefined) this.#lines.writers.expiryKnown(line, at);
    }
  }

  /** A closed line moved, as a view knows: its survivor is told by this instance, too, should the other one be gone. */
  closedLineMoved(line: string): void {
    this.#soon(() => this.#lines.mergers.moved(line));
  }

  /** The register changed, as a view knows: a merger is finished by this instance, too, should the other one be gone. */
  registerMoved(position: Position): void {
    const again = (error: unknown): void => {
      unavailableOr(error);
      this.registerMoved(position);
    };
    this.#soon(() => void this.companies.reach(position).catch(again));
  }

  /** A rulebook was adopted, as a view knows. If it took the place of this one, nothing is decided here any more. */
  rulebookAdopted({ hash, position }: { readonly hash: string; readonly position: Position }): void {
    if (hash === this.rulebook.hash || this.rulebooks.isAdopting(hash) || position < this.#lines.inForce.position) return;
    const message = this.#supersededBy(hash);
    if (this.#admission.refuse(message)) this.#options.onSuperseded?.(message);
  }

  /** An event at this position was decided under another rulebook. The views may not know yet that this one was replaced. */
  async #otherRulebook(at: Position): Promise<void> {
    if (at < this.#lines.inForce.position) return;
    const last = await lastAdoption(this.#store);
    if (last === undefined || last.event.hash === this.rulebook.hash) return;
    this.rulebookAdopted({ hash: last.event.hash, position: last.position });
    throw new StoreUnavailable(this.#supersededBy(last.event.hash));
  }

  #supersededBy(hash: string): string {
    const { id, version } = this.rulebook.reference;
    return `Another process adopted another rulebook (${hash}) in place of ${id} ${version}: start this one again, it decides nothing more.`;
  }

  /** Takes no more commands and waits for those under way; not for a store that does not answer. */
  async close(): Promise<void> {
    const atRest = this.#rest();
    await (this.#store.isShared ? inTime(atRest, this.#patienceMs * 1.5, () => undefined) : atRest);
  }

  /** What another instance does at once is done here a moment later: then there mostly is nothing left to do. */
  #soon(work: () => void): void {
    const unlessClosing = (): void => {
      if (!this.#isClosing) work();
    };
    setTimeout(unlessClosing, Math.random() * jitterMs).unref();
  }

  async #rest(): Promise<void> {
    this.#isClosing = true;
    this.#wakeUp.stop();
    await this.#admission.close();
    await Promise.all([this.companies.idle(), this.weights.idle(), this.#lines.writers.idle()]);
    await this.#counting.stop();
    await this.#lines.mergers.stop();
    await this.#lines.writers.idle();
  }

  #order(line: string, order: Order, caller: Caller): Promise<Outcome> {
    const identity = identityOf(caller.principal, `${order.type} ${line}`, caller);
    return this.#decideOnce(identity, caller, (issued) => ({ line, command: { ...order, ...issued } }));
  }

  #onReservation(id: string, then: (reservation: Reservation) => Promise<Outcome> | Rejected): Promise<Outcome> {
    return this.#onEntry(id, () => {
      const reservation = this.#entries.reservation(id);
      return reservation ? then(reservation) : rejected('reservation-not-found', `There is no reservation ${id}.`);
    });
  }

  #onExport(id: string, then: (posted: PostedExport) => Promise<Outcome> | Rejected): Promise<Outcome> {
    return this.#onEntry(id, () => {
      const posted = this.#entries.export(id);
      return posted ? then(posted) : rejected('export-not-found', `There is no export ${id}.`);
    });
  }

  #onEntry(id: string, then: () => Promise<Outcome> | Rejected): Promise<Outcome> {
    return this.#admission.answered(this.#withEntry(id, then));
  }

  /** Keeps the entry at hand until the outcome. */
  async #withEntry(id: string, then: () => Promise<Outcome> | Rejected): Promise<Outcome> {
    try {
      await this.#entries.load(id);
      if (this.#store.isShared && !this.#entries.has(id) && !(await this.#loadFromOthers(id))) return indexBehind();
    } catch (error) {
      return unavailableOr(error);
    }
    try {
      return await then();
    } finally {
      this.#entries.unpin(id);
    }
  }

  /** Another instance may just have brought it into being. False if nobody knows whether there is such an entry. */
  async #loadFromOthers(id: string): Promise<boolean> {
    this.#entries.unpin(id);
    const reached = await indexFollows(this.#options);
    if (reached) await this.#entries.load(id);
    return reached;
  }

  /**
   * Judges and decides a command, unless it was decided before: then its first answer counts, whatever the rulebook
   * and the clock say of the request today.
   */
  #decideOnce(identity: CommandIdentity | null, caller: Caller, judge: (issued: Issued) => Judged): Promise<Outcome> {
    const decideNow = (): Promise<Outcome> => {
      const judged = judge(this.#admission.issue(caller, identity));
      return 'decided' in judged ? Promise.resolve(judged) : this.#lines.writers.of(judged.line).submit(judged.command);
    };
    return this.#admission.once(identity, decideNow, this.#firstAnswer).then((outcome) => this.#counted(outcome));
  }

  /** As `decideOnce`, for a request that names parties: which line decides it depends on what lines have left. */
  #chooseOnce(identity: CommandIdentity | null, caller: Caller, judge: Choosing['judge'], hold?: Reservation): Promise<Outcome> {
    const issue = (): Issued => this.#admission.issue(caller, identity);
    const request = hold ? { issue, judge, hold } : { issue, judge, ...(identity && { identity }) };
    const outcome = this.#admission.once(identity, () => this.#lines.choice.decide(request), this.#firstAnswer);
    return outcome.then((decided) => this.#counted(decided));
  }

  /** A shipment that lines of validated end users count, too, is answered when they have. */
  #counted(outcome: Outcome): Outcome | Promise<Outcome> {
    if (!outcome.decided || movesOf(outcome.event).length === 0) return outcome;
    return this.#counting.attempted(outcome).then(() => outcome);
  }

  #beginLines(inForce: RulebookInForce): void {
    this.#lines = new LinesUnderRulebook({ ...this.#linesOptions, inForce });
    this.#lines.begin();
  }

  #committed(position: Position): void {
    if (position > this.#position) this.#position = position;
  }
}

type Order =
  | { readonly type: 'SetAllocation'; readonly allocationMilliTpp: MilliTpp; readonly basis: 'order'; readonly reason: string }
  | { readonly type: 'Suspend' | 'Resume'; readonly reason: string };

/** @throws everything but a store that cannot serve */
function unavailableOr(error: unknown): Rejected {
  if (error instanceof StoreUnavailable) return unavailable(error);
  throw error;
}

/** False if the index does not reach in time what is in the log by now. */
async function indexFollows({ store, indexReaches }: LedgerOptions): Promise<boolean> {
  return indexReaches === undefined || indexReaches(await store.head(), indexWaitMs);
}

/** Without parties and facts no line but that of the destination is in question. */
function namesParties({ consignee, facts }: { readonly consignee?: unknown; readonly facts?: unknown }): boolean {
  return (consignee !== undefined && consignee !== null) || facts !== undefined;
}

import type { CompiledRulebook, MilliTpp } from '#rulebook';
import { StoreUnavailable, type EventStore, type Position } from '../event-store/event-store.js';
import type { CommandIdentity, Issued } from '../line/line-command.js';
import { decide } from '../line/decide.js';
import type { Reservation } from '../line/entries.js';
import { available } from '../line/line-state.js';
import { acknowledgeAlert, type Acknowledgement } from './acknowledge-alert.js';
import { adoptRulebook } from './adopt-rulebook.js';
import { systemClock, type Clock } from './clock.js';
import { CommandGate, type FirstAnswer } from './command-gate.js';
import type { DerivedIndex } from './derived-index.js';
import { EntryCache } from './entry-cache.js';
import { identityOf } from './identity.js';
import { Judge, type Judged } from './judge.js';
import { keyMissing, rejected, unavailable, type Decided, type DeterminationAnswer, type Outcome, type Rejected } from './ledger-outcome.js';
import type {
  AmendRequest,
  Caller,
  ExportDirectRequest,
  ExportHoldRequest,
  OrderRequest,
  ReleaseRequest,
  ReserveRequest,
  ReverseRequest,
  SetAllocationRequest,
} from './ledger-request.js';
import { LineHolds } from './line-holds.js';
import { LineReader } from './line-reader.js';
import { LineWriter } from './line-writer.js';
import { firstAnswerOnLine } from './outcome-of.js';
import { Tail } from './tail.js';
import { WakeUp } from './wake-up.js';
import { WeightsLedger } from './weights-ledger.js';

export interface LedgerOptions {
  readonly store: EventStore;
  /** Must have reached the head of the log. */
  readonly index: DerivedIndex;
  readonly rulebook: CompiledRulebook;
  readonly clock?: Clock;
  /** Commands that may wait on one line. */
  readonly queueMax?: number;
  /** Commands decided that the index does not know yet; past it the views are too far behind to go on. */
  readonly tailMax?: number;
  /** Entries kept in memory, besides those that must be. */
  readonly entriesMax?: number;
}

const dayMs = 86_400_000;

/**
 * The write side: turns requests into commands and gives each to the writer of its line. What is new (reserve, direct
 * export) is decided in the order of the calls; what names an entry, once that is at hand. An outcome is durable when its
 * promise resolves; a promise rejects only for a bug.
 */
export class Ledger {
  readonly rulebook: CompiledRulebook;
  /** Exports of model weights, which debit no line. */
  readonly weights: WeightsLedger;
  readonly #store: EventStore;
  readonly #index: DerivedIndex;
  readonly #clock: Clock;
  readonly #queueMax: number;
  readonly #tailMax: number;
  readonly #tail: Tail;
  readonly #entries: EntryCache;
  readonly #gate: CommandGate;
  readonly #judge: Judge;
  readonly #wakeUp: WakeUp;
  readonly #writers = new Map<string, LineWriter>();
  readonly #firstAnswer: FirstAnswer<Decided>;
  #position: Position;
  #closed = false;

  private constructor(options: LedgerOptions, position: Position) {
    const { store, index } = options;
    this.rulebook = options.rulebook;
    this.#store = store;
    this.#index = index;
    this.#clock = options.clock ?? systemClock;
    this.#queueMax = options.queueMax ?? 20_000;
    this.#tailMax = options.tailMax ?? 250_000;
    this.#tail = new Tail(index);
    this.#entries = new EntryCache({ store, index, tail: this.#tail, entriesMax: options.entriesMax ?? 10_000 });
    this.#gate = new CommandGate({ store, index, tail: this.#tail });
    this.#firstAnswer = firstAnswerOnLine(store);
    this.#judge = new Judge(options.rulebook);
    this.#wakeUp = new WakeUp(this.#clock, (line) => this.#writer(line).wake());
    this.#position = position;
    const known = { store, index, tail: this.#tail, gate: this.#gate, rulebook: options.rulebook, clock: this.#clock };
    const told = { onCommitted: (at: Position) => this.#committed(at), refusesNow: () => this.#refusesNow() };
    this.weights = new WeightsLedger({ ...known, ...told, queueMax: this.#queueMax });
  }

  /** Adopts the rulebook if the log has another one in force, and takes up the holds that are open. */
  static async open(options: LedgerOptions): Promise<Ledger> {
    const { store, rulebook, clock = systemClock } = options;
    await adoptRulebook(store, rulebook, clock);
    const ledger = new Ledger(options, await store.head());
    for (const [line, at] of options.index.nextExpiries()) ledger.#wakeUp.at(line, at);
    return ledger;
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
    return this.#decideOnce(identity, caller, (issued) => this.#judge.reserve(request, identity.commandId, issued));
  }

  exportDirect(request: ExportDirectRequest, caller: Caller): Promise<Outcome> {
    const identity = identityOf(request.exporter, 'export', caller);
    if (!identity) return Promise.resolve(keyMissing());
    return this.#decideOnce(identity, caller, (issued) => this.#judge.exportDirect(request, identity.commandId, issued));
  }

  exportHold(reservationId: string, request: ExportHoldRequest, caller: Caller): Promise<Outcome> {
    return this.#onReservation(reservationId, (reservation) => {
      const identity = identityOf(reservation.exporter, `export ${reservationId}`, caller);
      if (!identity) return keyMissing();
      return this.#decideOnce(identity, caller, (issued) => this.#judge.exportHold(reservation, request, identity.commandId, issued));
    });
  }

  amend(reservationId: string, request: AmendRequest, caller: Caller): Promise<Outcome> {
    return this.#onReservation(reservationId, (reservation) => {
      const identity = identityOf(reservation.exporter, `amend ${reservationId}`, caller);
      return this.#decideOnce(identity, caller, (issued) => this.#judge.amend(reservation, request, issued));
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
    return this.#onEntry(exportId, () => {
      const posted = this.#entries.export(exportId);
      if (!posted) return rejected('export-not-found', `There is no export ${exportId}.`);
      const identity = identityOf(posted.exporter, `reverse ${exportId}`, caller);
      if (!identity) return keyMissing();
      const { reversalCredits, reversalWindowDays } = this.rulebook.document.policy;
      const policy = { credits: reversalCredits[code], windowMs: reversalWindowDays * dayMs };
      const reverse = { type: 'Reverse', exportId, code, reason, ...policy } as const;
      return this.#decideOnce(identity, caller, (issued) => ({ line: posted.line, command: { ...reverse, ...issued } }));
    });
  }

  setAllocation(line: string, { allocationMilliTpp, reason }: SetAllocationRequest, caller: Caller): Promise<Outcome> {
    return this.#order(line, { type: 'SetAllocation', allocationMilliTpp, basis: 'order', reason }, caller);
  }

  suspend(line: string, { reason }: OrderRequest, caller: Caller): Promise<Outcome> {
    return this.#order(line, { type: 'Suspend', reason }, caller);
  }

  resume(line: string, { reason }: OrderRequest, caller: Caller): Promise<Outcome> {
    return this.#order(line, { type: 'Resume', reason }, caller);
  }

  /** What a reservation would come to now. Nothing is recorded. */
  async determine(request: ReserveRequest): Promise<DeterminationAnswer | Rejected> {
    const issued = this.#issued({ principal: request.exporter, idempotencyKey: null, body: null }, null);
    const judged = this.#judge.reserve(request, '', issued);
    if ('decided' in judged) return judged;
    const { line, command, determination } = judged;
    const state = await this.#writer(line).state(issued.at);
    const decision = decide(command, { state, lastRecordedAt: 0 });
    if ('decided' in decision) return decision;
    const [draft] = decision;
    const refusal =
      draft?.type === 'ReservationRefused' ? { code: draft.code, reasons: draft.reasons, availableMilliTpp: available(state.balance) } : null;
    return { determination, balanceAfter: draft?.balanceMilliTpp ?? state.balance, refusal };
  }

  async acknowledgeAlert(alertId: string, line: string, caller: Caller): Promise<Acknowledgement | Rejected> {
    const request = { alertId, line, principal: caller.principal, at: this.#clock() };
    try {
      return await acknowledgeAlert(this.#store, request, (position) => this.#committed(position));
    } catch (error) {
      if (error instanceof StoreUnavailable) return unavailable(error);
      throw error;
    }
  }

  /** Brings the caps of these lines in line with the rulebook of today. */
  async reconcileCaps(lines: Iterable<string>): Promise<void> {
    const issued = this.#issued({ principal: 'system', idempotencyKey: null, body: null }, null);
    for (const line of lines) {
      const { balance, capBasis } = await this.#writer(line).recordedState();
      const cap = this.rulebook.capOfLine(line, issued.at);
      if (capBasis !== 'rulebook' || balance.allocation === cap) continue;
      const { id, version } = issued.rulebook;
      const reason = `Cap of ${line} under rulebook ${id} ${version}.`;
      await this.#writer(line).submit({ type: 'SetAllocation', allocationMilliTpp: cap, basis: 'rulebook', reason, ...issued });
    }
  }

  /** Takes no more commands and waits for those under way. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wakeUp.stop();
    await this.#gate.idle();
    await Promise.all([this.weights, ...this.#writers.values()].map((writer) => writer.idle()));
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

  /** Keeps the entry at hand until the outcome. */
  async #onEntry(id: string, then: () => Promise<Outcome> | Rejected): Promise<Outcome> {
    try {
      await this.#entries.load(id);
    } catch (error) {
      if (error instanceof StoreUnavailable) return unavailable(error);
      throw error;
    }
    try {
      return await then();
    } finally {
      this.#entries.unpin(id);
    }
  }

  /**
   * Judges and decides a command, unless it was decided before: then its first answer counts, whatever the rulebook
   * and the clock say of the request today.
   */
  #decideOnce(identity: CommandIdentity | null, caller: Caller, judge: (issued: Issued) => Judged): Promise<Outcome> {
    const refused = this.#refusesNow();
    if (refused) return Promise.resolve(refused);
    const decideNow = (): Promise<Outcome> => {
      const judged = judge(this.#issued(caller, identity));
      return 'decided' in judged ? Promise.resolve(judged) : this.#writer(judged.line).submit(judged.command);
    };
    return this.#gate.pass(identity, decideNow, this.#firstAnswer);
  }

  #refusesNow(): Rejected | undefined {
    if (this.#closed) return rejected('store-unavailable', 'The ledger is stopping: send the request again in a moment.');
    if (this.#tail.size < this.#tailMax) return undefined;
    this.#tail.prune();
    return this.#tail.size < this.#tailMax ? undefined : rejected('busy', 'The views are too far behind the log: try again in a second.');
  }

  #issued({ principal }: Caller, identity: CommandIdentity | null): Issued {
    return { at: this.#clock(), principal, rulebook: this.rulebook.reference, identity };
  }

  #writer(line: string): LineWriter {
    const there = this.#writers.get(line);
    if (there) return there;
    const holds = new LineHolds({ line, index: this.#index, entries: this.#entries, onNext: (at) => this.#wakeUp.at(line, at) });
    const known = { line, store: this.#store, tail: this.#tail, entries: this.#entries, holds };
    const writer = new LineWriter({
      ...known,
      reader: new LineReader(known),
      rulebook: this.rulebook,
      clock: this.#clock,
      queueMax: this.#queueMax,
      onCommitted: (position) => this.#committed(position),
      firstAnswer: (identity, place) => this.#gate.firstAnswer(identity, place, this.#firstAnswer),
    });
    this.#writers.set(line, writer);
    return writer;
  }

  #committed(position: Position): void {
    if (position > this.#position) this.#position = position;
  }
}

type Order =
  | { readonly type: 'SetAllocation'; readonly allocationMilliTpp: MilliTpp; readonly basis: 'order'; readonly reason: string }
  | { readonly type: 'Suspend' | 'Resume'; readonly reason: string };

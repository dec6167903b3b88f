import { determine, type CompiledRulebook, type MilliTpp } from '#rulebook';
import type { EventStore, Position } from '../event-store/event-store.js';
import type { CommandIdentity, Issued, LineCommand } from '../line/line-command.js';
import { decide } from '../line/decide.js';
import type { Reservation } from '../line/entries.js';
import { available } from '../line/line-state.js';
import { acknowledgeAlert, type Acknowledgement } from './acknowledge-alert.js';
import { adoptRulebook } from './adopt-rulebook.js';
import { systemClock, type Clock } from './clock.js';
import { CommandGate } from './command-gate.js';
import type { DerivedIndex } from './derived-index.js';
import { EntryCache } from './entry-cache.js';
import { identityOf } from './identity.js';
import { rejected, type DeterminationAnswer, type Outcome, type Rejected } from './ledger-outcome.js';
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
  ShipmentRequest,
} from './ledger-request.js';
import { LineHolds } from './line-holds.js';
import { LineWriter } from './line-writer.js';
import { assess, checkExpiry, checkExportedAt, type Assessment } from './assessment.js';
import { Tail } from './tail.js';
import { WakeUp } from './wake-up.js';

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
 * The write side: turns requests into commands and gives each to the writer of its line. The order of calls is the
 * order of decision on a line. An outcome is durable when its promise resolves; a promise rejects only for a bug.
 */
export class Ledger {
  readonly rulebook: CompiledRulebook;
  readonly #store: EventStore;
  readonly #index: DerivedIndex;
  readonly #clock: Clock;
  readonly #queueMax: number;
  readonly #tailMax: number;
  readonly #tail: Tail;
  readonly #entries: EntryCache;
  readonly #gate: CommandGate;
  readonly #wakeUp: WakeUp;
  readonly #writers = new Map<string, LineWriter>();
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
    this.#wakeUp = new WakeUp(this.#clock, (line) => this.#writer(line).wake());
    this.#position = position;
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
    const at = this.#clock();
    const assessed = assess(this.rulebook, request, at);
    if ('decided' in assessed) return Promise.resolve(assessed);
    const expiresAt = checkExpiry(this.rulebook, request.expiresAt, at);
    if (typeof expiresAt !== 'number') return Promise.resolve(expiresAt);
    const identity = identityOf(request.exporter, 'reserve', caller);
    if (!identity) return Promise.resolve(keyMissing());
    const command = { type: 'Reserve', ...shipmentOf(request, assessed), reservationId: identity.commandId, expiresAt } as const;
    return this.#decide(assessed.determination.line, { ...command, ...this.#issued(at, caller, identity) });
  }

  exportDirect(request: ExportDirectRequest, caller: Caller): Promise<Outcome> {
    const at = this.#clock();
    const { exportedAt, itn = null } = request;
    const early = checkExportedAt(exportedAt, at);
    if (early) return Promise.resolve(early);
    const assessed = assess(this.rulebook, request, exportedAt);
    if ('decided' in assessed) return Promise.resolve(assessed);
    const identity = identityOf(request.exporter, 'export', caller);
    if (!identity) return Promise.resolve(keyMissing());
    const command = { type: 'ExportDirect', ...shipmentOf(request, assessed), exportId: identity.commandId, exportedAt, itn } as const;
    return this.#decide(assessed.determination.line, { ...command, ...this.#issued(at, caller, identity) });
  }

  async exportHold(reservationId: string, request: ExportHoldRequest, caller: Caller): Promise<Outcome> {
    return this.#onReservation(reservationId, async (reservation) => {
      const at = this.#clock();
      const { part, exportedAt, itn = null, final, expectedRevision = null } = request;
      const early = checkExportedAt(exportedAt, at);
      if (early) return early;
      const identity = identityOf(reservation.exporter, `export ${reservationId}`, caller);
      if (!identity) return keyMissing();
      const outsidePeriod = determine(this.rulebook, { destination: reservation.destination, items: [] }, exportedAt).refusal;
      const command = { type: 'ExportHold', reservationId, exportId: identity.commandId, part, exportedAt, itn, final, expectedRevision, outsidePeriod } as const;
      return this.#decide(reservation.line, { ...command, ...this.#issued(at, caller, identity) });
    });
  }

  async amend(reservationId: string, request: AmendRequest, caller: Caller): Promise<Outcome> {
    return this.#onReservation(reservationId, async (reservation) => {
      const at = this.#clock();
      const { items, reference, expectedRevision } = request;
      const assessed = items ? assess(this.rulebook, { ...shipmentOfReservation(reservation), items }, at) : null;
      if (assessed && 'decided' in assessed) return assessed;
      const expiresAt = request.expiresAt === undefined ? null : checkExpiry(this.rulebook, request.expiresAt, at);
      if (expiresAt !== null && typeof expiresAt !== 'number') return expiresAt;
      const identity = identityOf(reservation.exporter, `amend ${reservationId}`, caller);
      const replacement = assessed && { list: assessed.items, determination: assessed.determination };
      const command = { type: 'Amend', reservationId, items: replacement, expiresAt, reference, expectedRevision } as const;
      return this.#decide(reservation.line, { ...command, ...this.#issued(at, caller, identity) });
    });
  }

  async release(reservationId: string, request: ReleaseRequest, caller: Caller): Promise<Outcome> {
    return this.#onReservation(reservationId, async (reservation) => {
      const { reason = null, expectedRevision = null } = request;
      const identity = identityOf(reservation.exporter, `release ${reservationId}`, caller);
      if (!identity) return keyMissing();
      const command = { type: 'Release', reservationId, reason, expectedRevision } as const;
      return this.#decide(reservation.line, { ...command, ...this.#issued(this.#clock(), caller, identity) });
    });
  }

  async reverse(exportId: string, { code, reason }: ReverseRequest, caller: Caller): Promise<Outcome> {
    await this.#entries.load(exportId);
    try {
      const posted = this.#entries.export(exportId);
      if (!posted) return rejected('export-not-found', `There is no export ${exportId}.`);
      const identity = identityOf(posted.exporter, `reverse ${exportId}`, caller);
      if (!identity) return keyMissing();
      const { reversalCredits, reversalWindowDays } = this.rulebook.document.policy;
      const policy = { credits: reversalCredits[code], windowMs: reversalWindowDays * dayMs };
      const command = { type: 'Reverse', exportId, code, reason, ...policy } as const;
      return await this.#decide(posted.line, { ...command, ...this.#issued(this.#clock(), caller, identity) });
    } finally {
      this.#entries.unpin(exportId);
    }
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
    const at = this.#clock();
    const assessed = assess(this.rulebook, request, at);
    if ('decided' in assessed) return assessed;
    const expiresAt = checkExpiry(this.rulebook, request.expiresAt, at);
    if (typeof expiresAt !== 'number') return expiresAt;
    const { determination } = assessed;
    const state = await this.#writer(determination.line).state();
    const issued = this.#issued(at, { principal: request.exporter, idempotencyKey: null, body: null }, null);
    const command = { type: 'Reserve', ...shipmentOf(request, assessed), reservationId: '', expiresAt, ...issued } as const;
    const decision = decide(command, { state, lastRecordedAt: 0 });
    const [draft] = 'decided' in decision ? [] : decision;
    const refusal =
      draft?.type === 'ReservationRefused' ? { code: draft.code, reasons: draft.reasons, availableMilliTpp: available(state.balance) } : null;
    return { determination, balanceAfter: draft?.balanceMilliTpp ?? state.balance, refusal };
  }

  acknowledgeAlert(alertId: string, line: string, caller: Caller): Promise<Acknowledgement | Rejected> {
    return acknowledgeAlert(this.#store, { alertId, line, principal: caller.principal, at: this.#clock() }, (position) => this.#committed(position));
  }

  /** Brings the caps of these lines in line with the rulebook of today. */
  async reconcileCaps(lines: Iterable<string>): Promise<void> {
    const issued = this.#issued(this.#clock(), { principal: 'system', idempotencyKey: null, body: null }, null);
    for (const line of lines) {
      const { balance, capBasis } = await this.#writer(line).state();
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
    await Promise.all([...this.#writers.values()].map((writer) => writer.idle()));
  }

  #order(line: string, order: Order, caller: Caller): Promise<Outcome> {
    const identity = identityOf(caller.principal, `${order.type} ${line}`, caller);
    return this.#decide(line, { ...order, ...this.#issued(this.#clock(), caller, identity) });
  }

  async #onReservation(id: string, then: (reservation: Reservation) => Promise<Outcome>): Promise<Outcome> {
    await this.#entries.load(id);
    try {
      const reservation = this.#entries.reservation(id);
      return reservation ? await then(reservation) : rejected('reservation-not-found', `There is no reservation ${id}.`);
    } finally {
      this.#entries.unpin(id);
    }
  }

  #decide(line: string, command: LineCommand): Promise<Outcome> {
    if (this.#closed) return Promise.resolve(rejected('store-unavailable', 'The ledger is stopping: send the request again in a moment.'));
    if (this.#tail.size >= this.#tailMax) {
      this.#tail.prune();
      if (this.#tail.size >= this.#tailMax) return Promise.resolve(rejected('busy', 'The views are too far behind the log: try again in a second.'));
    }
    return this.#gate.pass(command.identity, () => this.#writer(line).submit(command));
  }

  #issued(at: number, { principal }: Caller, identity: CommandIdentity | null): Issued {
    return { at, principal, rulebook: this.rulebook.reference, identity };
  }

  #writer(line: string): LineWriter {
    const known = this.#writers.get(line);
    if (known) return known;
    const writer = new LineWriter({
      line,
      store: this.#store,
      rulebook: this.rulebook,
      clock: this.#clock,
      entries: this.#entries,
      tail: this.#tail,
      holds: new LineHolds({ line, index: this.#index, entries: this.#entries, onNext: (at) => this.#wakeUp.at(line, at) }),
      queueMax: this.#queueMax,
      onCommitted: (position) => this.#committed(position),
      firstAnswer: (identity, place) => this.#gate.firstAnswer(identity, place),
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

function shipmentOf(request: ShipmentRequest, { items, determination }: Assessment) {
  const { destination, exporter, consignee = null, reference = null } = request;
  return { destination, exporter, consignee, reference, items, determination };
}

/** With other items the route is determined anew. */
function shipmentOfReservation({ destination, exporter, consignee }: Reservation): Omit<ShipmentRequest, 'items'> {
  return { destination, exporter, ...(consignee && { consignee }) };
}

function keyMissing(): Rejected {
  return rejected('idempotency-key-missing', 'Send an Idempotency-Key header: it makes a repeated request safe.');
}

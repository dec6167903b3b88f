import { isDebiting, milliTpp, noTpp, type ClassifiedItem, type Determination, type ItemLevel, type MilliTpp } from '#rulebook';
import type { ExportDebited, LineEvent } from '../events/line-event.js';
import type { RulebookReference } from '../events/recorded.js';
import type { Draft } from '../events/seal.js';
import { decide } from '../line/decide.js';
import type { PostedExport, Reservation } from '../line/entries.js';
import { foldExport, foldReservation, itemMilliTpp } from '../line/fold-entries.js';
import type { ExportDirect, ExportPart, Issued, LineCommand, Reserve } from '../line/line-command.js';
import { available, evolve, untouchedLine, type LineFact, type LineState } from '../line/line-state.js';
import { record } from '../line/recording.js';

// given(events).when(command).then(events | rejection): the language of the specs of `decide`.

export const line = 'country:AE';
export const start = Date.parse('2026-03-01T12:00:00.000Z');
export const hourMs = 3_600_000;
export const rulebook: RulebookReference = { hash: 'sha256:00', id: 'us-ai-diffusion', version: '2025-01-15' };

export function isoAt(ms: number): string {
  return new Date(ms).toISOString();
}

/** MI300X: 20,919.2 TPP each. */
export function mi300x(quantity: number): ClassifiedItem {
  return item('amd-mi300x', quantity, 20_919_200);
}

export function h100(quantity: number): ClassifiedItem {
  return item('nvidia-h100-sxm5', quantity, 15_832_000);
}

export function item(chip: string, quantity: number, milliTppPerUnit: number, level: ItemLevel = 'a'): ClassifiedItem {
  const eccn = level === 'uncontrolled' ? 'none' : `3A090.${level}`;
  return { chip, description: null, eccn, level, quantity, milliTppPerUnit: milliTpp(milliTppPerUnit) };
}

export function sizeOf(items: readonly ClassifiedItem[]): MilliTpp {
  return milliTpp(items.reduce((sum, one) => sum + itemMilliTpp(one), 0));
}

export function determinationOf(items: readonly ClassifiedItem[], over: Partial<Determination> = {}): Determination {
  const debitedMilliTpp = sizeOf(items.filter(isDebiting));
  const route = debitedMilliTpp > 0 ? 'licence' : 'none';
  return { route, line, routesConsidered: [], refusal: null, milliTpp: sizeOf(items), debitedMilliTpp, ...over };
}

/** Who asks, when: by default a second after `start`. */
export function issued(id: string, at = start + 1000): Issued {
  return { at, principal: 'acme', rulebook, identity: { commandId: id, idempotencyKey: `key-of-${id}`, requestHash: `hash-of-${id}` } };
}

export function reserve(id: string, items: readonly ClassifiedItem[], over: Partial<Reserve> = {}): Reserve {
  return { ...issued(id), type: 'Reserve', ...shipment(items), reservationId: id, expiresAt: start + hourMs, ...over };
}

export function exportDirect(id: string, items: readonly ClassifiedItem[], over: Partial<ExportDirect> = {}): ExportDirect {
  return { ...issued(id), type: 'ExportDirect', ...shipment(items), exportId: id, exportedAt: start - hourMs, itn: 'X1', ...over };
}

export function exportHold(id: string, reservationId: string, part: ExportPart, final = false): Extract<LineCommand, { type: 'ExportHold' }> {
  const what = { exportId: id, part, final, exportedAt: start - hourMs, itn: null, outsidePeriod: null };
  return { ...issued(id), type: 'ExportHold', reservationId, expectedRevision: null, ...what };
}

function shipment(items: readonly ClassifiedItem[]) {
  return { determination: determinationOf(items), destination: 'AE', exporter: 'acme', consignee: null, items, reference: null };
}

/** An event of the history that a scenario starts from. */
export type Told = (before: Scenario) => LineFact;

const answered = { idempotencyKey: 'key-before', requestHash: 'hash-before' };

function told<Fact extends Partial<LineFact>>(id: string | null, fact: Fact): LineFact {
  return { v: 1, recordedAt: isoAt(start), principal: 'acme', rulebook, ...answered, commandId: id, ...fact } as unknown as LineFact;
}

export function reserved(id: string, items: readonly ClassifiedItem[], expiresAt = start + hourMs): Told {
  const { route, milliTpp: size, debitedMilliTpp } = determinationOf(items);
  const what = { destination: 'AE', exporter: 'acme', consignee: null, route, items, milliTpp: size, debitedMilliTpp, reference: 'PO-1' };
  return () => told(id, { type: 'QuotaReserved', reservationId: id, ...what, expiresAt: isoAt(expiresAt) });
}

export function released(id: string): Told {
  return ({ of }) => {
    const { revision, heldMilliTpp } = of(id);
    return told(`release-${id}`, { type: 'ReservationReleased', reservationId: id, reservationRevision: revision, releasedMilliTpp: heldMilliTpp, reason: null });
  };
}

export function lapsed(id: string): Told {
  return ({ of }) => {
    const { revision, heldMilliTpp, expiresAt } = of(id);
    return told(null, { type: 'ReservationLapsed', reservationId: id, reservationRevision: revision, lapsedMilliTpp: heldMilliTpp, expiredAt: expiresAt ?? '' });
  };
}

/** An export of these items; of a hold if `of` names one. */
export function exported(id: string, items: readonly ClassifiedItem[], of: string | null = null, final = of === null): Told {
  return (before) => {
    const reservation = of === null ? undefined : before.of(of);
    const { route, milliTpp: size, debitedMilliTpp } = determinationOf(items);
    const what = { destination: 'AE', exporter: 'acme', consignee: null, route, milliTpp: size, debitedMilliTpp, reference: null };
    const fact: Partial<ExportDebited> = {
      type: 'ExportDebited',
      exportId: id,
      reservationId: of,
      reservationRevision: reservation?.revision ?? null,
      ...what,
      items: items.map((one) => ({ ...one, milliTpp: itemMilliTpp(one) })),
      releasedMilliTpp: final && reservation ? milliTpp(reservation.heldMilliTpp - debitedMilliTpp) : noTpp,
      final,
      exportedAt: isoAt(start - hourMs),
      itn: null,
    };
    return told(id, fact as Partial<LineFact>);
  };
}

export function reversed(id: string, creditedMilliTpp: MilliTpp): Told {
  const what = { exportId: id, exportRevision: 0, code: 'duplicate', reason: 'sent twice', creditedMilliTpp } as const;
  return () => told(`reverse-${id}`, { type: 'ExportReversed', ...what });
}

export function capSet(allocation: MilliTpp | null): Told {
  return ({ state }) => {
    const what = { allocationMilliTpp: allocation, previousMilliTpp: state.balance.allocation, basis: 'order', reason: 'by order' } as const;
    return told('cap', { type: 'AllocationSet', ...what });
  };
}

export const suspended: Told = () => told('suspend', { type: 'LineSuspended', reason: 'by order' });
export const resumed: Told = () => told('resume', { type: 'LineResumed', reason: 'by order' });

/** A line with this cap (null: none) and this history. */
export function given(cap: MilliTpp | null, ...history: readonly Told[]): Scenario {
  return history.reduce((scenario, next) => scenario.after(next(scenario)), new Scenario(untouchedLine(cap), -1, new Map(), new Map()));
}

export class Scenario {
  constructor(
    readonly state: LineState,
    readonly revision: number,
    readonly reservations: ReadonlyMap<string, Reservation>,
    readonly exports: ReadonlyMap<string, PostedExport>,
  ) {}

  readonly of = (id: string): Reservation => {
    const reservation = this.reservations.get(id);
    if (!reservation) throw new Error(`The scenario has no reservation ${id}.`);
    return reservation;
  };

  after(fact: LineFact): Scenario {
    const [event] = record({ state: this.state, lastRecordedAt: 0 }, fact) as readonly [LineEvent];
    const place = { line, revision: this.revision + 1 };
    const reservations = new Map(this.reservations);
    const exports = new Map(this.exports);
    const reservationId = 'reservationId' in event ? event.reservationId : null;
    const reservation = reservationId === null ? undefined : foldReservation(reservations.get(reservationId), event, place);
    if (reservation) reservations.set(reservation.id, reservation);
    const posted = 'exportId' in event ? foldExport(exports.get(event.exportId), event, place) : undefined;
    if (posted) exports.set(posted.id, posted);
    return new Scenario(evolve(this.state, fact), place.revision, reservations, exports);
  }

  when(command: LineCommand, lastRecordedAt = start): Outcome {
    const reservation = 'reservationId' in command ? this.reservations.get(command.reservationId) : undefined;
    const posted = command.type === 'Reverse' || command.type === 'File' ? this.exports.get(command.exportId) : undefined;
    const decision = decide(command, { state: this.state, lastRecordedAt, reservation, export: posted });
    return new Outcome(this, 'decided' in decision ? decision : { events: decision });
  }
}

class Outcome {
  constructor(
    readonly before: Scenario,
    readonly decision: Exclude<ReturnType<typeof decide>, readonly Draft<LineEvent>[]> | { readonly events: readonly Draft<LineEvent>[] },
  ) {}

  /** These events, and no others; members that are not named may be anything. */
  then(...events: readonly object[]): this {
    expect(this.decision).toEqual({ events: events.map((event) => expect.objectContaining(event) as unknown) });
    return this;
  }

  /** Refused by the rules: one event. */
  thenRefused(code: string, members: object = {}): this {
    return this.then({ type: 'ReservationRefused', code, ...members });
  }

  /** Nothing is recorded, and this is why. */
  thenRejected(code: string, members: object = {}): this {
    expect(this.decision).toEqual(expect.objectContaining({ decided: false, code, ...members }));
    return this;
  }

  /** The line after it, in thousandths of TPP. */
  andLine(expected: { readonly exported: number; readonly reserved: number; readonly available: number | null }): this {
    const { exported: out, reserved: held } = this.after.state.balance;
    expect({ exported: out, reserved: held, available: available(this.after.state.balance) }).toEqual(expected);
    return this;
  }

  get events(): readonly Draft<LineEvent>[] {
    return 'events' in this.decision ? this.decision.events : [];
  }

  /** The scenario goes on from here. */
  get after(): Scenario {
    return this.events.reduce((scenario, event) => scenario.after(event), this.before);
  }
}

import {
  canonicalJson,
  isBoundToPeriod,
  isOutsidePeriod,
  kindOfLine,
  licenceEndMs,
  lppHolder,
  outsidePeriod,
  readingOf,
  type CompiledRulebook,
  type Determined,
  type DeterminationPorts,
  type Party,
} from '#rulebook';
import type { Reservation } from '../line/entries.js';
import type { ExportDirect, ExportHold, Issued, LineCommand, Reserve } from '../line/line-command.js';
import { checkExportedAt } from '../line/exported-at.js';
import { assess, checkExpiry, type Assessment } from './assessment.js';
import type { Rejected } from '../outcome/rejected.js';
import type { AmendRequest, ExportDirectRequest, ExportHoldRequest, ReserveRequest, ShipmentRequest } from '../requests/ledger-request.js';
import { countsAtLicence, endOfLine, isOutsideYear, latestEnd, portsOfHold, routeOfHold } from './hold-terms.js';
import type { LineLimits } from './line-limits.js';

/**
 * A request leaves a line that was closed by then: its company is another one. Unless its route was asked for by name
 * it also leaves a line that is full by then, for another route.
 */
export type Moves = 'when-closed' | 'when-full';

/** The command that a request comes to, for the line that decides it, or why it comes to none. */
export type Judged = JudgedCommand | Rejected;

export interface JudgedCommand {
  readonly line: string;
  readonly command: LineCommand;
  /** When the request is judged again instead of being refused; left out: never. */
  readonly moves?: Moves;
  /** Whose line it is, where that goes by name: to be registered before anything is recorded on it. */
  readonly holder?: Party;
}

export interface JudgedReserve extends JudgedCommand {
  readonly command: Reserve;
  readonly determination: Determined;
}

export interface JudgedExport extends JudgedCommand {
  readonly command: ExportDirect;
  readonly determination: Determined;
}

/** Judges requests under one rulebook. The moment that counts is that of `issued`. */
export class Judge {
  readonly #approvesBeyondCap: boolean;

  constructor(
    readonly rulebook: CompiledRulebook,
    private readonly limits: LineLimits,
  ) {
    this.#approvesBeyondCap = readingOf(rulebook.document, 'partnerBeyondCap') === 'approved';
  }

  /** @param reservationId what the reservation will be called */
  reserve(request: ReserveRequest, reservationId: string, issued: Issued, ports?: DeterminationPorts): JudgedReserve | Rejected {
    const assessed = assess(this.rulebook, request, issued.at, ports);
    if ('decided' in assessed) return assessed;
    const { determination } = assessed;
    const isBound = isBoundToPeriod(this.rulebook, determination, issued.at);
    const licence = licenceEndMs(this.rulebook, { ...assessed, route: determination.route }, issued.at);
    const expiresAt = checkExpiry(this.rulebook, request.expiresAt, issued.at, { isBound, licenceEndMs: licence });
    if (typeof expiresAt !== 'number') return expiresAt;
    const { line } = determination;
    const shipment = shipmentOf(request, assessed);
    const counted = this.#counted(line, shipment, issued.at);
    if (line.startsWith('country:')) {
      const command = { type: 'Reserve', ...shipment, ...counted, reservationId, expiresAt, ...issued } as const;
      return { line, command: countsAtLicence(this.rulebook, line) ? { ...command, countedAt: 'licence' } : command, determination, ...this.#onCountryLine(determination) };
    }
    const end = Math.min(expiresAt, endOfLine(line));
    const shares = this.#sharesOf(request, assessed, issued.at);
    const command = { type: 'Reserve', ...shipment, ...counted, ...shares, reservationId, expiresAt: end, ...issued } as const;
    return { line, command, determination, ...onOwnLine(request, line) };
  }

  exportDirect(request: ExportDirectRequest, exportId: string, issued: Issued, ports?: DeterminationPorts): JudgedExport | Rejected {
    const { exportedAt, itn = null } = request;
    const early = checkExportedAt(exportedAt, issued.at);
    if (early) return early;
    const assessed = assess(this.rulebook, request, exportedAt, ports);
    if ('decided' in assessed) return assessed;
    const { determination } = assessed;
    const { line } = determination;
    const shipment = shipmentOf(request, assessed);
    const counted = this.#counted(line, shipment, exportedAt);
    const command: ExportDirect = { type: 'ExportDirect', ...shipment, ...counted, exportId, exportedAt, itn, ...issued };
    if (line.startsWith('country:')) {
      return { line, command: countsAtLicence(this.rulebook, line) ? { ...command, countedAt: 'licence' } : command, determination, ...this.#onCountryLine(determination) };
    }
    const shares = this.#sharesOf(request, assessed, exportedAt);
    return { line, command: { ...command, ...shares }, determination, ...onOwnLine(request, line) };
  }

  exportHold(reservation: Reservation, request: ExportHoldRequest, exportId: string, issued: Issued): Judged {
    const { id, line } = reservation;
    const { part, exportedAt, itn = null, final, expectedRevision = null } = request;
    const early = checkExportedAt(exportedAt, issued.at);
    if (early) return early;
    const outsidePeriod = this.#outsidePeriod(reservation, exportedAt, issued.at) ?? outsideYear(line, exportedAt);
    const counted = this.#counted(line, reservation, exportedAt);
    const what = { part, exportedAt, itn, final, expectedRevision, outsidePeriod, ...counted };
    return { line, command: { type: 'ExportHold', reservationId: id, exportId, ...what, ...issued } };
  }

  /** Determined anew, but on the line that it is on: a hold does not move. */
  amend(reservation: Reservation, request: AmendRequest, issued: Issued, ports?: DeterminationPorts): Judged {
    const { items, reference, expectedRevision } = request;
    const shipment = items && { ...shipmentOfReservation(reservation), items };
    const assessed = shipment ? assess(this.rulebook, shipment, issued.at, portsOfHold(reservation, ports)) : null;
    if (assessed && 'decided' in assessed) return assessed;
    const replacement = assessed && { list: assessed.items, determination: assessed.determination };
    const expiresAt = this.#endOfAmended(reservation, request, assessed, issued.at);
    if (expiresAt !== null && typeof expiresAt !== 'number') return expiresAt;
    const measuredShares = reservation.scopes && this.limits.measuredShares(reservation.scopes);
    const counted = { ...this.#counted(reservation.line, reservation, issued.at), ...(measuredShares && { measuredShares }) };
    const what = { items: replacement, expiresAt, reference, expectedRevision, ...counted };
    return { line: reservation.line, command: { type: 'Amend', reservationId: reservation.id, ...what, ...issued } };
  }

  /** Null: as it was. With other items a hold may come to draw on an allocation or to need a licence, and ends with them. */
  #endOfAmended(
    reservation: Reservation,
    { expiresAt: asked }: AmendRequest,
    amended: Assessment | null,
    now: number,
  ): number | Rejected | null {
    const { line, expiresAt, createdAt } = reservation;
    const isBound = isBoundToPeriod(this.rulebook, amended?.determination ?? reservation, now);
    const route = amended?.determination.route ?? reservation.route;
    const held = { line, route, items: (amended ?? reservation).items, isBound, grantedMs: Date.parse(createdAt) };
    if (asked === undefined) {
      const latest = latestEnd(this.rulebook, held);
      return amended && expiresAt !== null && Date.parse(expiresAt) > latest && latest > now ? latest : null;
    }
    const end = checkExpiry(this.rulebook, asked, now, { isBound, licenceEndMs: licenceEndMs(this.rulebook, held, held.grantedMs) });
    return typeof end === 'number' ? Math.min(end, endOfLine(line)) : end;
  }

  /** A hold that draws on the allocation of a country is exported with a date of the quota period. */
  #outsidePeriod(reservation: Reservation, exportedAt: number, now: number): ExportHold['outsidePeriod'] {
    if (!isOutsidePeriod(this.rulebook, exportedAt) || !isBoundToPeriod(this.rulebook, reservation, now)) return null;
    return { code: 'outside-quota-period', reasons: [outsidePeriod(this.rulebook, exportedAt)] };
  }

  /** A licence that may be approved beyond the allocation is judged again where the line has filled up by its turn. */
  #onCountryLine({ route, debitedMilliTpp }: Determined): Pick<JudgedCommand, 'moves'> {
    if (!this.#approvesBeyondCap || route !== 'licence' || debitedMilliTpp === 0) return {};
    return { moves: 'when-full' };
  }

  #counted(line: string, shipment: Parameters<LineLimits['countingLines']>[1], atMs: number): Pick<Reserve, 'countingLines'> {
    const countingLines = this.limits.countingLines(line, shipment, atMs);
    return countingLines ? { countingLines } : {};
  }

  #sharesOf({ destination }: ShipmentRequest, { determination }: Assessment, atMs: number): Pick<Reserve, 'shareLimits' | 'measuredShares'> {
    if (determination.route !== 'uveu') return {};
    const shareLimits = this.limits.sharesFor(determination.line, destination, atMs);
    if (shareLimits === undefined) return {};
    const measuredShares = this.limits.measuredShares(Object.keys(shareLimits));
    return { shareLimits, ...(measuredShares && { measuredShares }) };
  }
}

function outsideYear(line: string, exportedAt: number): ExportHold['outsidePeriod'] {
  if (!isOutsideYear(line, exportedAt)) return null;
  const text =
    `The hold counts in the calendar year (UTC) of ${line}, and the export is dated ${new Date(exportedAt).toISOString()}: ` +
    'report it as an export of its own, which counts in its own year.';
  return { code: 'outside-quota-period', reasons: [{ code: 'outside-calendar-year', text, citation: '15 CFR 740.29(a) and (d)' }] };
}

function onOwnLine({ route, consignee, facts }: ShipmentRequest, line: string): Pick<JudgedCommand, 'moves' | 'holder'> {
  const holder = kindOfLine(line) === 'lpp' ? lppHolder({ ...(consignee && { consignee }), ...(facts && { facts }) }) : undefined;
  return { moves: route === undefined ? 'when-full' : 'when-closed', ...(holder && { holder }) };
}

function shipmentOf(request: ShipmentRequest, { items, determination }: Assessment) {
  const { destination, exporter, consignee = null, reference = null, facts, route: asked } = request;
  return {
    destination,
    exporter,
    consignee: consignee && inOrder(consignee),
    reference,
    items,
    determination,
    ...(facts && { facts: inOrder(facts) }),
    ...(asked && { asked }),
  };
}

/** With its members in the order in which they are stored: the first answer and every later one are the same bytes. */
function inOrder<Value extends object>(value: Value): Value {
  return JSON.parse(canonicalJson(value)) as Value;
}

/** With other items the route is determined anew, on what was stated when it was reserved. */
function shipmentOfReservation(reservation: Reservation): Omit<ShipmentRequest, 'items'> {
  const { destination, exporter, consignee, facts, asked } = reservation;
  const own = routeOfHold(reservation, asked);
  return {
    destination,
    exporter,
    ...(consignee && { consignee }),
    ...(facts && { facts }),
    ...(own && { route: own }),
  };
}

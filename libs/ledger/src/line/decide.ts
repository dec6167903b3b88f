import { milliTpp, noTpp, subtractTpp, tppMax, type ClassifiedItem, type Determination, type MilliTpp } from '#rulebook';
import type { RefusedRequest } from '../events/line-event.js';
import { rejected, rejectedAt, type Rejected } from '../outcome/rejected.js';
import { amendedElsewhere, exportedOfHold, firstCounted, givenUpElsewhere, heldSize } from './also-counts.js';
import { countedNow, inShares, ownShares } from './counting.js';
import type { Reservation } from './entries.js';
import { takeOf } from './export-part.js';
import { itemKey, itemMilliTpp } from './fold-entries.js';
import type { Amend, ExpectedRevision, ExportDirect, ExportHold, Issued, Lapse, LineCommand, Release, Reserve } from './line-command.js';
import { closeLine, countShipment, declareHoldings, recordAttrition, setAllocation, switchLine, takeOver } from './line-orders.js';
import { file, reverse } from './posted-exports.js';
import { answers, answersById, record, recordedAtMs, stamp, stated, type Decision, type LineContext } from './recording.js';
import { plainItem, refuse } from './refusal.js';

/**
 * The whole domain of a quota line. Pure: the same command on the same context decides the same.
 *
 * Precedence. First what records nothing: unknown id, stale version, closed or due reservation, a part that does not
 * fit the hold, an export reversed before, an ITN in the place of another one. Then the refusals, in the order
 * `outside-quota-period`, `no-allocation`, `route-not-applicable`, `line-suspended`, `insufficient-quota`.
 */
export function decide(command: LineCommand, context: LineContext): Decision {
  switch (command.type) {
    case 'Reserve':
      return reserve(command, context);
    case 'ExportDirect':
      return exportDirect(command, context);
    case 'Amend':
      return amend(command, context);
    case 'Release':
      return release(command, context);
    case 'Lapse':
      return lapse(command, context);
    case 'ExportHold':
      return exportHold(command, context);
    case 'Reverse':
      return reverse(command, context);
    case 'File':
      return file(command, context);
    case 'SetAllocation':
      return setAllocation(command, context);
    case 'Suspend':
    case 'Resume':
      return switchLine(command, context);
    case 'CloseLine':
      return closeLine(command, context);
    case 'TakeOver':
      return takeOver(command, context);
    case 'CountShipment':
      return countShipment(command, context);
    case 'DeclareHoldings':
      return declareHoldings(command, context);
    case 'RecordAttrition':
      return recordAttrition(command, context);
  }
}

/** Whether a reservation may still change: all other states are closed for ever. */
export function isOpen(reservation: Reservation): boolean {
  return reservation.status === 'held' || reservation.status === 'partly-exported';
}

function reserve(command: Reserve, context: LineContext): Decision {
  const { determination, reservationId } = command;
  const request = (): RefusedRequest => ({ expiresAt: new Date(command.expiresAt).toISOString() });
  const refused = refuse(command, context, 'reserve', reservationId, determination.debitedMilliTpp, request);
  if (refused) return refused;
  if (!canCount(context, determination.debitedMilliTpp)) return tooMuch();
  const ended = endsBeforeItBegins(command.expiresAt, command, context);
  if (ended) return ended;
  return record(context, {
    type: 'QuotaReserved',
    reservationId,
    destination: command.destination,
    exporter: command.exporter,
    consignee: command.consignee,
    route: determination.route,
    items: command.items,
    milliTpp: determination.milliTpp,
    debitedMilliTpp: determination.debitedMilliTpp,
    expiresAt: new Date(command.expiresAt).toISOString(),
    reference: command.reference,
    ...stated(command),
    ...(command.countedAt && { countedAt: command.countedAt }),
    ...inShares(command, context),
    ...firstCounted(command.countingLines, { reserved: heldSize(command.items) }),
    ...answers(command),
    ...stamp(command, context),
  });
}

function exportDirect(command: ExportDirect, context: LineContext): Decision {
  const { determination, exportId } = command;
  const request = (): RefusedRequest => ({ exportedAt: new Date(command.exportedAt).toISOString() });
  const refused = refuse(command, context, 'export-direct', exportId, determination.debitedMilliTpp, request);
  if (refused) return refused;
  if (!canCount(context, determination.debitedMilliTpp)) return tooMuch();
  return record(context, {
    type: 'ExportDebited',
    exportId,
    reservationId: null,
    reservationRevision: null,
    destination: command.destination,
    exporter: command.exporter,
    consignee: command.consignee,
    route: determination.route,
    items: command.items.map((item) => ({ ...item, milliTpp: itemMilliTpp(item) })),
    milliTpp: determination.milliTpp,
    debitedMilliTpp: determination.debitedMilliTpp,
    releasedMilliTpp: noTpp,
    final: true,
    exportedAt: new Date(command.exportedAt).toISOString(),
    itn: command.itn,
    reference: command.reference,
    ...stated(command),
    ...(command.countedAt && { countedAt: command.countedAt }),
    ...inShares(command, context),
    ...firstCounted(command.countingLines, { exported: heldSize(command.items) }),
    ...answers(command),
    ...stamp(command, context),
  });
}

function amend(command: Amend, context: LineContext): Decision {
  const found = openReservation(command, context);
  if ('decided' in found) return found;
  const items = command.items?.list ?? found.items.map(plainItem);
  const determination = command.items?.determination;
  const debited = determination?.debitedMilliTpp ?? found.debitedMilliTpp;
  if (!coversExported(items, found) || debited < found.exportedMilliTpp) {
    return rejected(
      'exceeds-hold',
      'What was already exported must stay in the reservation, classified as it was: name at least the exported quantity of each item.',
    );
  }
  const held = subtractTpp(debited, found.exportedMilliTpp);
  const growth = milliTpp(Math.max(0, held - found.heldMilliTpp));
  if (determination) {
    const { destination, exporter, consignee, reference } = found;
    const told = { destination, exporter, consignee, reference, ...stated(found), ...ownShares(found, context) };
    const asked = { ...command, ...told, items, determination };
    const request = (): RefusedRequest => ({ holdRevision: found.revision });
    const refused = growth > 0 || determination.refusal ? refuse(asked, context, 'amend', found.id, growth, request) : undefined;
    if (refused) return refused;
  }
  if (!canCount(context, growth)) return tooMuch();
  const ended = command.expiresAt === null ? undefined : endsBeforeItBegins(command.expiresAt, command, context);
  if (ended) return ended;
  return record(context, {
    type: 'ReservationAmended',
    reservationId: found.id,
    reservationRevision: found.revision,
    route: determination?.route ?? found.route,
    items,
    milliTpp: determination?.milliTpp ?? found.milliTpp,
    debitedMilliTpp: debited,
    previousHeldMilliTpp: found.heldMilliTpp,
    heldMilliTpp: held,
    expiresAt: command.expiresAt === null ? (found.expiresAt ?? '') : new Date(command.expiresAt).toISOString(),
    reference: command.reference === undefined ? found.reference : command.reference,
    ...countedNow(found, context),
    ...(determination && amendedElsewhere(found, command, items)),
    ...answersById(command),
    ...stamp(command, context),
  });
}

function coversExported(items: readonly ClassifiedItem[], reservation: Reservation): boolean {
  const wanted = new Map(items.map((item) => [itemKey(item), item]));
  return reservation.items.every((item) => {
    if (item.exportedQuantity === 0) return true;
    const now = wanted.get(itemKey(item));
    if (now?.milliTppPerUnit !== item.milliTppPerUnit || now.level !== item.level || now.route !== item.route) return false;
    return now.quantity >= item.exportedQuantity && itemMilliTpp(now) >= item.exportedMilliTpp;
  });
}

function release(command: Release, context: LineContext): Decision {
  const found = openReservation(command, context);
  if ('decided' in found) return found;
  return record(context, {
    type: 'ReservationReleased',
    reservationId: found.id,
    reservationRevision: found.revision,
    releasedMilliTpp: found.heldMilliTpp,
    reason: command.reason,
    ...countedNow(found, context),
    ...givenUpElsewhere(found),
    ...answersById(command),
    ...stamp(command, context),
  });
}

function lapse(command: Lapse, context: LineContext): Decision {
  const { reservation } = context;
  if (!reservation || !isOpen(reservation) || reservation.expiresAt === null) return [];
  if (Date.parse(reservation.expiresAt) > command.at) return [];
  return record(context, {
    type: 'ReservationLapsed',
    reservationId: reservation.id,
    reservationRevision: reservation.revision,
    lapsedMilliTpp: reservation.heldMilliTpp,
    expiredAt: reservation.expiresAt,
    ...countedNow(reservation, context),
    ...givenUpElsewhere(reservation),
    ...stamp(command, context),
  });
}

function exportHold(command: ExportHold, context: LineContext): Decision {
  const found = openReservation(command, context);
  if ('decided' in found) return found;
  const taken = takeOf(found, command.part);
  if ('decided' in taken) return taken;
  const { milliTpp: size, debitedMilliTpp, items, nothingLeft } = taken;
  if (command.outsidePeriod) {
    const asked = determinationOf(found, command.outsidePeriod, size);
    const request = (): RefusedRequest => ({ exportedAt: new Date(command.exportedAt).toISOString(), holdRevision: found.revision });
    const refused = refuse({ ...found, ...command, determination: asked }, context, 'export', found.id, debitedMilliTpp, request);
    if (refused) return refused;
  }
  const final = command.final || nothingLeft;
  return record(context, {
    type: 'ExportDebited',
    exportId: command.exportId,
    reservationId: found.id,
    reservationRevision: found.revision,
    destination: found.destination,
    exporter: found.exporter,
    consignee: found.consignee,
    route: found.route,
    items,
    milliTpp: size,
    debitedMilliTpp,
    releasedMilliTpp: final ? subtractTpp(found.heldMilliTpp, debitedMilliTpp) : noTpp,
    final,
    exportedAt: new Date(command.exportedAt).toISOString(),
    itn: command.itn,
    reference: found.reference,
    ...stated(found),
    ...countedNow(found, context),
    ...exportedOfHold(found, command, items, final),
    ...answers(command),
    ...stamp(command, context),
  });
}

function determinationOf(reservation: Reservation, refusal: Determination['refusal'], size: MilliTpp): Determination {
  return { route: reservation.route, line: reservation.line, routesConsidered: [], refusal, milliTpp: size, debitedMilliTpp: size };
}

/** Only a line without a cap can come near the end of the exact range. */
function canCount({ state }: LineContext, more: MilliTpp): boolean {
  return Number.isSafeInteger(state.balance.exported + state.balance.reserved + more);
}

function tooMuch(): Rejected {
  return rejected('invalid-request', `The line cannot count more than ${tppMax} TPP in all: nothing of that size was ever built.`);
}

/** The end of a hold was judged by the clock; what counts is the time that is recorded. */
function endsBeforeItBegins(expiresAt: number, command: Issued, context: LineContext): Rejected | undefined {
  const recordedAt = recordedAtMs(command, context);
  if (expiresAt > recordedAt) return undefined;
  const message =
    `The hold must end after ${new Date(recordedAt).toISOString()}, the time that would be recorded: the newest event of the ` +
    `line bears it, for a clock was ahead. The clock is at ${new Date(command.at).toISOString()}.`;
  return rejectedAt('invalid-request', '/expiresAt', message);
}

/** The reservation that a command names, if it may still change. */
function openReservation(
  command: { readonly reservationId: string; readonly expectedRevision: ExpectedRevision | null },
  { reservation }: LineContext,
): Reservation | Rejected {
  if (!reservation) return rejected('reservation-not-found', `There is no reservation ${command.reservationId}.`);
  if (command.expectedRevision !== null && ![command.expectedRevision].flat().includes(reservation.revision)) {
    return {
      ...rejected('version-mismatch', 'The reservation changed since you read it: read it again and repeat the change on its new version.'),
      revision: reservation.revision,
    };
  }
  if (!isOpen(reservation)) {
    return rejected('reservation-closed', `Reservation ${reservation.id} is ${reservation.status}: it cannot change any more.`);
  }
  return reservation;
}

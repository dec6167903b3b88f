import type { Fulfilled } from '#ledger';
import type { ObligationRow } from '#projections';
import type { Body } from '#wire';

/** An obligation as it is answered: always in the same order, so that a repeated request gets the same bytes. */
export function obligationBody(row: ObligationRow): Body<'Obligation'> {
  const { raisedBy, fulfilment, party, period } = row;
  return {
    id: row.id,
    kind: row.kind,
    text: row.text,
    citation: row.citation,
    party: { role: party.role, id: party.id, name: party.name },
    exporter: row.exporter,
    consignee: row.consignee,
    route: row.route,
    line: row.line,
    reservationId: row.reservationId,
    exportId: row.exportId,
    period: period && { from: period.from, until: period.until },
    dueAt: row.dueAt,
    status: row.status,
    raisedBy: { eventId: raisedBy.eventId, position: String(raisedBy.position) },
    evidence: fulfilment && { ...fulfilment, position: String(fulfilment.position) },
    position: String(row.position),
  };
}

/**
 * An obligation that was fulfilled, from the event.
 * @param raisedBy where the event that gave rise to it stands: what the fulfilment says is where it stood in the log
 *   that both were first recorded in
 */
export function fulfilledBody({ event, eventId, position }: Fulfilled, raisedBy: ObligationRow['raisedBy']): Body<'Obligation'> {
  const { obligationId: id, obligation, fulfilledAt, reference, note, principal } = event;
  const fulfilment = { eventId, position, fulfilledAt, reference, note, principal };
  return obligationBody({ id, ...obligation, raisedBy, status: 'done', fulfilment, position });
}

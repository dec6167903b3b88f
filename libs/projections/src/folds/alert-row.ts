import type { AlertEvent, Position } from '#ledger';
import type { AlertRow } from '../views.js';

/**
 * An alert after one of its events; `previous` is undefined for its first. An alert shows the line event that crossed
 * the threshold, and when; a second raise of the same alert changes nothing. Undefined for an alert never raised.
 */
export function foldAlert(previous: AlertRow | undefined, event: AlertEvent): AlertRow | undefined {
  switch (event.type) {
    case 'AlertRaised':
      return previous ?? raised(event, event.crossing);
    case 'AlertClosed':
      return previous && { ...previous, closedAt: previous.closedAt ?? event.crossing.recordedAt };
    case 'AlertAcknowledged':
      return previous && { ...previous, acknowledgedBy: previous.acknowledgedBy ?? event.principal };
  }
}

function raised(
  event: Extract<AlertEvent, { type: 'AlertRaised' }>,
  crossing: { readonly eventId: string; readonly position: Position; readonly recordedAt: string },
): AlertRow {
  return {
    id: event.alertId,
    line: event.line,
    level: event.level,
    threshold: event.threshold,
    utilization: event.utilization,
    position: crossing.position,
    eventId: crossing.eventId,
    raisedAt: crossing.recordedAt,
    closedAt: null,
    acknowledgedBy: null,
  };
}

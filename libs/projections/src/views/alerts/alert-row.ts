import type { AlertClosed, AlertEvent, AlertLevel, AlertRaised, Position } from '#ledger';

export interface AlertRow {
  readonly id: string;
  readonly line: string;
  readonly level: AlertLevel;
  readonly threshold: number;
  readonly utilization: number;
  readonly position: Position;
  readonly eventId: string;
  /** Only of level `measured`: the reporting date, `YYYY-MM-DD`. */
  readonly measuredOn?: string;
  readonly raisedAt: string;
  readonly closedAt: string | null;
  readonly acknowledgedBy: string | null;
}

/**
 * An alert after one of its events; `previous` is undefined for its first. An alert shows the line event that crossed
 * the threshold, and when; a second raise of the same alert changes nothing. Undefined for an alert never raised.
 * @param crossedAt where that line event stands in this log: what the alert event says is where it stood in the log
 *   that both were first recorded in
 */
export function foldAlert(previous: AlertRow | undefined, event: AlertEvent, crossedAt: Position): AlertRow | undefined {
  switch (event.type) {
    case 'AlertRaised':
      return previous ?? raised(event, crossedAt);
    case 'AlertClosed':
      return previous && { ...previous, closedAt: previous.closedAt ?? crossedAtTime(event) };
    case 'AlertAcknowledged':
      return previous && { ...previous, acknowledgedBy: previous.acknowledgedBy ?? event.principal };
  }
}

function raised(event: AlertRaised, crossedAt: Position): AlertRow {
  return {
    id: event.alertId,
    line: event.line,
    level: event.level,
    threshold: event.threshold,
    utilization: event.utilization,
    position: crossedAt,
    eventId: event.crossing.eventId,
    ...(event.measuredOn !== undefined && { measuredOn: event.measuredOn }),
    raisedAt: crossedAtTime(event),
    closedAt: null,
    acknowledgedBy: null,
  };
}

/** RFC 3339. What was measured at the end of a day crossed then, however old the line's newest event was. */
function crossedAtTime({ measuredOn, crossing }: AlertRaised | AlertClosed): string {
  return measuredOn === undefined ? crossing.recordedAt : `${measuredOn}T23:59:59.999Z`;
}

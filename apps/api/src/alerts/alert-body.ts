import type { AlertRow } from '#projections';
import { countryOfLine } from '#rulebook';
import type { Body } from '#wire';

/** An alert as lists and the stream show it. */
export function alertBody(row: AlertRow): Body<'Alert'> {
  const { id, line, level, threshold, utilization, position, eventId, measuredOn, raisedAt, closedAt, acknowledgedBy } = row;
  return {
    id,
    line,
    country: countryOfLine(line) ?? null,
    level,
    threshold,
    utilization: Math.round(utilization * 1e5) / 1e5,
    position: String(position),
    eventId,
    measuredOn: measuredOn ?? null,
    raisedAt,
    closedAt,
    acknowledgedBy,
  };
}

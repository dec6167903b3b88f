import { amount, dateOrNull, object, page, position, text, textOrNull, time, timeOrNull } from './schema-parts.js';

/** The levels that lists of alerts can be narrowed to. */
export const alertLevels = ['watch', 'critical', 'exhausted', 'reopened', 'measured', 'forecast'] as const;

/** Thresholds that were crossed. */
export const alertSchemas = {
  Alert: object({
    id: text,
    line: text,
    country: textOrNull,
    level: { enum: alertLevels },
    threshold: amount,
    utilization: amount,
    position,
    eventId: text,
    measuredOn: dateOrNull,
    raisedAt: time,
    closedAt: timeOrNull,
    acknowledgedBy: textOrNull,
  }),
  AlertPage: page('Alert'),
} as const;

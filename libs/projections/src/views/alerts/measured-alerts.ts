import { uuidV5 } from '#ledger';
import { utilizationOf, type Crossing, type ShareMeasurement } from '../lines/lines.js';

/** The newest alert of level `measured` that a line has. */
export interface MeasuredAlert {
  readonly alertId: string;
  /** The reporting date, `YYYY-MM-DD`. */
  readonly measuredOn: string;
  readonly isOpen: boolean;
}

/** Share of the limit; the alert is raised above it, for the whole of a share may be used. */
const threshold = 1;

/** Whether a share of the line was beyond its limit at the end of the reporting date. */
export function isBeyond({ balance, isClosed }: Pick<ShareMeasurement, 'balance' | 'isClosed'>): boolean {
  const { allocation, exported, reserved } = balance;
  return !isClosed && allocation !== null && exported + reserved > allocation;
}

/**
 * What a reporting date does to the `measured` alert of a line (15 CFR Part 748, Supplement No. 10, paragraph 6), in the
 * order in which it is to be recorded. The date closes the alert of an earlier one, and raises an alert of its own if a
 * share was beyond its limit; on a line that a merger has closed by then none is. Nothing for a date that is not after
 * that of the newest alert: so each date raises at most once, whatever the clocks and histories of instances.
 * @param newest the newest `measured` alert in the line's alert stream; undefined if there is none
 */
export function measuredCrossings(measured: ShareMeasurement, newest: MeasuredAlert | undefined): readonly Crossing[] {
  if (newest !== undefined && newest.measuredOn >= measured.measuredOn) return [];
  const crossings: Crossing[] = [];
  if (newest?.isOpen) crossings.push(crossingOf(measured, 'closed', newest.alertId));
  if (isBeyond(measured)) crossings.push(crossingOf(measured, 'raised', measuredAlertId(measured)));
  return crossings;
}

/** With the date: a line without events in between has the same newest event on two reporting dates. */
function measuredAlertId({ line, measuredOn, eventId }: ShareMeasurement): string {
  return uuidV5(eventId, `${line} measured ${measuredOn}`);
}

function crossingOf(measured: ShareMeasurement, direction: Crossing['direction'], alertId: string): Crossing {
  const { isClosed: _isClosed, ...of } = measured;
  return { ...of, level: 'measured', direction, alertId, threshold, utilization: utilizationOf(measured.balance) ?? 0 };
}

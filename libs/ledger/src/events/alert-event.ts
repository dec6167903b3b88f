import type { LineBalance } from './line-event.js';
import type { Recorded } from './recorded.js';

/** An event of the stream `alerts-<line>`. */
export type AlertEvent = AlertRaised | AlertClosed | AlertAcknowledged;

/** What a line event crosses by itself, and `measured`: a share of a UVEU was beyond its limit on a reporting date. */
export type AlertLevel = 'watch' | 'critical' | 'exhausted' | 'reopened' | 'measured' | 'forecast';

interface OnAlert extends Recorded {
  /** UUIDv5 of line, level and the id of the crossing event; of a `measured` one of the reporting date, too. */
  readonly alertId: string;
  readonly line: string;
}

export interface AlertRaised extends OnAlert {
  readonly type: 'AlertRaised';
  readonly level: AlertLevel;
  /** Share of the cap. */
  readonly threshold: number;
  readonly utilization: number;
  readonly balanceMilliTpp: LineBalance;
  readonly crossing: EventReference;
  /** Only of a `measured` one: the reporting date, a UTC day, `YYYY-MM-DD`. */
  readonly measuredOn?: string;
}

/** Utilization fell below the level less the hysteresis, or a later alert took its place. */
export interface AlertClosed extends OnAlert {
  readonly type: 'AlertClosed';
  readonly utilization: number;
  readonly crossing: EventReference;
  /** Only of a `measured` one: the later reporting date that closed it, a UTC day, `YYYY-MM-DD`. */
  readonly measuredOn?: string;
}

export interface AlertAcknowledged extends OnAlert {
  readonly type: 'AlertAcknowledged';
}

/** The line event at which a threshold was crossed; of a `measured` alert the line's newest on the reporting date. */
export interface EventReference {
  readonly eventId: string;
  readonly position: number;
  readonly recordedAt: string;
}

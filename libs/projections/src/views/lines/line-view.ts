import type { AlertEvent, AlertLevel, DeclaredHoldings, LineBalance, LineCounts, Position, Shares, TakenOver } from '#ledger';

/** The state of a line right after its newest event. */
export interface LineView {
  readonly line: string;
  readonly revision: number;
  readonly position: Position;
  readonly eventId: string;
  readonly recordedAt: string;
  readonly balance: LineBalance;
  readonly counts: LineCounts;
  readonly suspended: boolean;
  /** Only of a `uveu:` line: what each share permits and counts. */
  readonly shares?: Shares;
  /** Only of a closed line: the line that carries on its limit. */
  readonly closedInto?: string;
  /** What of the balance is that of closed lines. */
  readonly takenOver?: TakenOver;
  /** What of the balance the company declares to have from outside of the ledger. */
  readonly declared?: DeclaredHoldings;
  /** Since when utilization has been at or above the critical threshold without a break; null if it is not. */
  readonly criticalSince: string | null;
  readonly exhaustedSince: string | null;
  /** Levels whose alert is open, of those that follow from the balance alone. */
  readonly openLevels: readonly AlertLevel[];
}

/** RFC 3339; null while the line is below the threshold. */
export type ThresholdTimes = Pick<LineView, 'criticalSince' | 'exhaustedSince'>;

/** A line at the end of a UTC day, `YYYY-MM-DD`. */
export interface LineDay {
  readonly day: string;
  readonly position: Position;
  readonly balance: LineBalance;
  readonly counts: LineCounts;
}

/** A threshold that a line crossed at an event, or at the end of a reporting date: what `AlertRaised` or `AlertClosed` must say. */
export interface Crossing {
  readonly line: string;
  readonly level: AlertLevel;
  readonly direction: 'raised' | 'closed';
  readonly alertId: string;
  readonly threshold: number;
  readonly utilization: number;
  readonly balance: LineBalance;
  readonly eventId: string;
  readonly position: Position;
  readonly recordedAt: string;
  /** Only of level `measured`: the reporting date, `YYYY-MM-DD`. */
  readonly measuredOn?: string;
}

/** What tells the crossings of one alert apart, and the event that records one. */
export function crossingKey({ alertId, direction }: Pick<Crossing, 'alertId' | 'direction'>): string {
  return `${alertId} ${direction}`;
}

/** The crossing that an alert event records; undefined for an acknowledgement. */
export function recordedCrossing({ type, alertId }: Pick<AlertEvent, 'type' | 'alertId'>): string | undefined {
  switch (type) {
    case 'AlertRaised':
      return crossingKey({ alertId, direction: 'raised' });
    case 'AlertClosed':
      return crossingKey({ alertId, direction: 'closed' });
    case 'AlertAcknowledged':
      return undefined;
  }
}

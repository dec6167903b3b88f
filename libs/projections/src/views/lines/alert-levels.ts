import { uuidV5, type AlertLevel, type LineBalance, type Position } from '#ledger';
import type { AlertThresholds } from '#rulebook';
import type { Outlook } from '../daily-use/daily-use.js';
import type { Crossing } from './line-view.js';
import { utilizationOf } from './utilization.js';

/** The levels that follow from a line at each of its events; `measured` follows from the end of a reporting date. */
export type EventLevel = Exclude<AlertLevel, 'measured'>;

/** The open alerts of a line by level, with the id under which each was raised. */
export type OpenAlerts = Readonly<Partial<Record<EventLevel, string>>>;

export const noAlerts: OpenAlerts = {};

/** A line event, as far as alerts are concerned. */
export interface BalanceChange {
  readonly line: string;
  readonly eventId: string;
  readonly position: Position;
  readonly recordedAt: string;
  readonly balance: LineBalance;
}

export interface Alarm {
  readonly open: OpenAlerts;
  /** In the order in which they are to be recorded. */
  readonly crossings: readonly Crossing[];
}

/** From the lowest to the highest. */
const rising = ['watch', 'critical', 'exhausted'] as const;

/**
 * What an event does to the alerts of its line. A level opens when utilization reaches its threshold, each skipped
 * level too, and closes when utilization has fallen below threshold less hysteresis. `exhausted` closes as soon as at
 * least `hysteresis` of the cap is free again; then `reopened` opens, until the line is exhausted again. A line without
 * a utilization (no cap, or a cap of 0 without use) has no open alerts. `forecast` opens and closes by the outlook.
 * @param outlook undefined where nothing can be expected: nothing limits the line
 */
export function foldAlerts(open: OpenAlerts, change: BalanceChange, thresholds: AlertThresholds, outlook?: Outlook): Alarm {
  const utilization = utilizationOf(change.balance);
  if (isQuiet(open, utilization, thresholds) && outlook?.raises !== true) return { open, crossings: [] };
  const alarm = new AlarmFold(open, change, utilization ?? 0, thresholds);
  if (utilization === null) {
    for (const level of ['exhausted', 'critical', 'watch', 'reopened'] as const) alarm.close(level);
  } else {
    rise(alarm, utilization, thresholds);
    fall(alarm, utilization, thresholds);
  }
  if (outlook?.raises) alarm.raise('forecast');
  else if (outlook?.closes !== false) alarm.close('forecast');
  return alarm.result();
}

/** The id of the alert of a level that an event's crossing raises. */
export function alertIdOf(line: string, level: EventLevel, crossingEventId: string): string {
  return uuidV5(crossingEventId, `${line} ${level}`);
}

/** Most events: nothing open, below the lowest threshold. */
function isQuiet(open: OpenAlerts, utilization: number | null, thresholds: AlertThresholds): boolean {
  return open === noAlerts && (utilization === null || utilization < lowestOf(thresholds));
}

function lowestOf({ watch, critical, exhausted }: AlertThresholds): number {
  return Math.min(watch, critical, exhausted);
}

function rise(alarm: AlarmFold, utilization: number, thresholds: AlertThresholds): void {
  for (const level of rising) if (utilization >= thresholds[level]) alarm.raise(level);
  if (alarm.isOpen('exhausted')) alarm.close('reopened');
}

function fall(alarm: AlarmFold, utilization: number, thresholds: AlertThresholds): void {
  const free = closingLevel(thresholds, 'exhausted');
  if (alarm.isOpen('exhausted') && utilization <= free && utilization < thresholds.exhausted) {
    alarm.close('exhausted');
    alarm.raise('reopened');
  }
  for (const level of ['critical', 'watch'] as const) {
    if (utilization < closingLevel(thresholds, level)) alarm.close(level);
  }
}

/** Threshold less hysteresis: 0.9 - 0.02 as the decimal that is meant, not as the nearest binary fractions give it. */
function closingLevel(thresholds: AlertThresholds, level: (typeof rising)[number]): number {
  return Math.round((thresholds[level] - thresholds.hysteresis) * 1e12) / 1e12;
}

/** The share of the cap that a level tells of: a `forecast` tells of exhaustion that is expected. */
function thresholdOf(level: EventLevel, thresholds: AlertThresholds): number {
  if (level === 'reopened') return closingLevel(thresholds, 'exhausted');
  return level === 'forecast' ? thresholds.exhausted : thresholds[level];
}

class AlarmFold {
  readonly #change: BalanceChange;
  readonly #utilization: number;
  readonly #thresholds: AlertThresholds;
  readonly #crossings: Crossing[] = [];
  readonly #open: Partial<Record<EventLevel, string>>;

  constructor(open: OpenAlerts, change: BalanceChange, utilization: number, thresholds: AlertThresholds) {
    this.#open = { ...open };
    this.#change = change;
    this.#utilization = utilization;
    this.#thresholds = thresholds;
  }

  isOpen(level: EventLevel): boolean {
    return this.#open[level] !== undefined;
  }

  raise(level: EventLevel): void {
    if (this.isOpen(level)) return;
    const alertId = alertIdOf(this.#change.line, level, this.#change.eventId);
    this.#open[level] = alertId;
    this.#cross(level, 'raised', alertId);
  }

  close(level: EventLevel): void {
    const alertId = this.#open[level];
    if (alertId === undefined) return;
    delete this.#open[level];
    this.#cross(level, 'closed', alertId);
  }

  result(): Alarm {
    return { open: Object.keys(this.#open).length === 0 ? noAlerts : this.#open, crossings: this.#crossings };
  }

  #cross(level: EventLevel, direction: Crossing['direction'], alertId: string): void {
    const threshold = thresholdOf(level, this.#thresholds);
    this.#crossings.push({ ...this.#change, level, direction, alertId, threshold, utilization: this.#utilization });
  }
}

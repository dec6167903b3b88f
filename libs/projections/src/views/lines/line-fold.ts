import { limitingBalance, type AlertLevel, type LineEvent, type StoredEvent } from '#ledger';
import type { AlertThresholds } from '#rulebook';
import type { Outlook } from '../daily-use/daily-use.js';
import type { Crossing, LineView } from './line-view.js';
import { foldAlerts, noAlerts, type OpenAlerts } from './alert-levels.js';
import { utilizationOf } from './utilization.js';

/** A line's view with what is needed to go on from it. */
export interface LineFold {
  readonly view: LineView;
  readonly alerts: OpenAlerts;
}

export interface LineStep {
  readonly fold: LineFold;
  readonly crossings: readonly Crossing[];
}

const noLevels: readonly AlertLevel[] = [];

/**
 * A line after one of its events. Thresholds are those of the rulebook in force at that place of the log; without one
 * nothing is critical, nothing is exhausted and no alert is raised. A line with shares is as tight as its tightest one.
 * @param outlook what is expected of it after the event
 */
export function foldLine(
  previous: LineFold | undefined,
  line: string,
  stored: Pick<StoredEvent, 'id' | 'revision' | 'position'>,
  event: LineEvent,
  thresholds: AlertThresholds | undefined,
  outlook?: Outlook,
): LineStep {
  const { recordedAt, balanceMilliTpp: balance, shares, closedInto, takenOver, declared } = event;
  const limiting = limitingBalance(balance, shares);
  const utilization = utilizationOf(limiting);
  const change = { line, eventId: stored.id, position: stored.position, recordedAt, balance: limiting };
  const open = previous?.alerts ?? noAlerts;
  const alarm = thresholds ? foldAlerts(open, change, thresholds, outlook) : { open, crossings: [] };
  const since = (threshold: number | undefined, before: string | null | undefined): string | null =>
    utilization !== null && threshold !== undefined && utilization >= threshold ? (before ?? recordedAt) : null;
  const view: LineView = {
    line,
    revision: stored.revision,
    position: stored.position,
    eventId: stored.id,
    recordedAt,
    balance,
    counts: event.counts,
    suspended: event.suspended === true,
    ...(shares && { shares }),
    ...(closedInto !== undefined && { closedInto }),
    ...(takenOver && { takenOver }),
    ...(declared && { declared }),
    criticalSince: since(thresholds?.critical, previous?.view.criticalSince),
    exhaustedSince: since(thresholds?.exhausted, previous?.view.exhaustedSince),
    openLevels: alarm.open === noAlerts ? noLevels : levelsOf(alarm.open),
  };
  return { fold: { view, alerts: alarm.open }, crossings: alarm.crossings };
}

function levelsOf(open: OpenAlerts): readonly AlertLevel[] {
  return (['watch', 'critical', 'exhausted', 'reopened'] as const).filter((level) => open[level] !== undefined);
}

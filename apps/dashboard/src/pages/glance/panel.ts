import type { CountryView } from '../../api/answers.js';
import { daysToPeriodEnd } from '../../forecast-text.js';

export const panelWidth = 220;
export const panelHeight = 70;

const dayMs = 86_400_000;

export interface Panel {
  /** What was left, an area from the bottom. */
  readonly left: string;
  readonly band: string;
  readonly todayX: number;
}

/**
 * The small chart of a country: the last 90 days and the rest of the period side by side, in shares of its cap.
 * @param nowMs the moment that is shown
 */
export function panelOf(view: CountryView, nowMs: number): Panel {
  const { recent, allocation, forecast, available } = view;
  const past = recent?.available ?? [];
  const aheadDays = Math.max(30, daysToPeriodEnd(nowMs));
  // The past takes half of the width, however long the future is.
  const todayX = panelWidth / 2;
  const y = (tpp: number): number => panelHeight * (1 - Math.min(1, Math.max(0, tpp / (allocation ?? 1))));
  const points = past.map((tpp, index) => `${(index / Math.max(1, past.length - 1)) * todayX} ${y(tpp ?? 0)}`);
  const x = (day: string | null): number => {
    const days = day === null ? aheadDays : (Date.parse(day) - nowMs) / dayMs;
    return todayX + Math.min(1, Math.max(0, days / aheadDays)) * (panelWidth - todayX);
  };
  const expected = view.status === 'exhausted' ? null : (forecast?.exhaustedOn ?? null);
  return {
    left: points.length === 0 ? '' : `M0 ${panelHeight}L${points.join('L')}L${todayX} ${panelHeight}Z`,
    band: expected === null ? '' : `M${todayX} ${y(available ?? 0)}L${x(expected.from)} ${panelHeight}L${x(expected.to)} ${panelHeight}Z`,
    todayX,
  };
}

import type { Alert } from '../../api/answers.js';
import { chooserOf } from '../../asked.js';

export const states = ['open', 'closed', 'all'] as const;
export const levels = ['watch', 'critical', 'exhausted', 'reopened', 'measured', 'forecast'] as const;
/** Days back from now; `all`: since the beginning. */
export const periods = { '7': 'Last 7 days', '30': 'Last 30 days', all: 'Any time' } as const;

/** Which alerts an address asks for. A value that cannot be counts as left out and is named in `wrong`. */
export interface AskedAlerts {
  readonly state: (typeof states)[number];
  readonly level: (typeof levels)[number] | 'any';
  readonly days: keyof typeof periods;
  readonly wrong: readonly string[];
}

export function askedAlerts(query: URLSearchParams): AskedAlerts {
  const { oneOf, wrong } = chooserOf(query);
  return {
    state: oneOf('state', states, 'open'),
    level: oneOf('level', ['any', ...levels], 'any'),
    days: oneOf('days', Object.keys(periods) as (keyof typeof periods)[], 'all'),
    wrong,
  };
}

/** Those of a list that were raised within the days asked for, by the UTC day on which they were raised, the newest first. */
export function byDay(alerts: readonly Alert[], { days }: Pick<AskedAlerts, 'days'>, nowMs: number): readonly { readonly day: string; readonly alerts: readonly Alert[] }[] {
  const sinceMs = days === 'all' ? -Infinity : nowMs - Number(days) * 86_400_000;
  const groups = new Map<string, Alert[]>();
  const newestFirst = [...alerts].sort((a, b) => b.raisedAt.localeCompare(a.raisedAt));
  for (const alert of newestFirst) {
    const raisedMs = Date.parse(alert.raisedAt);
    if (raisedMs < sinceMs || raisedMs > nowMs) continue;
    const day = alert.raisedAt.slice(0, 10);
    groups.set(day, [...(groups.get(day) ?? []), alert]);
  }
  return Array.from(groups, ([day, ofDay]) => ({ day, alerts: ofDay }));
}

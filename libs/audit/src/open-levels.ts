import type { Thresholds } from './read-event.js';

export type Level = 'watch' | 'critical' | 'exhausted' | 'reopened';

/**
 * The alert levels that are open after an event. A level opens at its threshold and stays open until utilization has
 * fallen below the threshold by the hysteresis; `exhausted` ends right at that point, and is `reopened` from then on.
 * @param used utilization after the event; null on a line that has none: nothing is open there
 */
export function levelsAfter(before: readonly Level[], used: number | null, thresholds: Thresholds | undefined): readonly Level[] {
  if (thresholds === undefined) return before;
  if (used === null) return [];
  const { watch, critical, exhausted, hysteresis } = thresholds;
  const was = (level: Level): boolean => before.includes(level);
  // 0.9 - 0.02 is 0.88, not what binary fractions make of it.
  const closing = (threshold: number): number => Math.round((threshold - hysteresis) * 1e12) / 1e12;
  const isExhausted = used >= exhausted || (was('exhausted') && used > closing(exhausted));
  const open: Readonly<Record<Level, boolean>> = {
    watch: used >= watch || (was('watch') && used >= closing(watch)),
    critical: used >= critical || (was('critical') && used >= closing(critical)),
    exhausted: isExhausted,
    reopened: !isExhausted && (was('exhausted') || was('reopened')),
  };
  return (Object.keys(open) as Level[]).filter((level) => open[level]);
}

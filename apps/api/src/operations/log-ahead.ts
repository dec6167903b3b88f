import type { LineView, Views } from '#projections';

/** A line whose newest event bears a time that the clock has not reached: a clock was ahead when it was recorded. */
export interface LineAhead {
  readonly line: string;
  readonly recordedAt: string;
  readonly aheadMs: number;
}

/** The lines that are ahead of the clock, the furthest first. */
export function linesAhead(lines: Iterable<Pick<LineView, 'line' | 'recordedAt'>>, nowMs: number): readonly LineAhead[] {
  const ahead: LineAhead[] = [];
  for (const { line, recordedAt } of lines) {
    const aheadMs = Date.parse(recordedAt) - nowMs;
    if (aheadMs > 0) ahead.push({ line, recordedAt, aheadMs });
  }
  return ahead.sort((a, b) => b.aheadMs - a.aheadMs);
}

/** How far the log is ahead of the clock, by its newest event or by a line; 0 if it is not. Milliseconds. */
export function logAheadMs({ recordedAt, lines }: Pick<Views, 'recordedAt' | 'lines'>, nowMs: number): number {
  const [furthest] = linesAhead(lines.values(), nowMs);
  const newest = recordedAt === null ? 0 : Date.parse(recordedAt) - nowMs;
  return Math.max(0, newest, furthest?.aheadMs ?? 0);
}

/** Clocks of machines that keep time by NTP differ by less. */
const skewMs = 1_000;

/** What to tell people at the start; undefined while the log is not ahead of the clock. */
export function logAheadWarning(views: Pick<Views, 'recordedAt' | 'lines'>, nowMs: number): string | undefined {
  const byMs = logAheadMs(views, nowMs);
  if (byMs <= skewMs) return undefined;
  const lines = linesAhead(views.lines.values(), nowMs);
  const [furthest] = lines;
  const others = lines.length > 1 ? ` (and those of ${lines.length - 1} more lines)` : '';
  const what =
    furthest === undefined
      ? `the newest event was recorded at ${views.recordedAt ?? ''}`
      : `the newest event of ${furthest.line}${others} was recorded at ${furthest.recordedAt}`;
  return (
    `The log is ${inWords(byMs)} ahead of the clock, which is at ${new Date(nowMs).toISOString()}: ${what}. ` +
    'Set the clock by NTP if it is wrong. Until it has reached that time, what is recorded there bears it, and a hold must end after it.'
  );
}

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  for (const [unit, length] of [['days', 86_400], ['hours', 3_600], ['minutes', 60]] as const) {
    if (seconds >= 2 * length) return `${Math.floor(seconds / length)} ${unit}`;
  }
  return `${seconds} seconds`;
}

import { counted } from '../../format.js';

const dayMs = 86_400_000;

/** How far a due date is, in UTC days: "in 12 days", "today", "3 days ago". */
export function untilDue(dueAt: string, nowMs: number): string {
  const days = Math.floor(Date.parse(dueAt) / dayMs) - Math.floor(nowMs / dayMs);
  if (days === 0) return 'today';
  return days > 0 ? `in ${counted(days, 'day', 'days')}` : `${counted(-days, 'day', 'days')} ago`;
}

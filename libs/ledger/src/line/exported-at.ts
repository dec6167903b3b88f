import { rejectedAt, type Rejected } from '../outcome/rejected.js';

const dayMs = 86_400_000;

/** An export is reported when it happened, at most a day ahead. */
export function checkExportedAt(exportedAt: number, now: number): Rejected | undefined {
  if (exportedAt <= now + dayMs) return undefined;
  return rejectedAt('invalid-request', '/exportedAt', 'An export may be reported at most 24 hours ahead.');
}

import type { AlertLevel } from '#ledger';

/** The levels that lists of alerts can be narrowed to; no alert has the level `forecast` yet. */
export const alertLevels = ['watch', 'critical', 'exhausted', 'reopened', 'measured', 'forecast'] as const satisfies readonly (AlertLevel | 'forecast')[];

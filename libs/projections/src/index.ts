export type * from './views.js';
export { AlertFollower, followAlerts, type AlertFollowerOptions } from './alerts/alert-follower.js';
export { crossingKey } from './file/alert-table.js';
export { InvalidCursor } from './file/cursor.js';
export type { ReadEvent } from './file/entry-reader.js';
export { stateHash } from './file/state-hash.js';
export { ViewsFile, type AppliedBatch, type ViewsFileOptions } from './file/views-file.js';
export { alertIdOf, foldAlerts, type Alarm, type BalanceChange, type OpenAlerts } from './folds/alert-levels.js';
export { foldLines, LineReplay } from './folds/fold-lines.js';
export { foldLine, type LineFold } from './folds/line-fold.js';
export { utilizationOf } from './folds/utilization.js';
export type { PastEvents } from './simulation/recorded-shipment.js';
export { Simulation, type SimulationOptions } from './simulation/simulation.js';
export type {
  DecisionSide,
  Difference,
  LineComparison,
  LineSide,
  SimulatedOperation,
  SimulationResult,
} from './simulation/simulation-result.js';
export { reportShipmentsMax, type Report, type ReportCell, type ReportFilter, type ReportParameter, type ReportRow } from './reports/report.js';
export { reports } from './reports/reports.js';
export { forgetViews, knownByViews } from './thread/known-by-views.js';
export { linesAtRest, type LinesAtRest } from './thread/lines-at-rest.js';
export { openViews, type ViewsOptions } from './thread/open-views.js';
export { simulate, type SimulateOptions } from './thread/simulate.js';

export type { Views } from './views.js';
export type * from './views/alerts/alerts.js';
export type * from './views/daily-use/daily-use.js';
export type * from './views/entries/entries.js';
export type * from './views/lines/lines.js';
export type * from './views/obligations/obligations.js';
export type * from './views/reports/reports.js';
export type * from './views/rulebooks/rulebooks.js';
export type * from './views/uncounted/uncounted.js';
export type * from './views/usage/usage.js';
export type * from './views/weight-exports/weight-exports.js';
export { AlertFollower, type AlertFollowerOptions } from './alerts/alert-follower.js';
export { InvalidCursor } from './tables/cursor.js';
export type { Page } from './tables/page.js';
export { ViewsFile, type Applied, type ViewsFileOptions } from './file/views-file.js';
export { alertIdOf, foldAlerts, type Alarm, type BalanceChange, type OpenAlerts } from './views/lines/alert-levels.js';
export { backtest, horizonsDays, type HorizonResult, type LineUseHistory } from './forecast/backtest.js';
export { forecastOf, type ExpectedDay, type Forecast, type ForecastInput, type NoForecast } from './forecast/forecast.js';
export { UseLog } from './forecast/use-log.js';
export { addedUses, useOnLastDay } from './past-states/past-use.js';
export { dayNumber, dayOfNumber, forecastBalance, lastDayOf, windowDays, type UseDay } from './views/daily-use/daily-use.js';
export { historyPoints, msOf, pointsOf } from './past-states/line-history.js';
export { newestBy, PastStates, type LineThen, type Moment } from './past-states/past-states.js';
export { foldLine, type LineFold } from './views/lines/line-fold.js';
export { crossingKey, dayOf, utilizationOf } from './views/lines/lines.js';
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
export { reportShipmentsMax, type Report, type ReportCell, type ReportFilter, type ReportParameter, type ReportRow } from './views/reports/report.js';
export { reportsByName } from './views/reports/report-list.js';
export { forgetViews, knownByViews } from './at-rest/known-by-views.js';
export { linesAtRest, type LinesAtRest } from './at-rest/lines-at-rest.js';
export { openViews, type ViewsOptions } from './thread/open-views.js';
export { simulate, type SimulateOptions } from './thread/simulate.js';

export type * from './views.js';
export { crossingKey } from './file/alert-table.js';
export { InvalidCursor } from './file/cursor.js';
export { alertIdOf, foldAlerts, type Alarm, type OpenAlerts } from './folds/alert-levels.js';
export { foldLine, type LineFold } from './folds/line-fold.js';
export { foldLines, LineReplay } from './folds/fold-lines.js';
export { utilizationOf } from './folds/utilization.js';
export { ViewsFile, type AppliedBatch, type ViewsFileOptions } from './file/views-file.js';
export type { ReadEvent } from './file/entry-reader.js';

import type { Position } from '#ledger';
import type { Applied } from '../file/views-file.js';
import type { News, QuestionName } from '../views/registry.js';

/** A question on its way between threads; `rebuild` is an order, answered when it is done. */
export interface Question {
  readonly name: QuestionName | 'rebuild';
  readonly query?: unknown;
}

/** What the runner tells those who mirror the views, in this order of events. */
export type RunnerMessage =
  | Opened
  | { readonly type: 'applied'; readonly batch: Applied }
  /** What the log had when the views began to follow it is in them. */
  | { readonly type: 'caught-up' }
  /** The views cannot go on for now and try again, or, `isFinal`, have stopped. */
  | { readonly type: 'failed'; readonly reason: string; readonly isFinal: boolean };

/** A file is live from now on: at the start, and after a rebuild. Its position is never below what was announced. */
export interface Opened {
  readonly type: 'opened';
  readonly path: string;
  readonly position: Position;
  readonly recordedAt: string | null;
  readonly whole: News;
}

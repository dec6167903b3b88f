import type { Position } from '#ledger';
import type { Rulebook } from '#rulebook';
import type { SimulationResult } from '../simulation/simulation-result.js';

/** What a simulation starts with. */
export interface SimulationThreadData {
  readonly logFile: string;
  /** A document that was checked. */
  readonly draft: Rulebook;
  /** The last position that is replayed. */
  readonly until: Position;
  /** Milliseconds: the moment whose caps are shown; null: when the last event was recorded. */
  readonly atMs: number | null;
  /** Milliseconds: holds that end by themselves have ended by then; null: when the last event was recorded. */
  readonly nowMs: number | null;
  readonly differences: { readonly after: Position; readonly limit: number };
}

export type FromSimulation =
  | { readonly type: 'loaded' }
  | { readonly type: 'reached'; readonly position: Position }
  | { readonly type: 'done'; readonly result: SimulationResult };

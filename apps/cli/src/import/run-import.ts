import type { ImportStep } from './import-steps.js';
import type { RowResult } from './row-result.js';

export interface ImportOptions {
  /** Destinations that are worked on at the same time. */
  readonly concurrencyMax: number;
  readonly onRow?: (result: RowResult) => void;
}

/** Does, or foresees, what a step says. */
export type PerformStep = (step: ImportStep) => Promise<RowResult>;

/**
 * Performs every step. Rows of one destination go one after another in their order; destinations do not wait for each other.
 * @returns one result per step, in the order in which they came
 */
export async function runImport(
  steps: readonly ImportStep[],
  perform: PerformStep,
  { concurrencyMax, onRow }: ImportOptions,
): Promise<readonly RowResult[]> {
  const results: RowResult[] = [];
  const waiting = byDestination(steps);
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let queue = waiting.shift(); queue !== undefined; queue = waiting.shift()) {
      for (const step of queue) {
        if (failed) return;
        try {
          const result = await perform(step);
          results.push(result);
          onRow?.(result);
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    }
  };
  // All workers end before the failure of one is reported: nothing is under way when the caller closes the ledger.
  const workers = await Promise.allSettled(Array.from({ length: concurrencyMax }, worker));
  for (const ended of workers) if (ended.status === 'rejected') throw ended.reason;
  return results;
}

function byDestination(steps: readonly ImportStep[]): ImportStep[][] {
  const queues = new Map<string, ImportStep[]>();
  for (const step of steps) {
    const { destination } = step.row.action.body;
    const queue = queues.get(destination);
    if (queue === undefined) queues.set(destination, [step]);
    else queue.push(step);
  }
  return [...queues.values()];
}

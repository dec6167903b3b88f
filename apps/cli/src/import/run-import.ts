import type { LedgerAccess } from '../access/ledger-access.js';
import type { PlannedRow } from './plan-import.js';

export type RowOutcome = 'exported' | 'reserved' | 'refused' | 'skipped' | 'rejected';

/** What became of a row. `replayed`: it had been recorded by an earlier run. */
export interface RowResult {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly replayed: boolean;
  /** Stable code; empty where there is nothing to explain. */
  readonly reason: string;
  readonly detail: string;
  /** Id of the export or reservation; empty where nothing was recorded. */
  readonly id: string;
}

export interface ImportOptions {
  /** Destinations that are worked on at the same time. */
  readonly concurrencyMax: number;
  readonly onRow?: (result: RowResult) => void;
}

/**
 * Sends every row to the ledger. Rows of one destination go one after another in their order; destinations do not wait
 * for each other.
 * @returns one result per row, in the order of the file
 */
export async function runImport(rows: readonly PlannedRow[], ledger: LedgerAccess, options: ImportOptions): Promise<readonly RowResult[]> {
  const results: RowResult[] = [];
  const done = (result: RowResult): void => {
    results.push(result);
    options.onRow?.(result);
  };
  const queues = new Map<string, PlannedRow[]>();
  for (const row of rows) {
    const { action } = row;
    if (!('body' in action)) {
      done(notSent(row.line, action.action === 'skip' ? 'skipped' : 'rejected', action.reason, action.detail));
    } else {
      const queue = queues.get(action.body.destination);
      if (queue === undefined) queues.set(action.body.destination, [row]);
      else queue.push(row);
    }
  }
  const waiting = [...queues.values()];
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let queue = waiting.shift(); queue !== undefined; queue = waiting.shift()) {
      for (const row of queue) {
        if (failed) return;
        try {
          done(await send(row, ledger));
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    }
  };
  // All workers end before the failure of one is reported: nothing is under way when the caller closes the ledger.
  const workers = await Promise.allSettled(Array.from({ length: options.concurrencyMax }, worker));
  for (const ended of workers) if (ended.status === 'rejected') throw ended.reason;
  return results.sort((a, b) => a.line - b.line);
}

async function send({ line, action, idempotencyKey }: PlannedRow, ledger: LedgerAccess): Promise<RowResult> {
  if (!('body' in action)) throw new Error('Only exports and reservations are sent.');
  const answer = await ledger.submit({ operation: action.action, body: action.body, idempotencyKey });
  switch (answer.outcome) {
    case 'recorded': {
      const outcome = action.action === 'export' ? 'exported' : 'reserved';
      return { line, outcome, replayed: answer.replayed, reason: '', detail: '', id: answer.id };
    }
    case 'refused':
      return { line, outcome: 'refused', replayed: answer.replayed, reason: answer.code, detail: answer.detail, id: answer.id };
    case 'rejected':
      return answer.code === 'not-an-export'
        ? notSent(line, 'skipped', 'home-country', answer.detail)
        : notSent(line, 'rejected', answer.code, explained(answer.code, answer.detail));
  }
}

function explained(code: string, detail: string): string {
  return code === 'idempotency-key-reused'
    ? 'This very row was imported before, with other facts from the hardware file or by another version: it is not counted twice.'
    : detail;
}

function notSent(line: number, outcome: 'skipped' | 'rejected', reason: string, detail: string): RowResult {
  return { line, outcome, replayed: false, reason, detail, id: '' };
}

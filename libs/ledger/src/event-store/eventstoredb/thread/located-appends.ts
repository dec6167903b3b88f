import { OutcomeUnknown, type AppendResult } from '../../event-store.js';
import type { NewEvent, Position, Revision } from '../../../events/stored-event.js';
import { type Acknowledged } from '../following/acknowledged.js';
import { type ClusterAppends } from './cluster-appends.js';
import { type ClusterReads } from './cluster-reads.js';
import { type ReturningAppends } from '../following/returning-appends.js';
import { TimeLimitReached, withinTime, type TimeLimits } from '../connection/time-limit.js';

export interface LocatedAppendsOptions {
  readonly appends: ClusterAppends;
  readonly reads: ClusterReads;
  readonly returns: ReturningAppends;
  readonly acknowledged: Acknowledged;
  readonly limits: Pick<TimeLimits, 'appendMs' | 'returnMs'>;
}

/**
 * Appends that answer where their events are. The cluster tells one position of an append at most; the others come with
 * the events through the feed, and if that is held up, with their stream.
 */
export class LocatedAppends {
  constructor(private readonly options: LocatedAppendsOptions) {}

  /**
   * @param onDurable told when they are written, before it is known where
   * @throws StoreUnavailable, OutcomeUnknown, within twice the time for an append
   */
  async append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable: () => void): Promise<AppendResult> {
    const { appends, returns, acknowledged, limits } = this.options;
    const { appendMs, returnMs } = limits;
    const start = Date.now();
    const expectedReturn = returns.expect(stream, expected + 1, events.length);
    try {
      const written = await appends.append(stream, expected, events);
      if (!written.appended) return written;
      acknowledged.has(stream, expected + events.length);
      onDurable();
      const back = await withinTime(expectedReturn.positions, returnMs).catch(unlessTooLong);
      if (back) return { appended: true, positions: back };
      const leftMs = Math.max(returnMs, start + 2 * appendMs - Date.now());
      const read = this.#read(stream, expected, events, leftMs);
      return { appended: true, positions: await Promise.race([expectedReturn.positions, read]) };
    } finally {
      expectedReturn.forget();
    }
  }

  /** @throws OutcomeUnknown if they cannot be read: sent again, events are not written twice */
  async #read(stream: string, expected: Revision, events: readonly NewEvent[], limitMs: number): Promise<readonly Position[]> {
    try {
      const stored = await this.options.reads.stream(stream, { from: expected + 1, limit: events.length }, limitMs);
      const isSame = stored.length === events.length && stored.every(({ id }, index) => id === events[index]?.id);
      if (!isSame) throw new Error('other events stand in their place');
      return stored.map(({ position }) => position);
    } catch (error) {
      const problem = `Events were written to ${stream}, but it was not told at which positions`;
      throw new OutcomeUnknown(`${problem} (${error instanceof Error ? error.message : String(error)})`, { cause: error });
    }
  }
}

function unlessTooLong(error: unknown): undefined {
  if (!(error instanceof TimeLimitReached)) throw error;
}

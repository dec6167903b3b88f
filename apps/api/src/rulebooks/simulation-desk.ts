import type { LocalLogStore, Position } from '#ledger';
import { simulate, type SimulationResult } from '#projections';
import { loadRulebook, RulebookInvalid, type CompiledRulebook } from '#rulebook';
import { invalid, Problem } from '../http/problem.js';

export interface SimulationOrder {
  readonly draft: CompiledRulebook;
  /** Left out: the end of the log. */
  readonly until?: Position;
  /** Milliseconds. Left out: now, or with `until` the time of the last event. */
  readonly atMs?: number;
  readonly differences: { readonly after: Position; readonly limit: number };
}

const retryAfter = { 'Retry-After': '5' };

/** Replays drafts over the log of this process: one at a time, for a limited time, beside everything else. */
export class SimulationDesk {
  readonly #store: Pick<LocalLogStore, 'head' | 'logFile'>;
  readonly #clock: () => number;
  readonly #maxMs: number;
  readonly #closing = new AbortController();
  #running: Promise<unknown> | undefined;

  constructor(options: {
    readonly store: Pick<LocalLogStore, 'head' | 'logFile'>;
    readonly clock: () => number;
    readonly maxMs: number;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#maxMs = options.maxMs;
  }

  /**
   * @param signal ends it: nobody waits for the answer any more
   * @throws Problem 400 for a position beyond the log, 503 while another simulation runs or when this one takes too long
   */
  async run(order: SimulationOrder, signal: AbortSignal, onProgress?: (position: Position) => void): Promise<SimulationResult> {
    const head = await this.#store.head();
    const { draft, until = head, atMs, differences } = order;
    if (until > head) {
      throw invalid([{ pointer: '/until', message: `until must not be beyond the end of the log, which is at ${head}` }]);
    }
    if (this.#running !== undefined) {
      throw new Problem('simulation-running', 'A draft is being replayed already: try again in a few seconds.', {}, retryAfter);
    }
    // Up to the end of the log means up to now.
    const nowMs = order.until === undefined ? this.#clock() : undefined;
    const shownAtMs = atMs ?? nowMs;
    const timeout = AbortSignal.timeout(this.#maxMs);
    const running = simulate({
      logFile: this.#store.logFile,
      draft,
      until,
      ...(shownAtMs !== undefined && { atMs: shownAtMs }),
      ...(nowMs !== undefined && { nowMs }),
      differences,
      signal: AbortSignal.any([signal, timeout, this.#closing.signal]),
      ...(onProgress && { onProgress }),
    });
    this.#running = running;
    try {
      return await running;
    } catch (error) {
      throw this.#problemOf(error, timeout, signal);
    } finally {
      this.#running = undefined;
    }
  }

  /** Ends what is running. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running?.catch(() => undefined);
  }

  #problemOf(error: unknown, timeout: AbortSignal, caller: AbortSignal): unknown {
    if (caller.aborted) return new Problem('request-timeout', 'The caller went away: the simulation was ended.');
    if (this.#closing.signal.aborted) {
      return new Problem('not-ready', 'The ledger is stopping: the simulation was ended.', {}, retryAfter);
    }
    if (timeout.aborted) {
      const seconds = this.#maxMs / 1000;
      return new Problem('simulation-too-long', `The draft was not replayed within ${seconds} seconds.`, {}, retryAfter);
    }
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return new Problem('simulation-too-large', 'What differs under the draft does not fit into memory: replay a part of the log.');
    }
    return error;
  }
}

/**
 * A draft ready for use.
 * @param pointer where the document stands in the body
 * @throws Problem (422) that names every member at fault
 */
export function draftOf(document: unknown, pointer: string): CompiledRulebook {
  try {
    return loadRulebook(document);
  } catch (error) {
    if (!(error instanceof RulebookInvalid)) throw error;
    const errors = error.problems.map(({ member, message }) => ({ pointer: pointer + member, message }));
    const [first] = errors;
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
    const detail = `${first?.pointer === '' ? 'The document' : (first?.pointer ?? '')} ${first?.message ?? ''}${more}.`;
    throw new Problem('rulebook-invalid', detail, { errors: errors.slice(0, errorsMax) });
  }
}

/** So that an answer stays small whatever was sent. */
const errorsMax = 200;

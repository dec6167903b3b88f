import { Worker } from 'node:worker_threads';
import type { Position } from '#ledger';
import type { CompiledRulebook } from '#rulebook';
import type { SimulationResult } from '../simulation/simulation-result.js';
import type { FromSimulation, SimulationThreadData } from './simulation-message.js';

export interface SimulateOptions {
  /** Of a store that is open. */
  readonly logFile: string;
  readonly draft: CompiledRulebook;
  /** The last position that is replayed. */
  readonly until: Position;
  /** Milliseconds: the moment whose caps are shown; left out: when the last event was recorded. */
  readonly atMs?: number;
  /** Milliseconds: holds that end by themselves have ended by then; left out: when the last event was recorded. */
  readonly nowMs?: number;
  /** Which differences are told in full: those at later positions than `after`, at most `limit`. */
  readonly differences: { readonly after: Position; readonly limit: number };
  /** Ends the simulation: the promise rejects with its reason. */
  readonly signal: AbortSignal;
  readonly onProgress?: (position: Position) => void;
}

/**
 * Replays the log under a draft in a thread of its own, so that whatever else this process does goes on. Records nothing.
 * @throws what ended it: the signal's reason, an event that this build cannot read, too little memory
 */
export function simulate(options: SimulateOptions): Promise<SimulationResult> {
  const { logFile, draft, until, atMs = null, nowMs = null, differences, signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const data: SimulationThreadData = { logFile, draft: draft.document, until, atMs, nowMs, differences };
    const thread = new Worker(new URL('./simulation-thread.js', import.meta.url), {
      workerData: data,
      // Events live no longer than it takes to replay them: with room for them few survive to be copied.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    // A thread that is ended while it loads leaves the files of its modules open for as long as this process lives.
    let isLoaded = false;
    const stop = (): void => {
      if (isLoaded) void thread.terminate();
    };
    signal.addEventListener('abort', stop, { once: true });
    let result: SimulationResult | undefined;
    let failure: unknown;
    thread.on('message', (message: FromSimulation) => {
      if (message.type === 'loaded') {
        isLoaded = true;
        if (signal.aborted) stop();
      } else if (message.type === 'done') result = message.result;
      else onProgress?.(message.position);
    });
    thread.on('error', (error: unknown) => (failure = error));
    // Only once the thread is gone, so that nobody who closes the log afterwards closes it under a reader.
    thread.once('exit', () => {
      signal.removeEventListener('abort', stop);
      if (result !== undefined) resolve(result);
      else reject(asError(signal.aborted ? signal.reason : failure));
    });
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(`The simulation ended: ${String(reason)}.`);
}

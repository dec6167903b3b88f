/** Milliseconds. */
export interface TimeLimits {
  /** For an append to be answered. */
  readonly appendMs: number;
  /** For a read, all attempts together. */
  readonly readMs: number;
  /** For appended events to come back through the feed before their positions are read from their stream. */
  readonly returnMs: number;
  /** Without any message for so long, the feed looks whether it has missed something. */
  readonly silenceMs: number;
  /** For a leader to say that it lacks an event, before that is believed: one that was just elected may lack its newest. */
  readonly absenceMs: number;
}

export const usualTimeLimits: TimeLimits = { appendMs: 2_500, readMs: 3_000, returnMs: 1_000, silenceMs: 5_000, absenceMs: 60_000 };

/** A call took longer than it may. Whatever it does later is not waited for. */
export class TimeLimitReached extends Error {
  override readonly name = 'TimeLimitReached';
  constructor(limitMs: number) {
    super(`there was no answer within ${limitMs} ms`);
  }
}

/** Of an attempt that had only the rest of a time limit: the whole limit is what people should read. */
export function ofWholeLimit(error: unknown, limitMs: number): unknown {
  return error instanceof TimeLimitReached ? new TimeLimitReached(limitMs) : error;
}

/**
 * The client sets itself no limit on most calls: a promise may never settle.
 * @throws TimeLimitReached after `limitMs`; what `work` throws before
 */
export async function withinTime<Result>(work: Promise<Result>, limitMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitReached(limitMs)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws the reason of `signal` as soon as it aborts */
export async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  signal.throwIfAborted();
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

import type { Position } from '../events/stored-event.js';

interface Waiter {
  readonly after: Position;
  readonly wake: () => void;
  readonly fail: (reason: Error) => void;
}

/** The position of the newest event, and a place to wait until it grows. */
export class HeadSignal {
  readonly #waiters = new Set<Waiter>();
  #ended: Error | undefined;

  constructor(private current: Position) {}

  get head(): Position {
    return this.current;
  }

  /** @throws the reason for which the log has ended, if it has */
  assertOngoing(): void {
    if (this.#ended) throw this.#ended;
  }

  /** Wakes everyone who waits below `head`. */
  advance(head: Position): void {
    this.current = head;
    for (const waiter of this.#waiters) if (head > waiter.after) waiter.wake();
  }

  /** Nothing will grow any more: everyone who waits, now or later, gets `reason`. */
  end(reason: Error): void {
    this.#ended ??= reason;
    for (const waiter of this.#waiters) waiter.fail(this.#ended);
  }

  /** Settles when there is something after `after` or when `signal` aborts; rejects once the log has ended. */
  grown(after: Position, signal: AbortSignal): Promise<void> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (this.current > after || signal.aborted) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiters.delete(waiter);
        signal.removeEventListener('abort', waiter.wake);
      };
      const waiter: Waiter = {
        after,
        wake: () => {
          leave();
          resolve();
        },
        fail: (reason) => {
          leave();
          reject(reason);
        },
      };
      this.#waiters.add(waiter);
      signal.addEventListener('abort', waiter.wake, { once: true });
    });
  }
}

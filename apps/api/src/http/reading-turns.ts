/**
 * Turns for work that reads much of the log, and for long lists. All readers together work on one piece in each turn of the event loop, so that
 * commands and other requests are served between any two pieces. A piece should take a few milliseconds at most.
 */
export class ReadingTurns {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when the next piece may be worked on, in the order of the calls. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(() => this.#give());
    });
  }

  #give(): void {
    this.#waiting.shift()?.();
    if (this.#waiting.length > 0) setImmediate(() => this.#give());
  }
}

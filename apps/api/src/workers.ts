/** Background work of a server, independent of requests. */
export interface Worker {
  /** Begins; called once. Left out where it runs since it was opened. */
  start?(): void;
  /** Stops the work; resolves when it has stopped. */
  close(): void | Promise<void>;
}

/** All workers of a server, each of which may lean on those before it: started in order, closed in reverse. */
export class Workers {
  readonly #inOrder: readonly Worker[];

  constructor(inOrder: readonly Worker[]) {
    this.#inOrder = inOrder;
  }

  start(): void {
    for (const worker of this.#inOrder) worker.start?.();
  }

  /** One after another. */
  async close(): Promise<void> {
    for (const worker of [...this.#inOrder].reverse()) await worker.close();
  }
}

/** Runs in the background of a server, whether or not somebody asks for something. */
export interface Worker {
  /** Begins; called once. Left out where it runs since it was opened. */
  start?(): void;
  /** Resolves when nothing more comes of it. */
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

/** One read for all who ask for it: those who come while one is under way share the next, which starts after they asked. */
export class NextRead<Result> {
  readonly #read: () => Promise<Result>;
  #underWay: Promise<Result> | undefined;
  #next: Promise<Result> | undefined;

  constructor(read: () => Promise<Result>) {
    this.#read = read;
  }

  /** Resolves with what a read brought that started after this call. */
  ask(): Promise<Result> {
    if (this.#underWay === undefined) return this.#start();
    this.#next ??= this.#underWay.then(ignored, ignored).then(() => {
      this.#next = undefined;
      return this.#start();
    });
    return this.#next;
  }

  #start(): Promise<Result> {
    const read = this.#read().finally(() => {
      if (this.#underWay === read) this.#underWay = undefined;
    });
    this.#underWay = read;
    return read;
  }
}

function ignored(): void {
  // Whoever asked for it is told.
}

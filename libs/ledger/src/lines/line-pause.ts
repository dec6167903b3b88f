/** Requests wait while lines are about to move. */
export class LinePause {
  #underWay: Promise<unknown> | undefined;

  /** Resolves when what is under way is done, however; undefined if nothing is. */
  get underWay(): Promise<unknown> | undefined {
    return this.#underWay;
  }

  /** Resolves when nothing is under way. */
  async over(): Promise<void> {
    while (this.#underWay) await this.#underWay;
  }

  /** Does the work while requests wait, in this turn if nothing is under way. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#underWay) await this.#underWay;
    const working = work();
    const pause = working.catch(() => undefined).finally(() => (this.#underWay = undefined));
    this.#underWay = pause;
    return working;
  }
}

/**
 * The cluster's word that it lacks an event which this instance has seen. A leader that was just elected may lack its
 * newest events for a moment, and one that is cut off lacks them for ever: only a leader that says so for long enough,
 * and nothing else meanwhile, is believed.
 */
export class Absence {
  #said: { readonly leader: string; readonly since: number } | undefined;

  /**
   * @param limitMs for one and the same leader to say so
   * @param now milliseconds of a clock that never goes back
   */
  constructor(
    private readonly limitMs: number,
    private readonly now: () => number,
  ) {}

  /** This leader says so. @returns whether it is to be believed */
  isBelieved(leader: string): boolean {
    if (this.#said?.leader !== leader) this.#said = { leader, since: this.now() };
    return this.now() - this.#said.since >= this.limitMs;
  }

  /** The cluster says something else, or nothing. */
  interrupt(): void {
    this.#said = undefined;
  }
}

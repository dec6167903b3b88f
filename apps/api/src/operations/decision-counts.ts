/** How many decisions ended with which status, since the start. Plain numbers: they are counted on the hot path. */
export class DecisionCounts {
  readonly #byStatus = new Map<number, number>();

  count(status: number): void {
    this.#byStatus.set(status, (this.#byStatus.get(status) ?? 0) + 1);
  }

  entries(): IterableIterator<[number, number]> {
    return this.#byStatus.entries();
  }
}

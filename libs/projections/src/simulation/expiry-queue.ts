interface Entry {
  readonly atMs: number;
  readonly id: string;
}

/** Holds by the moment at which they end, earliest first: a binary heap. */
export class ExpiryQueue {
  readonly #heap: Entry[] = [];

  add(id: string, atMs: number): void {
    const heap = this.#heap;
    let place = heap.push({ atMs, id }) - 1;
    while (place > 0) {
      const above = (place - 1) >>> 1;
      if ((heap[above] as Entry).atMs <= (heap[place] as Entry).atMs) return;
      this.#swap(place, above);
      place = above;
    }
  }

  /** Takes out the earliest that ends at or before this moment; undefined if none does. */
  takeDue(atMs: number): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.atMs > atMs) return undefined;
    const last = heap.pop() as Entry;
    if (heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #sink(): void {
    const heap = this.#heap;
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const right = left + 1;
      let least = place;
      for (const below of [left, right]) {
        if (below < heap.length && (heap[below] as Entry).atMs < (heap[least] as Entry).atMs) least = below;
      }
      if (least === place) return;
      this.#swap(place, least);
      place = least;
    }
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b] as Entry, heap[a] as Entry];
  }
}

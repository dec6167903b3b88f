/** A value that holds from `fromMs` (inclusive) until `untilMs` (exclusive), in milliseconds since 1970, UTC. */
export interface Span<T> {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly value: T;
}

/** Values by key and date, for few spans a key: a lookup is one map access and a short scan. */
export class EffectiveDated<T> {
  readonly #spans = new Map<string, Span<T>[]>();
  readonly #changesMs: readonly number[];

  constructor(entries: Iterable<Span<T> & { readonly key: string }>) {
    const changes = new Set<number>();
    for (const { key, fromMs, untilMs, value } of entries) {
      const spans = this.#spans.get(key);
      const span = { fromMs, untilMs, value };
      if (spans === undefined) this.#spans.set(key, [span]);
      else spans.push(span);
      for (const change of [fromMs, untilMs]) if (Number.isFinite(change)) changes.add(change);
    }
    this.#changesMs = [...changes].sort((a, b) => a - b);
  }

  /** The span that holds for `key` at `atMs`, or undefined. */
  at(key: string, atMs: number): Span<T> | undefined {
    const spans = this.#spans.get(key);
    if (spans === undefined) return undefined;
    for (const span of spans) if (atMs >= span.fromMs && atMs < span.untilMs) return span;
    return undefined;
  }

  /** The first moment after `afterMs` at which any value changes, or undefined. */
  nextChange(afterMs: number): number | undefined {
    return this.#changesMs.find((changeMs) => changeMs > afterMs);
  }
}

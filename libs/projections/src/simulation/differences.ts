import type { Position } from '#ledger';
import { differenceKinds, type DifferenceKind } from '#wire';
import type { DecisionSide, Difference } from './simulation-result.js';

/** Counts differences and keeps those that were asked for. */
export class Differences {
  readonly counts: Readonly<Record<DifferenceKind, number>>;
  readonly kept: Difference[] = [];
  readonly #after: Position;
  readonly #limit: number;
  readonly #counts: Record<DifferenceKind, number>;
  #more = false;

  /** @param after keeps differences at later positions only */
  constructor({ after, limit }: { readonly after: Position; readonly limit: number }) {
    this.#after = after;
    this.#limit = limit;
    this.#counts = Object.fromEntries(differenceKinds.map((kind) => [kind, 0])) as Record<DifferenceKind, number>;
    this.counts = this.#counts;
  }

  get more(): boolean {
    return this.#more;
  }

  /** @param make called only for a difference that is kept: its words cost more than to count it */
  add(kind: DifferenceKind, position: Position, make: () => Omit<Difference, 'kind' | 'position'>): void {
    this.#counts[kind] += 1;
    if (position <= this.#after) return;
    if (this.kept.length < this.#limit) this.kept.push({ kind, position, ...make() });
    else this.#more = true;
  }
}

/** How two sides differ; undefined if they do not. */
export function differenceOf(recorded: DecisionSide, simulated: DecisionSide): DifferenceKind | undefined {
  if (recorded.outcome !== simulated.outcome) {
    return recorded.outcome === 'allowed' ? 'allowed-to-refused' : 'refused-to-allowed';
  }
  if (recorded.outcome === 'refused') return recorded.code === simulated.code ? undefined : 'other-refusal';
  if (recorded.route !== simulated.route) return 'other-route';
  if (recorded.line !== simulated.line) return 'other-line';
  return recorded.debitedMilliTpp === simulated.debitedMilliTpp ? undefined : 'other-debit';
}

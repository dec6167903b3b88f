import type { LineEvent } from '../events/line-event.js';
import type { Position } from '../events/stored-event.js';
import type { Reservation } from '../line/entries.js';
import { isOpen } from '../line/decide.js';
import type { DerivedIndex } from '../once/derived-index.js';
import type { EntryCache } from './entry-cache.js';

interface RecentHold {
  readonly id: string;
  /** Milliseconds. */
  readonly expiresAt: number;
  readonly position: Position;
}

export interface DueHolds {
  readonly ids: readonly string[];
  /** There are others. */
  readonly more: boolean;
}

/**
 * When the holds of one line end. Older holds are found in the derived index, those that it does not know yet are
 * listed here. `next` is never later than the end of the earliest open hold, and may be earlier.
 */
export class LineHolds {
  readonly #line: string;
  readonly #index: DerivedIndex;
  readonly #entries: EntryCache;
  readonly #onNext: (at: number) => void;
  #recent: RecentHold[] = [];
  #next: number;

  constructor(options: {
    readonly line: string;
    readonly index: DerivedIndex;
    readonly entries: EntryCache;
    /** Told whenever an earlier end becomes known. */
    readonly onNext: (at: number) => void;
  }) {
    this.#line = options.line;
    this.#index = options.index;
    this.#entries = options.entries;
    this.#onNext = options.onNext;
    this.#next = options.index.nextExpiry(options.line) ?? Infinity;
  }

  due(now: number): boolean {
    return this.#next <= now;
  }

  observe(event: LineEvent, position: Position): void {
    if (event.type !== 'QuotaReserved' && event.type !== 'ReservationAmended') return;
    const expiresAt = Date.parse(event.expiresAt);
    this.#recent.push({ id: event.reservationId, expiresAt, position });
    if (this.#recent.length > 1_000 && (this.#recent[500] as RecentHold).position <= this.#index.position) this.#forgetKnown();
    if (expiresAt < this.#next) {
      this.#next = expiresAt;
      this.#onNext(expiresAt);
    }
  }

  /**
   * The holds that are due, earliest first, loaded and pinned until `handBack`.
   * Looks only when something may be due.
   */
  async takeDue(now: number, holdsMax: number): Promise<DueHolds> {
    if (!this.due(now)) return { ids: [], more: false };
    const { ids, next } = this.#search(now, holdsMax);
    // Before anything is waited for: an earlier end that becomes known meanwhile counts.
    this.#next = next;
    if (next !== Infinity) this.#onNext(next);
    await this.#loadAll(ids);
    return { ids, more: next <= now };
  }

  /** Something may be due at `at` (milliseconds): the next command from then on looks, and somebody at `wakeAt`. */
  lookAgain(at: number, wakeAt = at): void {
    this.mayBeDue(at);
    this.#onNext(wakeAt);
  }

  /** As `lookAgain`, for whoever looks now. */
  mayBeDue(at: number): void {
    this.#next = Math.min(this.#next, at);
  }

  handBack(ids: readonly string[]): void {
    for (const id of ids) this.#entries.unpin(id);
  }

  async #loadAll(ids: readonly string[]): Promise<void> {
    const loaded: string[] = [];
    try {
      for (const id of ids) {
        await this.#entries.load(id);
        loaded.push(id);
      }
    } catch (error) {
      this.handBack(loaded);
      throw error;
    }
  }

  /** Due holds, earliest first, and when the earliest of all others ends. */
  #search(now: number, holdsMax: number): { readonly ids: readonly string[]; readonly next: number } {
    const due = new Map<string, number>();
    let next = Infinity;
    const consider = (id: string, expiresAt: number): void => {
      if (expiresAt <= now) due.set(id, expiresAt);
      else next = Math.min(next, expiresAt);
    };
    this.#forgetKnown();
    for (const { id, expiresAt } of this.#recent) if (this.#stands(this.#entries.reservation(id), expiresAt)) consider(id, expiresAt);
    let known = 0;
    for (const hold of this.#index.dueHolds(this.#line, Number.MAX_SAFE_INTEGER)) {
      const expiresAt = Date.parse(hold.expiresAt ?? '');
      if (!this.#stands(this.#entries.current(hold), expiresAt)) continue;
      consider(hold.id, expiresAt);
      known += 1;
      if (expiresAt > now || known > holdsMax) break;
    }
    const earliestFirst = [...due].sort(([, a], [, b]) => a - b);
    const [, another = Infinity] = earliestFirst[holdsMax] ?? [];
    return { ids: earliestFirst.slice(0, holdsMax).map(([id]) => id), next: Math.min(next, another) };
  }

  /** Whether the hold still ends then, as far as is known here: it was neither closed nor given another end. */
  #stands(current: Reservation | undefined, expiresAt: number): boolean {
    return current === undefined || (isOpen(current) && Date.parse(current.expiresAt ?? '') === expiresAt);
  }

  #forgetKnown(): void {
    const reached = this.#index.position;
    this.#recent = this.#recent.filter(({ position }) => position > reached);
  }
}

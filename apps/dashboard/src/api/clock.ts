import { computed, signal } from '@preact/signals';
import type { About } from './answers.js';
import { read } from './read.js';

/** What the ledger said of its clock, and when that was by the page's own (milliseconds since it was opened). */
const told = signal<{ readonly about: About; readonly atMs: number } | undefined>(undefined);

/** Null where the ledger is meant in earnest, or has not said yet. */
export const demo = computed(() => told.value?.about.demo ?? null);

/** The ledger's time, milliseconds since 1970: that of the browser until it is known. In a demo they differ by months. */
export function ledgerNowMs(): number {
  return told.value === undefined ? Date.now() : timeAfter(told.value.about, performance.now() - told.value.atMs);
}

/** What time a ledger has, so many milliseconds after it answered. */
export function timeAfter({ now, demo: simulated }: About, elapsedMs: number): number {
  return Date.parse(now) + elapsedMs * (simulated?.speed ?? 1);
}

/** A ledger that does not answer is asked again when it is back. */
export function readClock(): void {
  read<About>('/v1/about').then(
    (about) => (told.value = { about, atMs: performance.now() }),
    () => undefined,
  );
}

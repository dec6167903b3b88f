import { computed } from '@preact/signals';
import { ledgerNowMs } from './api/clock.js';
import { place } from './router.js';

/** A moment of the past that the address names: `asOf=2026-07-01`, or with a time. */
export interface AsOf {
  /** As it stands in the address. */
  readonly text: string;
  /** RFC 3339. A day alone means its end. */
  readonly instant: string;
}

/** The moment that an `asOf` of an address names; undefined if there is none, or if it is not one. */
export function asOfIn(text: string | null, nowMs: number): AsOf | undefined {
  if (text === null || !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/.test(text)) return undefined;
  const ms = Date.parse(text.length === 10 ? `${text}T23:59:59.999Z` : text);
  // 30 February is read as 2 March.
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text.slice(0, 10)) || Date.parse(text) > nowMs) return undefined;
  return { text, instant: new Date(Math.min(ms, nowMs)).toISOString() };
}

const text = computed(() => place.value.query.get('asOf'));

/** The moment that all pages show; undefined: now. */
export const asOf = computed(() => asOfIn(text.value, ledgerNowMs()));
/** What the address gives as a moment and is none. */
export const wrongAsOf = computed(() => (text.value !== null && asOf.value === undefined ? text.value : undefined));

/** The moment that pages show, in milliseconds: that of the address, or now. */
export function shownMs(): number {
  return asOf.value === undefined ? ledgerNowMs() : Date.parse(asOf.value.instant);
}

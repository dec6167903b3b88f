import { wrongAsOf } from '../as-of.js';
import { asOfMs, behindMs, connection, isLoaded, problem } from '../api/ledger.js';
import { timeOf } from '../format.js';

/** Longer than this the figures are told to be behind. */
const behindMsMax = 2_000;

/** What keeps the figures from being the newest, since when, and what happens next. */
export function Banner() {
  const text = textOf();
  return (
    <div role="status" class={text === undefined ? 'banner none' : 'banner'}>
      {text}
    </div>
  );
}

function textOf(): string | undefined {
  const since = isLoaded.value && asOfMs.value > 0 ? ` The figures are those of ${timeOf(asOfMs.value)} UTC.` : '';
  if (wrongAsOf.value !== undefined) {
    return `asOf=${wrongAsOf.value} is no moment of the past. Write a day as 2026-07-01, or a time as 2026-07-01T12:00:00Z. The figures are those of now.`;
  }
  if (problem.value !== undefined) return `${problem.value}${since} Trying again every 3 seconds.`;
  if (connection.value === 'lost') return `No connection to the ledger.${since} It is tried again by itself.`;
  if (isBehind()) return `The ledger's views are ${Math.round(behindMs.value / 1000)} s behind its log.${since} They catch up by themselves.`;
  return undefined;
}

export function isBehind(): boolean {
  return behindMs.value > behindMsMax;
}

import { asOfMs, connection, isLoaded, problem } from '../api/ledger.js';
import { timeOf } from '../format.js';

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
  const since = isLoaded.value ? ` The figures are those of ${timeOf(asOfMs.value)} UTC.` : '';
  if (problem.value !== undefined) return `${problem.value}${since} Trying again every 3 seconds.`;
  if (connection.value === 'lost') return `No connection to the ledger.${since} It is tried again by itself.`;
  return undefined;
}

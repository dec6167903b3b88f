import { effect, signal } from '@preact/signals';
import { asOf } from '../as-of.js';
import type { CountryList, CountryView } from './answers.js';
import { NotRead, read } from './read.js';

interface Past {
  /** Empty until they are read. */
  readonly countries: ReadonlyMap<string, CountryView>;
  readonly rulebook: CountryList['rulebook'] | undefined;
  readonly position: string;
  readonly problem: string | undefined;
}

const nothing: Past = { countries: new Map(), rulebook: undefined, position: '', problem: undefined };

/** All countries at the moment that the address names. */
export const past = signal<Past>(nothing);

const retryMs = 3_000;

effect(() => {
  const moment = asOf.value;
  if (moment === undefined) return undefined;
  const abort = new AbortController();
  let retry: ReturnType<typeof setTimeout> | undefined;
  const readOnce = async (): Promise<void> => {
    try {
      const list = await read<CountryList>(`/v1/countries?asOf=${encodeURIComponent(moment.instant)}&include=forecast,recent`, abort.signal);
      past.value = { countries: new Map(list.countries.map((view) => [view.country, view])), rulebook: list.rulebook, position: list.position, problem: undefined };
    } catch (error) {
      if (abort.signal.aborted) return;
      past.value = { ...past.peek(), problem: error instanceof NotRead && error.status > 0 ? error.message : 'The ledger cannot be reached.' };
      retry = setTimeout(() => void readOnce(), retryMs);
    }
  };
  void readOnce();
  return () => {
    abort.abort();
    clearTimeout(retry);
  };
});

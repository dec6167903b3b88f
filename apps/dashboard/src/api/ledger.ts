import { computed, signal } from '@preact/signals';
import { followLive, type LiveMessage } from './live.js';
import { NotRead, positionShown, read } from './read.js';
import type { Alert, AlertPage, CountryList, CountryView } from './answers.js';

export type Connection = 'connecting' | 'live' | 'lost';

/** All countries by code, as of the newest position that was told. Empty until they are read. */
export const countries = signal<ReadonlyMap<string, CountryView>>(new Map());
/** Alerts that are open, newest first. */
export const openAlerts = signal<readonly Alert[]>([]);
export const connection = signal<Connection>('connecting');
/** Position of the newest event that the figures reflect. */
export const position = signal('0');
/** When the figures were last known to be the newest (milliseconds). */
export const asOfMs = signal(0);
/** Why the figures could not be read, for people. */
export const problem = signal<string | undefined>(undefined);
export const rulebook = signal<CountryList['rulebook'] | undefined>(undefined);

export const isLoaded = computed(() => countries.value.size > 0);

const retryMs = 3_000;
const firstReadMs = 500;

/** Reads what all pages show, and follows its changes until the page is left. */
export function startLedger(): void {
  followLive((message) => take(message));
  // Where no stream can be had the figures are read all the same.
  setTimeout(() => !isLoaded.value && readAll(), firstReadMs);
  // While the stream is quiet it is alive: its figures are still the newest.
  setInterval(() => connection.value === 'live' && (asOfMs.value = Date.now()), 1_000);
}

let isReading = false;
/** Something changed while the read was under way: what it brings may be too old. */
let isOutdated = false;

/** All countries and open alerts anew; again and again while the ledger cannot be reached. */
function readAll(): void {
  isOutdated = isReading;
  if (isReading) return;
  isReading = true;
  void readOnce().finally(() => {
    isReading = false;
    if (isOutdated) readAll();
  });
}

async function readOnce(): Promise<void> {
  try {
    const [list, alerts] = await Promise.all([read<CountryList>('/v1/countries'), read<AlertPage>('/v1/alerts?state=open')]);
    countries.value = new Map(list.countries.map((view) => [view.country, view]));
    openAlerts.value = alerts.items;
    rulebook.value = list.rulebook;
    reached(list.position);
    problem.value = undefined;
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    problem.value = error.status === 0 ? 'The ledger cannot be reached.' : error.message;
    setTimeout(readAll, retryMs);
  }
}

function take({ type, data }: LiveMessage): void {
  if (type === 'lost') connection.value = 'lost';
  else if (type === 'connected') {
    // The stream tells what changes from now on. What changed before is read, and not before this.
    connection.value = 'live';
    readAll();
  } else if (type === 'resync') readAll();
  else if (type === 'country') {
    const view = JSON.parse(data) as CountryView & { readonly position: string };
    // That an alert closed shows in the status of its country alone.
    if (countries.value.get(view.country)?.status !== view.status) readAll();
    countries.value = new Map(countries.value).set(view.country, view);
    reached(view.position);
  } else {
    const alert = JSON.parse(data) as Alert;
    const others = openAlerts.value.filter(({ id }) => id !== alert.id);
    openAlerts.value = alert.closedAt === null ? [alert, ...others] : others;
  }
}

function reached(newest: string): void {
  if (Number(newest) >= Number(position.value)) position.value = newest;
  positionShown(newest);
  asOfMs.value = Date.now();
}

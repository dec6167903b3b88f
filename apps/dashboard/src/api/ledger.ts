import { computed, signal } from '@preact/signals';
import { asOf } from '../as-of.js';
import { ledgerNowMs, readClock } from './clock.js';
import { followLive, type LiveMessage } from './live.js';
import { NotRead, positionShown, read } from './read.js';
import type { Alert, AlertPage, CountryList, CountryView } from './answers.js';
import { past } from './past.js';

export type Connection = 'connecting' | 'live' | 'lost';

type Countries = ReadonlyMap<string, CountryView>;
const newest = signal<Countries>(new Map());
const rulebookNow = signal<CountryList['rulebook'] | undefined>(undefined);

/** All countries by code: of the moment that the address names, or as of the newest position that was told. Empty until they are read. */
export const countries = computed<Countries>(() => (asOf.value === undefined ? newest.value : past.value.countries));
export const rulebook = computed(() => (asOf.value === undefined ? rulebookNow.value : past.value.rulebook));
/** Alerts that are open now, newest first. */
export const openAlerts = signal<readonly Alert[]>([]);
export const connection = signal<Connection>('connecting');
/** Position of the newest event that the figures of now reflect. */
export const position = signal('0');
/** When the figures of now were last known to be the newest (milliseconds). */
export const asOfMs = signal(0);
/** For how long the ledger's views have been behind its log (milliseconds), as it says itself. */
export const behindMs = signal(0);
const problemNow = signal<string | undefined>(undefined);
/** Why the figures could not be read, for people. */
export const problem = computed(() => (asOf.value === undefined ? problemNow.value : past.value.problem));

export const isLoaded = computed(() => countries.value.size > 0);

export const retryMs = 3_000;
const firstReadMs = 500;
/** So often at most are the forecasts of all countries read anew. */
const forecastMs = 30_000;
const listPath = '/v1/countries?include=forecast,recent';

/** Reads what all pages show, and follows its changes until the page is left. */
export function startLedger(): void {
  readClock();
  // A page that the browser kept comes back as it was: its clock stood still.
  addEventListener('pageshow', ({ persisted }) => persisted && (readClock(), readAll()));
  followLive((message) => take(message));
  // Where no stream can be had the figures are read all the same.
  setTimeout(() => newest.value.size === 0 && readAll(), firstReadMs);
}

let isReading = false;
/** Something changed while the read was under way: what it brings may be too old. */
let isOutdated = false;
let retry: ReturnType<typeof setTimeout> | undefined;
let forecasts: ReturnType<typeof setTimeout> | undefined;

/** All countries and open alerts anew; again and again while the ledger cannot be reached. */
function readAll(): void {
  isOutdated = isReading;
  if (isReading) return;
  isReading = true;
  clearTimeout(retry);
  void readOnce().finally(() => {
    isReading = false;
    if (isOutdated) readAll();
  });
}

async function readOnce(): Promise<void> {
  try {
    const [list, alerts] = await Promise.all([read<CountryList>(listPath), read<AlertPage>('/v1/alerts?state=open')]);
    newest.value = new Map(list.countries.map((view) => [view.country, view]));
    openAlerts.value = alerts.items;
    rulebookNow.value = list.rulebook;
    reached(list.position);
    problemNow.value = undefined;
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    problemNow.value = error.status === 0 ? 'The ledger cannot be reached.' : error.message;
    retry = setTimeout(readAll, retryMs);
  }
}

function take({ type, data }: LiveMessage): void {
  switch (type) {
    case 'lost':
      connection.value = 'lost';
      return;
    case 'connected':
      if (connection.value === 'lost') readClock();
      // The stream tells what changes from now on. What changed before is read, and not before this.
      connection.value = 'live';
      readAll();
      return;
    case 'resync':
      readAll();
      return;
    case 'head': {
      const head = JSON.parse(data) as { readonly behindMs: number };
      behindMs.value = head.behindMs;
      // While nothing is missing, the figures are still the newest.
      if (head.behindMs === 0 && newest.value.size > 0 && problemNow.value === undefined) asOfMs.value = ledgerNowMs();
      return;
    }
    case 'country':
      takeCountry(JSON.parse(data) as CountryView & { readonly position: string });
      return;
    case 'alert': {
      const alert = JSON.parse(data) as Alert;
      const others = openAlerts.value.filter(({ id }) => id !== alert.id);
      openAlerts.value = alert.closedAt === null ? [alert, ...others] : others;
    }
  }
}

/** The change tells amounts; what is forecast from them stays until it is read anew. */
function takeCountry(view: CountryView & { readonly position: string }): void {
  const before = newest.value.get(view.country);
  // That an alert closed shows in the status of its country alone.
  if (before?.status !== view.status) readAll();
  const { forecast = null, burnPerDay, pace, recent } = before ?? {};
  newest.value = new Map(newest.value).set(view.country, { ...view, forecast, burnPerDay, pace, recent } as CountryView);
  reached(view.position);
  forecasts ??= setTimeout(() => {
    forecasts = undefined;
    readAll();
  }, forecastMs * (1 + Math.random()));
}

function reached(told: string): void {
  if (Number(told) >= Number(position.value)) position.value = told;
  positionShown(told);
  asOfMs.value = ledgerNowMs();
}

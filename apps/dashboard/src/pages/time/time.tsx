import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asOf, asOfIn, shownMs } from '../../as-of.js';
import type { CountryList } from '../../api/answers.js';
import { countries, isLoaded, problem } from '../../api/ledger.js';
import { useRead } from '../../api/use-read.js';
import { ledgerNowMs } from '../../api/clock.js';
import { dayOf, grouped } from '../../format.js';
import { place, setQuery } from '../../router.js';
import { StatusMark } from '../../status.js';
import { newsOf } from '../overview/news.js';
import { differenceOf, type Change } from './difference.js';

const dayMs = 86_400_000;
const firstMs = Date.parse('2025-01-01T00:00:00Z');
/** Compared with a day so long before until another one is chosen. */
const beforeDays = 30;
const playMs = 900;
const playDays = 7;

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The ledger on any day, and what changed between two. The days are in the address. */
export function Page() {
  const nowMs = ledgerNowMs();
  const today = isoDay(nowMs);
  const day = asOf.value === undefined ? today : isoDay(shownMs());
  const given = place.value.query.get('from');
  const before = asOfIn(given, nowMs) ?? asOfIn(isoDay(Math.max(firstMs, Date.parse(day) - beforeDays * dayMs)), nowMs);
  const from = useRead<CountryList>(before && `/v1/countries?asOf=${encodeURIComponent(before.instant)}`);
  const views = [...countries.value.values()];
  const change = from && 'answer' in from && isLoaded.value ? differenceOf(from.answer.countries, views) : undefined;
  const news = isLoaded.value ? newsOf(views, shownMs()) : undefined;
  return (
    <>
      <div class="lead" aria-busy={(!isLoaded.value && problem.value === undefined) || undefined}>
        <h1>{asOf.value === undefined ? 'Time travel' : `The ledger on ${dayOf(asOf.value.instant)}`}</h1>
        <p>{asOf.value === undefined ? 'Choose a day: every page then shows the figures of its end, until you go back to now.' : news ? `${news.headline}. ${news.rest}` : problem.value}</p>
      </div>
      <Controls day={day} today={today} />
      <section class="card" aria-labelledby="change">
        <header>
          <h2 id="change">
            What changed from {before ? dayOf(before.instant) : ''} to {asOf.value === undefined ? 'now' : dayOf(asOf.value.instant)}
          </h2>
          <a class="small" href="/">
            The overview of this day
          </a>
        </header>
        <div class="filters">
          <label>
            Compare with{' '}
            <input class="field" type="date" min="2025-01-01" max={today} value={before?.text ?? ''} onChange={(event) => setQuery('from', event.currentTarget.value)} />
          </label>
          {given !== null && asOfIn(given, nowMs) === undefined && <span class="wrong">from={given} is no day of the past; {beforeDays} days before are compared.</span>}
        </div>
        {from && 'failed' in from && <p class="pad wrong">{from.failed.message}</p>}
        {change === undefined && !(from && 'failed' in from) && <p class="pad second">Reading both days</p>}
        {change && change.length === 0 && <p class="pad second">Nothing changed between these days.</p>}
        {change && change.length > 0 && <Changes changes={change} />}
      </section>
    </>
  );
}

function Controls({ day, today }: { readonly day: string; readonly today: string }) {
  const isPlaying = useSignal(false);
  const go = (ms: number): void => {
    const next = isoDay(Math.max(firstMs, ms));
    setQuery('asOf', next >= today ? '' : next);
    if (next >= today) isPlaying.value = false;
  };
  useEffect(() => {
    if (!isPlaying.value) return undefined;
    const timer = setTimeout(() => go(Date.parse(day) + playDays * dayMs), playMs);
    return () => clearTimeout(timer);
  });
  const play = (): void => {
    isPlaying.value = !isPlaying.value;
    if (isPlaying.value && day >= today) go(Date.parse(today) - 90 * dayMs);
  };
  const days = Math.round((Date.parse(today) - firstMs) / dayMs);
  return (
    <section class="card pad travel" aria-label="The day that is shown">
      <label>
        Day <input class="field" type="date" min="2025-01-01" max={today} value={day} onChange={(event) => go(Date.parse(event.currentTarget.value))} />
      </label>
      <input
        type="range"
        aria-label="Day"
        aria-valuetext={dayOf(day)}
        min="0"
        max={days}
        value={Math.round((Date.parse(day) - firstMs) / dayMs)}
        onInput={(event) => go(firstMs + Number(event.currentTarget.value) * dayMs)}
      />
      <span class="buttons">
        <button class="button plain" onClick={() => go(Date.parse(day) - dayMs)}>
          Day before
        </button>
        <button class="button plain" disabled={day >= today} onClick={() => go(Date.parse(day) + dayMs)}>
          Day after
        </button>
        <button class="button plain" aria-pressed={isPlaying.value} onClick={play}>
          {isPlaying.value ? 'Stop' : 'Play, a week a step'}
        </button>
      </span>
    </section>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const signed = (tpp: number | null): string => (tpp === null ? '–' : tpp === 0 ? '0' : `${tpp > 0 ? '+' : ''}${grouped(tpp)}`);
  return (
    <table class="rows changes">
      <thead>
        <tr>
          <th scope="col">Country</th>
          <th scope="col">Status</th>
          {['Exported', 'Reserved', 'Left'].map((head) => (
            <th key={head} scope="col" class="num">
              {head}, TPP
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.country}>
            <td>
              <a class="name" href={`/app/countries/${change.country}`}>
                {change.name}
              </a>
              <span class="code">{change.country}</span>
            </td>
            <td>
              {change.before !== change.after && (
                <>
                  <StatusMark status={change.before} /> <span class="quiet">to</span>{' '}
                </>
              )}
              <StatusMark status={change.after} />
              {change.allocation !== 0 && <span class="quiet"> cap {signed(change.allocation)}</span>}
            </td>
            <td class="num">{signed(change.exported)}</td>
            <td class="num">{signed(change.reserved)}</td>
            <td class="num">{signed(change.available)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

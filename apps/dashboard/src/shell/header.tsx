import { asOf } from '../as-of.js';
import { asOfMs, behindMs, connection, position } from '../api/ledger.js';
import { dayOf, grouped, timeOf } from '../format.js';
import { pages } from '../pages.js';
import { place, setQuery } from '../router.js';
import { isBehind } from './banner.js';

export function Header() {
  const past = asOf.value;
  return (
    <header class={past === undefined ? 'bar' : 'bar past'}>
      <div>
        <a class="mark" href="/">
          <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
            <rect x="1" y="1" width="20" height="20" rx="5" fill="var(--ink)" />
            <path d="M5 15.5h12M5 11.5h8M5 7.5h4" stroke="var(--paper)" stroke-width="2" stroke-linecap="round" />
          </svg>
          Quota Ledger
        </a>
        <nav aria-label="Main">{pages.map(({ path, nav }) => nav && <NavLink key={path} path={path} name={nav} />)}</nav>
        {past === undefined ? <Freshness /> : <Past instant={past.instant} isDay={past.text.length === 10} />}
      </div>
    </header>
  );
}

function NavLink({ path, name }: { readonly path: string; readonly name: string }) {
  return (
    <a href={path} aria-current={isAt(place.value.path, path) ? 'page' : undefined}>
      {name}
    </a>
  );
}

/** A page below another belongs to it. */
function isAt(at: string, path: string): boolean {
  return at === path || (path !== '/' && at.startsWith(`${path}/`));
}

/** How new the figures are. */
function Freshness() {
  const state = connection.value === 'live' && isBehind() ? 'behind' : connection.value;
  const time = asOfMs.value === 0 ? '' : `${timeOf(asOfMs.value)} UTC`;
  const behind = `${Math.round(behindMs.value / 1000)} s behind`;
  const text = { live: 'Live', behind, lost: `No connection since ${time}`, connecting: 'Connecting' }[state];
  return (
    <span class={`fresh ${state}`}>
      <i />
      <span>
        {text}
        {(state === 'live' || state === 'behind') && (
          <span class="long">
            {' '}
            · position {grouped(Number(position.value))} · {time}
          </span>
        )}
      </span>
    </span>
  );
}

/** Nobody takes these figures for those of now. */
function Past({ instant, isDay }: { readonly instant: string; readonly isDay: boolean }) {
  return (
    <span class="fresh">
      <b>
        As of {dayOf(instant)}
        {isDay ? '' : `, ${timeOf(Date.parse(instant))} UTC`}
      </b>
      <button class="button plain" onClick={() => setQuery('asOf', '')}>
        Back to now
      </button>
    </span>
  );
}

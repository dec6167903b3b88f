import { asOfMs, connection, position } from '../api/ledger.js';
import { grouped, timeOf } from '../format.js';
import { pages } from '../pages.js';
import { place } from '../router.js';

export function Header() {
  return (
    <header class="bar">
      <div>
        <a class="mark" href="/">
          <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
            <rect x="1" y="1" width="20" height="20" rx="5" fill="var(--ink)" />
            <path d="M5 15.5h12M5 11.5h8M5 7.5h4" stroke="var(--paper)" stroke-width="2" stroke-linecap="round" />
          </svg>
          Quota Ledger
        </a>
        <nav aria-label="Main">
          {pages.map(({ path, nav }) => nav && <NavLink key={path} path={path} name={nav} />)}
        </nav>
        <Freshness />
      </div>
    </header>
  );
}

function NavLink({ path, name }: { readonly path: string; readonly name: string }) {
  return (
    <a href={path} aria-current={place.value.path === path ? 'page' : undefined}>
      {name}
    </a>
  );
}

/** How new the figures are. */
function Freshness() {
  const state = connection.value;
  const time = asOfMs.value === 0 ? '' : `${timeOf(asOfMs.value)} UTC`;
  const text = state === 'live' ? 'Live' : state === 'lost' ? `No connection since ${time}` : 'Connecting';
  return (
    <span class={`fresh ${state}`}>
      <i />
      <span>
        {text}
        {state === 'live' && <span class="long"> · position {grouped(Number(position.value))} · {time}</span>}
      </span>
    </span>
  );
}

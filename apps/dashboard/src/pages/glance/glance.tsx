import { shownMs } from '../../as-of.js';
import { countries, isLoaded, problem } from '../../api/ledger.js';
import type { CountryView } from '../../api/answers.js';
import { daysToPeriodEnd, intervalText, noDayText } from '../../forecast-text.js';
import { percent } from '../../format.js';
import { place, setQuery } from '../../router.js';
import { shownStatus, StatusShape } from '../../status.js';
import { isUsed } from '../overview/news.js';
import { inOrder, orders, orderIn, type Order } from './glance-order.js';
import { panelOf, panelHeight, panelWidth } from './panel.js';

const words: Readonly<Record<Order, string>> = { runsOut: 'First to run out', used: 'Most used', name: 'By name' };

/** One small chart for each country in use, all with the same scale: share of the cap. */
export function Page() {
  if (!isLoaded.value) {
    return (
      <div class="lead" aria-busy="true">
        <h1>Countries in small charts</h1>
        <p>{problem.value}</p>
      </div>
    );
  }
  const order = orderIn(place.value.query);
  const nowMs = shownMs();
  const shown = inOrder([...countries.value.values()].filter((view) => isUsed(view) && view.allocation !== null && view.allocation > 0), order);
  return (
    <>
      <div class="lead">
        <h1>Countries in small charts</h1>
        <p>What of each cap was left in the last 90 days, and until when it lasts. All charts have the same scale, from the whole cap at the top to nothing.</p>
      </div>
      <section class="card" aria-label="Small charts">
        <div class="filters">
          {orders.map((each) => (
            <button key={each} class="chip" aria-pressed={each === order} onClick={() => setQuery('order', each === 'runsOut' ? '' : each)}>
              {words[each]}
            </button>
          ))}
        </div>
        {shown.length === 0 && <p class="pad second">No country with a cap is in use yet. <a href="/">What to do first</a></p>}
        <ul class="panels">
          {shown.map((view) => (
            <Panel key={view.country} view={view} nowMs={nowMs} />
          ))}
        </ul>
      </section>
    </>
  );
}

function Panel({ view, nowMs }: { readonly view: CountryView; readonly nowMs: number }) {
  const { left, band, todayX } = panelOf(view, nowMs);
  const { colour } = shownStatus[view.status];
  const day = view.forecast?.exhaustedOn;
  return (
    <li>
      <a href={`/app/countries/${view.country}`}>
        <span class="pair">
          <b>{view.name}</b>
          <span class={`status s-${colour}`} title={shownStatus[view.status].word}>
            <StatusShape status={view.status} />
            <span class="away">{shownStatus[view.status].word}</span>
          </span>
        </span>
        <svg viewBox={`0 0 ${panelWidth} ${panelHeight}`} aria-hidden="true">
          <path d={`M0 ${panelHeight * 0.8}H${panelWidth}`} stroke="var(--watch)" stroke-opacity=".5" />
          <path d={`M0 ${panelHeight * 0.9}H${panelWidth}`} stroke="var(--critical)" stroke-opacity=".5" />
          <path d={band} fill="var(--critical)" fill-opacity=".22" />
          <path d={left} fill="var(--left)" stroke="var(--exported)" stroke-width="1.4" />
          <path d={`M${todayX} 0V${panelHeight}`} stroke="var(--ink-3)" />
        </svg>
        <span class="pair small">
          <span>{percent(1 - (view.utilization ?? 0))} left</span>
          <span class="second">{view.status === 'exhausted' ? 'exhausted' : day ? intervalText(day) : noDayText(view, daysToPeriodEnd(nowMs))}</span>
        </span>
      </a>
    </li>
  );
}

import { useSignal, useSignalEffect } from '@preact/signals';
import { openAlerts } from '../../api/ledger.js';
import { NotRead, read } from '../../api/read.js';
import type { Alert, AlertPage } from '../../api/answers.js';
import { place, setQuery } from '../../router.js';
import { AlertList } from './alert-list.js';

const states = { open: 'Open', closed: 'Closed', all: 'All' } as const;
type State = keyof typeof states;

export function Page() {
  const read = useAlerts();
  const state = stateIn(place.value.query);
  return (
    <>
      <div class="lead">
        <h1>Alerts</h1>
        <p>An alert is raised when a country passes 80, 90 or 100 % of its cap, and closed when enough is free again.</p>
        <p>
          Follow them in a feed reader: <a href="/v1/alerts.atom">Atom feed</a>.
        </p>
      </div>
      <section class="card" aria-label="Alerts">
        <div class="filters">
          {(Object.keys(states) as State[]).map((each) => (
            <button key={each} class="chip" aria-pressed={each === state} onClick={() => setQuery('state', each === 'open' ? '' : each)}>
              {states[each]}
            </button>
          ))}
        </div>
        {typeof read === 'string' ? <p class="pad wrong">{read}</p> : <AlertList alerts={read} none={`No alert is ${state === 'all' ? 'recorded' : state}.`} />}
      </section>
    </>
  );
}

function stateIn(query: URLSearchParams): State {
  const given = query.get('state');
  return given === 'closed' || given === 'all' ? given : 'open';
}

/** The alerts of the state in the address; why they could not be read otherwise. */
function useAlerts(): readonly Alert[] | string {
  const alerts = useSignal<readonly Alert[] | string>([]);
  useSignalEffect(() => {
    const state = stateIn(place.value.query);
    // Open ones are known anyway; a change of them may have closed one of the others.
    const open = openAlerts.value;
    if (state === 'open') {
      alerts.value = open;
      return;
    }
    read<AlertPage>(`/v1/alerts${state === 'closed' ? '?state=closed' : ''}`).then(
      ({ items }) => (alerts.value = items),
      (error: unknown) => (alerts.value = error instanceof NotRead ? error.message : String(error)),
    );
  });
  return alerts.value;
}

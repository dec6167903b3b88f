import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asOf, shownMs } from '../../as-of.js';
import { openAlerts } from '../../api/ledger.js';
import { NotRead, read, send } from '../../api/read.js';
import type { Alert, AlertPage } from '../../api/answers.js';
import { dayOf } from '../../format.js';
import { place, setQuery } from '../../router.js';
import { AlertList } from './alert-list.js';
import { askedAlerts, byDay, levels, periods, states, type AskedAlerts } from './asked-alerts.js';

const words: Readonly<Record<string, string>> = { open: 'Open', closed: 'Closed', all: 'All' };
const pagesMax = 20;

export function Page() {
  const asked = askedAlerts(place.value.query);
  const isPast = asOf.value !== undefined;
  const alerts = useAlerts(asked, isPast);
  const failure = useSignal<string | undefined>(undefined);
  const groups = typeof alerts === 'string' || alerts === undefined ? [] : byDay(alerts, asked, shownMs());
  const acknowledge = async ({ id }: Alert): Promise<void> => {
    failure.value = undefined;
    try {
      const acknowledged = await send<Alert>(`/v1/alerts/${id}/acknowledgement`, `dashboard-${id}`);
      openAlerts.value = openAlerts.value.map((alert) => (alert.id === id ? acknowledged : alert));
    } catch (error) {
      failure.value = error instanceof NotRead && error.isPrivate ? 'Sign in to acknowledge alerts.' : String(error instanceof Error ? error.message : error);
    }
  };
  return (
    <>
      <div class="lead">
        <h1>Alerts</h1>
        <p>An alert is raised when a country passes 80, 90 or 100 % of its cap, or is expected to run out within 90 days. It is closed when enough is free again.</p>
        <p>
          Follow new ones in a feed reader: <a href={feedOf(asked)}>Atom feed with this filter</a>.
        </p>
      </div>
      <section class="card" aria-label="Alerts">
        <div class="filters">
          {states.map((each) => (
            <button key={each} class="chip" aria-pressed={each === asked.state} onClick={() => setQuery('state', each === 'open' ? '' : each)}>
              {words[each]}
            </button>
          ))}
          <select class="field narrow" aria-label="Raised" value={asked.days} onChange={(event) => setQuery('days', event.currentTarget.value === 'all' ? '' : event.currentTarget.value)}>
            {Object.entries(periods).map(([days, text]) => (
              <option key={days} value={days}>
                {text}
              </option>
            ))}
          </select>
          <select class="field narrow" aria-label="Level" value={asked.level} onChange={(event) => setQuery('level', event.currentTarget.value === 'any' ? '' : event.currentTarget.value)}>
            {['any', ...levels].map((level) => (
              <option key={level} value={level}>
                {level === 'any' ? 'All levels' : level.replace(/^./, (letter) => letter.toUpperCase())}
              </option>
            ))}
          </select>
        </div>
        {asked.wrong.length > 0 && <p class="pad wrong">The address asks for {asked.wrong.join(', ')}, which there is not. It is left out.</p>}
        {isPast && <p class="pad second">Alerts that were raised by then. Whether one is open is told as of now.</p>}
        {failure.value !== undefined && <p class="pad wrong">{failure.value}</p>}
        {alerts === undefined && <p class="pad second">Reading the alerts</p>}
        {typeof alerts === 'string' && <p class="pad wrong">{alerts}</p>}
        {Array.isArray(alerts) && groups.length === 0 && <p class="pad second">{noneText(asked)}</p>}
        {groups.map(({ day, alerts: ofDay }) => (
          <div key={day}>
            <h2 class="day">{dayOf(day)}</h2>
            <AlertList alerts={ofDay} none="" action={(alert) => (alert.acknowledgedBy === null && alert.closedAt === null && !isPast ? <Acknowledge alert={alert} acknowledge={acknowledge} /> : null)} />
          </div>
        ))}
      </section>
    </>
  );
}

function Acknowledge({ alert, acknowledge }: { readonly alert: Alert; readonly acknowledge: (alert: Alert) => Promise<void> }) {
  return (
    <>
      {' '}
      <button class="link" onClick={() => void acknowledge(alert)}>
        Acknowledge
      </button>
    </>
  );
}

function feedOf({ state, level }: AskedAlerts): string {
  const query = new URLSearchParams({ ...(state !== 'all' && { state }), ...(level !== 'any' && { level }) }).toString();
  return `/v1/alerts.atom${query === '' ? '' : `?${query}`}`;
}

function noneText({ state, level, days }: AskedAlerts): string {
  if (level !== 'any' || days !== 'all') return 'No alert fits these filters.';
  return `No alert is ${state === 'all' ? 'recorded' : state}. The first is raised when a country passes 80 % of its cap.`;
}

/** All alerts of the filter; why they could not be read otherwise, and undefined until they are. */
function useAlerts({ state, level }: AskedAlerts, isPast: boolean): readonly Alert[] | string | undefined {
  const alerts = useSignal<readonly Alert[] | string | undefined>(undefined);
  // Open ones are told live; a change of them may have closed one of the others.
  const change = openAlerts.value;
  useEffect(() => {
    const abort = new AbortController();
    void allAlerts(isPast ? 'all' : state, level, abort.signal).then(
      (items) => (alerts.value = items),
      (error: unknown) => {
        if (!abort.signal.aborted) alerts.value = error instanceof NotRead ? error.message : String(error);
      },
    );
    return () => abort.abort();
  }, [state, level, isPast, change, alerts]);
  return alerts.value;
}

async function allAlerts(state: AskedAlerts['state'], level: AskedAlerts['level'], signal: AbortSignal): Promise<readonly Alert[]> {
  const items: Alert[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < pagesMax && cursor !== null; page += 1) {
    const query: string = new URLSearchParams({ limit: '200', ...(state !== 'all' && { state }), ...(level !== 'any' && { level }), ...(cursor !== '' && { cursor }) }).toString();
    const answer: AlertPage = await read<AlertPage>(`/v1/alerts?${query}`, signal);
    items.push(...answer.items);
    cursor = answer.nextCursor;
  }
  return items;
}

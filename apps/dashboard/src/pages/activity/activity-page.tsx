import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asOf } from '../../as-of.js';
import type { EventPage } from '../../api/answers.js';
import { ledgerNowMs } from '../../api/clock.js';
import { countries, position } from '../../api/ledger.js';
import { NotRead, read } from '../../api/read.js';
import { counted, dayOf, timeOf } from '../../format.js';
import { place, setQuery } from '../../router.js';
import { saidOfEvent } from '../country/event-text.js';
import { activityOf, agoText, askedActivity, countryOf, kinds, type Event, type Kind } from './activity.js';

/** So many events are kept, the newest ones. */
const keptMax = 500;
/** What stands before the newest event at first: how many positions back, where positions are numbers and where they are places of a cluster's log. */
const steps = [300, 300_000, 300_000_000] as const;
const enough = 30;
const everyMs = 1_000;

/** Decisions as they come, for those who may see shipments. */
export function Page() {
  const { events, failed, isPaused, waiting, pause } = useActivity();
  const asked = askedActivity(place.value.query);
  const shown = activityOf(events, asked);
  const names = [...countries.value.values()].filter(({ lastEventAt }) => lastEventAt !== null).sort((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <div class="lead">
        <h1>Activity</h1>
        <p>What is decided, as it happens: the newest first.</p>
        {asOf.value !== undefined && <p class="wrong">This page shows what happens now.</p>}
      </div>
      <section class="card" aria-label="Decisions">
        <div class="filters">
          {(['all', ...Object.keys(kinds)] as (Kind | 'all')[]).map((kind) => (
            <button key={kind} class="chip" aria-pressed={kind === asked.kind} onClick={() => setQuery('kind', kind === 'all' ? '' : kind)}>
              {kind === 'all' ? 'All' : kinds[kind].text}
            </button>
          ))}
          <select class="field narrow" aria-label="Country" value={asked.country} onChange={(event) => setQuery('country', event.currentTarget.value)}>
            <option value="">All countries</option>
            {names.map(({ country, name }) => (
              <option key={country} value={country}>
                {name}
              </option>
            ))}
          </select>
          <button class="chip" aria-pressed={isPaused} onClick={pause}>
            {isPaused ? `Go on, ${waiting} new` : 'Pause'}
          </button>
        </div>
        {failed && <p class={failed.isPrivate ? 'pad second' : 'pad wrong'}>{failed.isPrivate ? 'Sign in to see the shipments.' : failed.message}</p>}
        {!failed && shown.length === 0 && <p class="pad second">{events.length === 0 ? 'Nothing has been decided yet.' : 'Nothing of late fits these filters.'}</p>}
        <ul class="feed" aria-live={isPaused ? 'off' : 'polite'} aria-relevant="additions">
          {shown.map((event) => (
            <Row key={event.id} event={event} />
          ))}
        </ul>
        {shown.length > 0 && <p class="pad small second">{counted(shown.length, 'decision', 'decisions')}, those of late. The whole log: /v1/events.</p>}
      </section>
    </>
  );
}

function Row({ event }: { readonly event: Event }) {
  const { time, type, data, stream, position: at } = event;
  const country = countryOf(event);
  const line = stream.replace(/^quota-/, '');
  return (
    <li>
      <time class="quiet" dateTime={time} title={`${dayOf(time)}, ${timeOf(Date.parse(time))} UTC`}>
        {agoText(time, ledgerNowMs())}
      </time>
      <span>
        <a href={country === undefined ? `/app/lines/${encodeURIComponent(line)}` : `/app/countries/${country}`}>{country === undefined ? line : (countries.value.get(country)?.name ?? country)}</a>: {saidOfEvent(type, data)}
      </span>
      <a class="quiet" href={`/v1/events?from=${Number(at) - 1}&limit=1`} aria-label={`The event at position ${at} as JSON`}>
        JSON
      </a>
    </li>
  );
}

interface Activity {
  readonly events: readonly Event[];
  readonly failed: NotRead | undefined;
  readonly isPaused: boolean;
  /** Decisions that came since the pause. */
  readonly waiting: number;
  readonly pause: () => void;
}

/** The newest events of the log, read on whenever the ledger told of a change, once a second at most. */
function useActivity(): Activity {
  const all = useSignal<readonly Event[]>([]);
  const seen = useSignal<readonly Event[] | undefined>(undefined);
  const failed = useSignal<NotRead | undefined>(undefined);
  useEffect(() => {
    let isOver = false;
    let last = -1;
    const look = async (): Promise<void> => {
      const newest = Number(position.peek());
      if (newest === 0 || newest === last) return;
      try {
        const read = last < 0 ? await before(newest) : await after(last);
        if (isOver) return;
        last = Math.max(newest, ...read.map((event) => Number(event.position)));
        const known = new Set(all.peek().map(({ id }) => id));
        all.value = [...all.peek(), ...read.filter(({ id }) => !known.has(id))].slice(-keptMax);
        failed.value = undefined;
      } catch (error) {
        if (!isOver) failed.value = error instanceof NotRead ? error : new NotRead(0, String(error));
      }
    };
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [all, failed]);
  const events = seen.value ?? all.value;
  return {
    events,
    failed: failed.value,
    isPaused: seen.value !== undefined,
    waiting: activityOf(all.value, { kind: 'all', country: '' }).length - activityOf(events, { kind: 'all', country: '' }).length,
    pause: () => (seen.value = seen.value === undefined ? all.value : undefined),
  };
}

async function before(newest: number): Promise<readonly Event[]> {
  let found: readonly Event[] = [];
  for (const step of steps) {
    found = await after(Math.max(0, newest - step));
    if (found.length >= enough || newest <= step) break;
  }
  return found;
}

async function after(from: number): Promise<readonly Event[]> {
  const found: Event[] = [];
  for (let next: string | null = `/v1/events?from=${from}&limit=200`; next !== null && found.length < keptMax; ) {
    const page: EventPage = await read<EventPage>(next);
    found.push(...page.items);
    next = page.nextCursor === null ? null : `/v1/events?from=${from}&limit=200&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  return found;
}

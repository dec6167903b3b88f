import type { EventPage } from '../../api/answers.js';
import { useRead } from '../../api/use-read.js';
import { dayOf, timeOf } from '../../format.js';
import { saidOfEvent, type EventData } from './event-text.js';

/** What was recorded on the line of the country, for those who may see shipments. */
export function Events({ country, revision }: { readonly country: string; readonly revision: string }) {
  const events = useRead<EventPage>(`/v1/countries/${country}/events`, revision);
  return (
    <section class="card" aria-labelledby="events">
      <header>
        <h2 id="events">Events</h2>
        <a class="small" href={`/v1/countries/${country}/events`}>
          JSON
        </a>
      </header>
      <Rows events={events} />
    </section>
  );
}

function Rows({ events }: { readonly events: ReturnType<typeof useRead<EventPage>> }) {
  if (events === undefined) return <p class="pad second">Reading the events</p>;
  if ('failed' in events) {
    const isPrivate = events.failed.status === 401 || events.failed.status === 403;
    return <p class={isPrivate ? 'pad second' : 'pad wrong'}>{isPrivate ? 'Sign in to see the shipments.' : events.failed.message}</p>;
  }
  const { items } = events.answer;
  if (items.length === 0) return <p class="pad second">Nothing is recorded yet.</p>;
  return (
    <ul class="feed">
      {items.map(({ id, time, type, data }) => (
        <li key={id}>
          <time class="quiet" dateTime={time} title={`${timeOf(Date.parse(time))} UTC`}>
            {dayOf(time)}
          </time>
          <span>{saidOfEvent(type, data as EventData)}</span>
          <a class="quiet" href={`/v1/events/${id}`} aria-label={`The event of ${dayOf(time)} as JSON`}>
            JSON
          </a>
        </li>
      ))}
    </ul>
  );
}

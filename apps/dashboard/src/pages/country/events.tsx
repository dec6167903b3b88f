import { useSignal } from '@preact/signals';
import type { EventPage } from '../../api/answers.js';
import { useRead } from '../../api/use-read.js';
import { dayOf, grouped, timeOf } from '../../format.js';
import { saidOfEvent, type EventData } from './event-text.js';

type Event = EventPage['items'][number];

/** What was recorded on a line, newest first, for those who may see shipments. */
export function Events({ line, revision, untilPosition }: { readonly line: string; readonly revision: string; readonly untilPosition?: string | undefined }) {
  const cursors = useSignal<readonly string[]>([]);
  const cursor = cursors.value.at(-1);
  const path = `/v1/lines/${encodeURIComponent(line)}/events`;
  const events = useRead<EventPage>(`${path}?limit=20${untilPosition === undefined ? '' : `&until=${untilPosition}`}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, revision);
  const page = events && 'answer' in events ? events.answer : undefined;
  const items = page?.items ?? [];
  return (
    <section class="card" aria-labelledby="events">
      <header>
        <h2 id="events">Events</h2>
        <a class="small" href={path}>
          JSON
        </a>
      </header>
      {events === undefined && <p class="pad second">Reading the events</p>}
      {events && 'failed' in events && <p class={events.failed.isPrivate ? 'pad second' : 'pad wrong'}>{events.failed.isPrivate ? 'Sign in to see the shipments.' : events.failed.message}</p>}
      {page && items.length === 0 && <p class="pad second">Nothing is recorded yet.</p>}
      {items.length > 0 && <Rows items={items} />}
      {page && (page.nextCursor !== null || cursor !== undefined) && (
        <p class="pad buttons">
          {cursor !== undefined && (
            <button class="link" onClick={() => (cursors.value = cursors.value.slice(0, -1))}>
              Newer
            </button>
          )}
          {page.nextCursor !== null && (
            <button class="link" onClick={() => (cursors.value = [...cursors.value, page.nextCursor ?? ''])}>
              Older
            </button>
          )}
        </p>
      )}
    </section>
  );
}

function Rows({ items }: { readonly items: readonly Event[] }) {
  return (
    <table class="rows events">
      <thead>
        <tr>
          <th scope="col">When, UTC</th>
          <th scope="col">What</th>
          <th scope="col" class="num">
            Left after, TPP
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, time, type, data, position }) => (
          <tr key={id}>
            <td class="quiet">
              <time dateTime={time}>
                {dayOf(time)} {timeOf(Date.parse(time)).slice(0, 5)}
              </time>
            </td>
            <td>
              <a href={`/v1/events?from=${Number(position) - 1}&limit=1`}>{saidOfEvent(type, data as EventData)}</a>
            </td>
            <td class="num">{leftAfter(data as LineData)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Amounts in thousandths of TPP. */
interface LineData {
  readonly balanceMilliTpp?: { readonly allocation: number | null; readonly exported: number; readonly reserved: number };
}

function leftAfter({ balanceMilliTpp: balance }: LineData): string {
  if (balance?.allocation === null || balance === undefined) return '–';
  return grouped(Math.max(0, balance.allocation - balance.exported - balance.reserved) / 1000);
}

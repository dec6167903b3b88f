import type { Obligation } from '../../api/answers.js';
import { ledgerNowMs } from '../../api/clock.js';
import { dayOf } from '../../format.js';
import { StatusShape } from '../../status.js';
import type { Status } from './asked-obligations.js';
import { untilDue } from './due.js';

const marks = {
  overdue: { word: 'Overdue', status: 'exhausted', colour: 's-exhausted' },
  open: { word: 'Open', status: 'watch', colour: 's-watch' },
  done: { word: 'Done', status: 'open', colour: 's-open' },
} as const;

export function ObligationMark({ status }: { readonly status: Status }) {
  const { word, status: shape, colour } = marks[status];
  return (
    <span class={`status ${colour}`}>
      <StatusShape status={shape} />
      {word}
    </span>
  );
}

/** What is owed, by whom and until when, each with its citation. */
export function ObligationTable({ items, name }: { readonly items: readonly Obligation[]; readonly name: string }) {
  return (
    <table class="rows owes">
      <caption class="away">{name}</caption>
      <thead>
        <tr>
          <th scope="col">Due</th>
          <th scope="col">Status</th>
          <th scope="col">What is owed</th>
          <th scope="col">By whom</th>
          <th scope="col">For</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ item }: { readonly item: Obligation }) {
  return (
    <tr data-id={item.id}>
      <td class="c-due">
        <time dateTime={item.dueAt}>{dayOf(item.dueAt)}</time>
        <span class="small quiet">{item.status === 'done' ? doneOn(item) : untilDue(item.dueAt, ledgerNowMs())}</span>
      </td>
      <td class="c-status">
        <ObligationMark status={item.status} />
      </td>
      <td class="c-what">
        {item.text} <cite>{item.citation}</cite>
      </td>
      <td class="c-party">
        {item.party.name}
        {item.party.role !== 'exporter' && <span class="small quiet">{item.party.role === 'veu' ? 'validated end-user' : 'consignee'}</span>}
      </td>
      <td class="c-for second">
        <Cause item={item} />
      </td>
    </tr>
  );
}

function doneOn({ evidence }: Obligation): string {
  return evidence === null ? 'done with the shipment' : `done on ${dayOf(evidence.fulfilledAt)}${evidence.reference === null ? '' : `, ${evidence.reference}`}`;
}

/** The shipment or the period that gave rise to it. */
function Cause({ item: { consignee, period, exportId, reservationId, raisedBy, line } }: { readonly item: Obligation }) {
  const name = consignee ?? line;
  return (
    <>
      {name}
      <span class="small">
        {period === null ? '' : `${dayOf(period.from)} to ${dayOf(new Date(Date.parse(period.until) - 1).toISOString())} `}
        {exportId !== null && <a href={`/v1/exports/${exportId}`}>export</a>}
        {exportId === null && reservationId !== null && <a href={`/v1/reservations/${reservationId}`}>reservation</a>}
        {exportId === null && reservationId === null && <a href={`/v1/events/${raisedBy.eventId}`}>event</a>}
      </span>
    </>
  );
}

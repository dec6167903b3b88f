import { useSignal } from '@preact/signals';
import { Component } from 'preact';
import { ShareBar } from '../../charts/share-bar.js';
import { Sparkline } from '../../charts/sparkline.js';
import type { CountryView } from '../../api/answers.js';
import { csvText, save } from '../../download.js';
import { counted, dayOf, grouped } from '../../format.js';
import { shownMs } from '../../as-of.js';
import { place, setQuery } from '../../router.js';
import { shownStatus, StatusMark, StatusShape } from '../../status.js';
import { daysToPeriodEnd, intervalText, noDayText, shortIntervalText } from '../../forecast-text.js';
import { askedIn, columns, columnsText, countsOf, groups, optionalColumns, rowsOf, type Asked, type Column } from './rows.js';

interface ColumnText {
  readonly head: string;
  readonly isNumber?: true;
}

const texts: Readonly<Record<Column, ColumnText>> = {
  country: { head: 'Country' },
  status: { head: 'Status' },
  utilization: { head: 'Exported and reserved' },
  available: { head: 'Left, TPP', isNumber: true },
  recent: { head: 'Last 90 days' },
  pace: { head: 'Pace', isNumber: true },
  runsOut: { head: 'Runs out' },
  burn: { head: 'TPP a day', isNumber: true },
  allocation: { head: 'Cap, TPP', isNumber: true },
  exported: { head: 'Exported, TPP', isNumber: true },
  reserved: { head: 'Reserved, TPP', isNumber: true },
  lastEventAt: { head: 'Last event' },
};

const groupWords: Readonly<Record<CountryView['group'], string>> = { allocation: 'With an allocation', partner: 'Partners', embargoed: 'Embargoed', home: 'Home' };
const filters: readonly Asked['show'][] = ['used', 'exhausted', 'critical', 'watch', 'open', 'all'];
const rowsAtFirst = 25;

export function CountryTable({ views }: { readonly views: readonly CountryView[] }) {
  const isWhole = useSignal(false);
  const { asked, wrong } = askedIn(place.value.query);
  const rows = rowsOf(views, asked);
  const shown = columns.filter((column) => !optionalColumns.some((each) => each === column) || asked.chosen.has(column));
  const visible = isWhole.value ? rows : rows.slice(0, rowsAtFirst);
  return (
    <section class="card" aria-labelledby="countries">
      <header>
        <h2 id="countries">Countries</h2>
        <span class="small tools">
          <a href="/app/map">Map</a>
          <a href="/app/glance">Small charts</a>
          <ColumnChoice chosen={asked.chosen} />
          <button class="link" onClick={() => void navigator.clipboard.writeText(csvOf(rows, '\t'))}>
            Copy
          </button>
          <button class="link" onClick={() => save('countries.csv', 'text/csv', csvOf(rows))}>
            CSV
          </button>
          <button class="link" onClick={() => save('countries.json', 'application/json', JSON.stringify(rows, null, 2))}>
            JSON
          </button>
        </span>
      </header>
      <Filters views={views} asked={asked} />
      {wrong.length > 0 && <p class="pad wrong">The address asks for {wrong.join(', ')}, which the table does not know. It is left out.</p>}
      <table class="rows">
        <caption class="away">Countries, {counted(rows.length, 'row', 'rows')}</caption>
        <thead>
          <tr>
            {shown.map((column) => (
              <Head key={column} column={column} asked={asked} />
            ))}
          </tr>
        </thead>
        <tbody>
          {visible.map((view) => (
            <Row key={view.country} view={view} shown={shown.join(' ')} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p class="pad second">No country fits. <a href="/">Show those in use</a></p>}
      {rows.length > visible.length && (
        <p class="pad second">
          {grouped(rows.length - visible.length)} more.{' '}
          <button class="link" onClick={() => (isWhole.value = true)}>
            Show all {grouped(rows.length)}
          </button>
        </p>
      )}
    </section>
  );
}

function Filters({ views, asked }: { readonly views: readonly CountryView[]; readonly asked: Asked }) {
  const counts = countsOf(views);
  return (
    <div class="filters">
      {filters.map((show) => (
        <button key={show} class="chip" aria-pressed={asked.text === '' && asked.show === show} onClick={() => setQuery('show', show === 'used' ? '' : show)}>
          {show === 'used' || show === 'all' ? (
            { used: 'In use', all: 'All' }[show]
          ) : (
            <>
              <span class={`status s-${shownStatus[show].colour}`}>
                <StatusShape status={show} />
              </span>
              {shownStatus[show].word}
            </>
          )}{' '}
          <b>{counts[show]}</b>
        </button>
      ))}
      <select class="field narrow" aria-label="Group" value={asked.group} onChange={(event) => setQuery('group', event.currentTarget.value === 'any' ? '' : event.currentTarget.value)}>
        <option value="any">All groups</option>
        {groups.map((group) => (
          <option key={group} value={group}>
            {groupWords[group]}
          </option>
        ))}
      </select>
      <input
        type="search"
        class="field"
        placeholder="Search a country ( / )"
        aria-label="Search a country"
        value={asked.text}
        onInput={(event) => setQuery('q', event.currentTarget.value)}
      />
    </div>
  );
}

function ColumnChoice({ chosen }: { readonly chosen: ReadonlySet<Column> }) {
  const toggle = (column: Column): void => {
    const next = new Set(chosen);
    if (!next.delete(column)) next.add(column);
    setQuery('columns', columnsText(next));
  };
  return (
    <details class="choice">
      <summary>Columns</summary>
      <div class="card">
        {optionalColumns.map((column) => (
          <label class="check" key={column}>
            <input type="checkbox" checked={chosen.has(column)} onChange={() => toggle(column)} /> {texts[column].head}
          </label>
        ))}
      </div>
    </details>
  );
}

function Head({ column, asked }: { readonly column: Column; readonly asked: Asked }) {
  const isSorted = asked.sort === column;
  const sort = (): void => {
    setQuery('order', isSorted && !asked.down ? 'down' : '');
    setQuery('sort', column === 'available' ? '' : column);
  };
  return (
    <th scope="col" class={`c-${column}${texts[column].isNumber ? ' num' : ''}`} aria-sort={isSorted ? (asked.down ? 'descending' : 'ascending') : undefined}>
      <button onClick={sort}>
        {texts[column].head}
        {isSorted && <span aria-hidden="true"> {asked.down ? '↓' : '↑'}</span>}
      </button>
    </th>
  );
}

interface RowProps {
  readonly view: CountryView;
  /** With a blank between them. */
  readonly shown: string;
}

/** Drawn anew only when the country or the columns change: to sort is to move rows. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return next.view !== this.props.view || next.shown !== this.props.shown;
  }

  override render({ view, shown }: RowProps) {
    return (
      <tr>
        {(shown.split(' ') as Column[]).map((column) => (
          <td key={column} class={`c-${column}${texts[column].isNumber ? ' num' : ''}`}>
            <Cell view={view} column={column} />
          </td>
        ))}
      </tr>
    );
  }
}

function Cell({ view, column }: { readonly view: CountryView; readonly column: Column }) {
  switch (column) {
    case 'country':
      return (
        <>
          <a class="name" href={`/app/countries/${view.country}`}>
            {view.name}
          </a>
          <span class="code">{view.country}</span>
        </>
      );
    case 'status':
      return <StatusMark status={view.status} />;
    case 'utilization':
      return <ShareBar {...view} />;
    case 'recent':
      return view.recent && view.allocation ? <Sparkline left={view.recent.available} allocation={view.allocation} text="Use of the cap in the last 90 days" /> : <span class="quiet">–</span>;
    case 'pace':
      return <>{view.pace === null || view.pace === undefined ? <span class="quiet">–</span> : `${view.pace.toFixed(2)}×`}</>;
    case 'runsOut':
      return <RunsOut view={view} />;
    case 'burn':
      return <>{view.burnPerDay ? grouped(Math.round(view.burnPerDay.d90)) : <span class="quiet">–</span>}</>;
    case 'lastEventAt':
      return <>{view.lastEventAt === null ? <span class="quiet">none</span> : <time dateTime={view.lastEventAt}>{dayOf(view.lastEventAt)}</time>}</>;
    default: {
      const tpp = view[column];
      return <>{tpp === null ? <span class="quiet">no cap</span> : grouped(tpp)}</>;
    }
  }
}

/** The interval in which it runs out; red where it is near. */
function RunsOut({ view }: { readonly view: CountryView }) {
  if (view.status === 'exhausted' && view.exhaustedSince !== null) return <span class="s-exhausted">since {dayOf(view.exhaustedSince)}</span>;
  const day = view.forecast?.exhaustedOn;
  const nowMs = shownMs();
  if (!day) return <span class="quiet">{noDayText(view, daysToPeriodEnd(nowMs))}</span>;
  return <span title={intervalText(day)} class={Date.parse(day.expected) - nowMs < soonMs ? 's-critical' : ''}>{shortIntervalText(day, nowMs)}</span>;
}

const soonMs = 90 * 86_400_000;

const members = ['country', 'name', 'group', 'status', 'allocation', 'exported', 'reserved', 'available', 'utilization', 'lastEventAt'] as const;
const forecastMembers = ['burnPerDay30', 'burnPerDay90', 'pace', 'runsOutFrom', 'runsOutExpected', 'runsOutTo'] as const;

function csvOf(rows: readonly CountryView[], separator = ','): string {
  const cells = rows.map((view) => {
    const { from = null, expected = null, to = null } = view.forecast?.exhaustedOn ?? {};
    return [...members.map((member) => view[member]), view.burnPerDay?.d30 ?? null, view.burnPerDay?.d90 ?? null, view.pace ?? null, from, expected, to];
  });
  return csvText([...members, ...forecastMembers], cells, separator);
}

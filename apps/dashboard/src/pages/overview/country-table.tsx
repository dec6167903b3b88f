import { useSignal } from '@preact/signals';
import { ShareBar } from '../../charts/share-bar.js';
import type { CountryView } from '../../api/answers.js';
import { csvText, save } from '../../download.js';
import { counted, dayOf, grouped } from '../../format.js';
import { place, setQuery } from '../../router.js';
import { shownStatus, StatusMark, StatusShape } from '../../status.js';
import { askedIn, columns, countsOf, rowsOf, type Asked, type Column } from './rows.js';

interface ColumnText {
  readonly head: string;
  /** In the choice of columns; left out: the column is always shown. */
  readonly isOptional?: true;
  readonly isNumber?: true;
}

const texts: Readonly<Record<Column, ColumnText>> = {
  country: { head: 'Country' },
  status: { head: 'Status' },
  utilization: { head: 'Exported and reserved, of the cap' },
  available: { head: 'Left, TPP', isNumber: true },
  allocation: { head: 'Cap, TPP', isOptional: true, isNumber: true },
  exported: { head: 'Exported, TPP', isOptional: true, isNumber: true },
  reserved: { head: 'Reserved, TPP', isOptional: true, isNumber: true },
  lastEventAt: { head: 'Last event', isOptional: true },
};

const filters: readonly Asked['show'][] = ['used', 'exhausted', 'critical', 'watch', 'open', 'all'];
const rowsAtFirst = 25;

export function CountryTable({ views }: { readonly views: readonly CountryView[] }) {
  const chosen = useSignal<ReadonlySet<Column>>(new Set(['lastEventAt']));
  const isWhole = useSignal(false);
  const { asked, wrong } = askedIn(place.value.query);
  const rows = rowsOf(views, asked);
  const shown = columns.filter((column) => texts[column].isOptional === undefined || chosen.value.has(column));
  const visible = isWhole.value ? rows : rows.slice(0, rowsAtFirst);
  return (
    <section class="card" aria-labelledby="countries">
      <header>
        <h2 id="countries">Countries</h2>
        <span class="small tools">
          <ColumnChoice chosen={chosen.value} choose={(next) => (chosen.value = next)} />
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
            <Row key={view.country} view={view} shown={shown} />
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

function ColumnChoice({ chosen, choose }: { readonly chosen: ReadonlySet<Column>; readonly choose: (next: ReadonlySet<Column>) => void }) {
  const toggle = (column: Column): void => {
    const next = new Set(chosen);
    if (!next.delete(column)) next.add(column);
    choose(next);
  };
  return (
    <details class="choice">
      <summary>Columns</summary>
      <div class="card">
        {columns
          .filter((column) => texts[column].isOptional)
          .map((column) => (
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
    <th scope="col" class={texts[column].isNumber ? 'num' : undefined} aria-sort={isSorted ? (asked.down ? 'descending' : 'ascending') : undefined}>
      <button onClick={sort}>
        {texts[column].head}
        {isSorted && <span aria-hidden="true"> {asked.down ? '↓' : '↑'}</span>}
      </button>
    </th>
  );
}

function Row({ view, shown }: { readonly view: CountryView; readonly shown: readonly Column[] }) {
  return (
    <tr>
      {shown.map((column) => (
        <td key={column} class={`c-${column}${texts[column].isNumber ? ' num' : ''}`}>
          <Cell view={view} column={column} />
        </td>
      ))}
    </tr>
  );
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
    case 'lastEventAt':
      return <>{view.lastEventAt === null ? <span class="quiet">none</span> : <time dateTime={view.lastEventAt}>{dayOf(view.lastEventAt)}</time>}</>;
    default: {
      const tpp = view[column];
      return <>{tpp === null ? <span class="quiet">no cap</span> : grouped(tpp)}</>;
    }
  }
}

const members = ['country', 'name', 'group', 'status', 'allocation', 'exported', 'reserved', 'available', 'utilization', 'lastEventAt'] as const;

function csvOf(rows: readonly CountryView[]): string {
  return csvText(members, rows.map((view) => members.map((member) => view[member])));
}

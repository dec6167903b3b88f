import { asOf } from '../../as-of.js';
import type { Chip, ChipList } from '../../api/answers.js';
import { rulebook } from '../../api/ledger.js';
import { useRead } from '../../api/use-read.js';
import { save } from '../../download.js';
import { counted, grouped } from '../../format.js';
import { place, setQuery } from '../../router.js';
import { askedIn, columns, csvOf, levels, levelTexts, nameOf, rowsOf, sumOf, type Asked, type Column } from './chip-rows.js';

const heads: Readonly<Record<Column, string>> = {
  name: 'Chip or system',
  arithmetic: 'Dense TOPS × bit length',
  tppPerUnit: 'TPP',
  performanceDensity: 'TPP per mm²',
  eccn: 'Classified as',
};

const numbers: ReadonlySet<Column> = new Set(['tppPerUnit', 'performanceDensity']);

/** The catalogue of the rulebook in force, with the arithmetic behind each classification. */
export function Chips() {
  const list = useRead<ChipList>('/v1/chips', `${rulebook.value?.id ?? ''} ${rulebook.value?.version ?? ''}`);
  return (
    <section class="card" aria-labelledby="chips" aria-busy={list === undefined}>
      <header>
        <h2 id="chips">Chips and their classification</h2>
        {list && 'answer' in list && <Save chips={list.answer.items} />}
      </header>
      <p class="pad second">
        TPP is dense TOPS × bit length, or 2 × MacTOPS × bit length; the format with the most counts. Performance density is TPP per mm² of die area.{' '}
        <a href="/app/rules/calculator">Calculate it for another item</a>
        {asOf.value !== undefined && ' These are the chips of the rulebook that is in force now.'}
      </p>
      {list === undefined && <p class="pad second">Reading the catalogue of chips</p>}
      {list && 'failed' in list && <p class="pad wrong">{list.failed.message}</p>}
      {list && 'answer' in list && <Table chips={list.answer.items} />}
    </section>
  );
}

function Save({ chips }: { readonly chips: readonly Chip[] }) {
  const rows = rowsOf(chips, askedIn(place.value.query, vendorsOf(chips)).asked);
  return (
    <span class="small tools">
      <button class="link" onClick={() => save('chips.csv', 'text/csv', csvOf(rows))}>
        CSV
      </button>
      <a href="/v1/chips">JSON</a>
    </span>
  );
}

function Table({ chips }: { readonly chips: readonly Chip[] }) {
  const { asked, wrong } = askedIn(place.value.query, vendorsOf(chips));
  const rows = rowsOf(chips, asked);
  return (
    <>
      <Filters chips={chips} asked={asked} />
      {wrong.length > 0 && <p class="pad wrong">The address asks for {wrong.join(', ')}, which the catalogue does not know. It is left out.</p>}
      <table class="rows chips">
        <caption class="away">Chips, {counted(rows.length, 'row', 'rows')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column} column={column} asked={asked} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((chip) => (
            <Row key={chip.id} chip={chip} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && (
        <p class="pad second">
          No chip of the catalogue fits. <a href="/app/rules#chips">Show all</a>, or <a href="/app/rules/calculator">calculate the TPP</a> of one that it does not have.
        </p>
      )}
    </>
  );
}

function Filters({ chips, asked }: { readonly chips: readonly Chip[]; readonly asked: Asked }) {
  const present = levels.filter((level) => chips.some((chip) => chip.level === level));
  return (
    <div class="filters">
      {(['all', ...present] as const).map((level) => (
        <button key={level} class="chip" aria-pressed={asked.level === level} onClick={() => setQuery('level', level === 'all' ? '' : level)}>
          {level === 'all' ? 'All' : levelTexts[level]} <b>{level === 'all' ? chips.length : chips.filter((chip) => chip.level === level).length}</b>
        </button>
      ))}
      <select class="field pick" aria-label="Vendor" value={asked.vendor} onChange={(event) => setQuery('vendor', event.currentTarget.value)}>
        <option value="">All vendors</option>
        {vendorsOf(chips).map((vendor) => (
          <option key={vendor}>{vendor}</option>
        ))}
      </select>
      <select class="field pick" aria-label="Kind" value={asked.kind} onChange={(event) => setQuery('kind', event.currentTarget.value === 'all' ? '' : event.currentTarget.value)}>
        <option value="all">Chips and systems</option>
        <option value="chip">Chips</option>
        <option value="system">Systems</option>
      </select>
      <input
        type="search"
        class="field"
        placeholder="Search a chip ( / )"
        aria-label="Search a chip"
        value={asked.text}
        onInput={(event) => setQuery('q', event.currentTarget.value)}
      />
    </div>
  );
}

function Head({ column, asked }: { readonly column: Column; readonly asked: Asked }) {
  const isSorted = asked.sort === column;
  const sort = (): void => {
    setQuery('order', isSorted === asked.down ? 'up' : '');
    setQuery('sort', column === 'tppPerUnit' ? '' : column);
  };
  return (
    <th scope="col" class={numbers.has(column) ? 'num' : undefined} aria-sort={isSorted ? (asked.down ? 'descending' : 'ascending') : undefined}>
      <button onClick={sort}>
        {heads[column]}
        {isSorted && <span aria-hidden="true"> {asked.down ? '↓' : '↑'}</span>}
      </button>
    </th>
  );
}

function Row({ chip }: { readonly chip: Chip }) {
  return (
    <tr>
      <td class="c-name">
        <a class="name" href={`/app/rules/chips/${encodeURIComponent(chip.id ?? '')}`}>
          {nameOf(chip)}
        </a>
        {chip.kind === 'system' && <span class="code">system</span>}
      </td>
      <td class="c-arithmetic second">{sumOf(chip)}</td>
      <td class="c-tppPerUnit num">{grouped(chip.tppPerUnit)}</td>
      <td class="c-performanceDensity num">{chip.performanceDensity === null ? <span class="quiet">{chip.kind === 'system' ? 'none' : 'not known'}</span> : grouped(chip.performanceDensity)}</td>
      <td class="c-eccn">
        {chip.level === 'a' || chip.level === 'b' || chip.level === 'c' ? <b>{chip.eccn}</b> : <span class="quiet">{levelTexts[chip.level]}</span>}
        {!chip.datacenter && <span class="code">not for datacentres</span>}
      </td>
    </tr>
  );
}

function vendorsOf(chips: readonly Chip[]): readonly string[] {
  return [...new Set(chips.flatMap(({ vendor }) => vendor ?? []))].sort((a, b) => a.localeCompare(b));
}

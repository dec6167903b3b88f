import { useSignal } from '@preact/signals';
import { asOf } from '../../as-of.js';
import type { Report, ReportKind, ReportList } from '../../api/answers.js';
import { useRead } from '../../api/use-read.js';
import { counted, dayOf, grouped, nameAsWords, timeOf } from '../../format.js';
import type { PageProps } from '../../pages.js';
import { goTo, place } from '../../router.js';
import { cellText, parametersIn } from './report-cells.js';

/** One report: its parameters as a form that the address keeps, its rows, and the same as CSV. */
export function Page({ named }: PageProps) {
  const name = named['name'] ?? '';
  const list = useRead<ReportList>('/v1/reports');
  if (list === undefined) return <div class="lead" aria-busy="true"><h1>{name}</h1></div>;
  if ('failed' in list) return <Told title={name} text={list.failed.isPrivate ? 'Sign in to see the shipments.' : list.failed.message} />;
  const kind = list.answer.items.find((each) => each.name === name);
  if (!kind) return <Told title={`There is no report ${name}`} text={`The reports are ${list.answer.items.map((each) => each.name).join(', ')}.`} />;
  return <ReportPage kind={kind} />;
}

function Told({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div class="lead">
      <h1>{title}</h1>
      <p>{text}</p>
      <p>
        <a href="/app/obligations#reports">All reports</a>
      </p>
    </div>
  );
}

function ReportPage({ kind }: { readonly kind: ReportKind }) {
  const given = parametersIn(place.value.query, kind.parameters.map(({ name }) => name));
  const query = new URLSearchParams(given).toString();
  const report = useRead<Report>(`/v1/reports/${kind.name}${query === '' ? '' : `?${query}`}`);
  return (
    <>
      <div class="lead">
        <p>
          <a href="/app/obligations">Obligations and reports</a> <span class="quiet">/ {kind.name}</span>
        </p>
        <h1>{kind.title}</h1>
        <p>{kind.citation}</p>
        {asOf.value !== undefined && <p class="wrong">This page shows the report of now.</p>}
      </div>
      <section class="card" aria-label="Rows">
        <header>
          <h2>{report && 'answer' in report ? counted(report.answer.rows.length, 'row', 'rows') : 'Rows'}</h2>
          <a class="small" href={`/v1/reports/${kind.name}?${new URLSearchParams({ ...given, format: 'csv' }).toString()}`} download={`${kind.name}.csv`}>
            CSV
          </a>
        </header>
        <Parameters kind={kind} given={given} />
        {report === undefined && <p class="pad second">Making the report</p>}
        {report && 'failed' in report && <p class={report.failed.isPrivate ? 'pad second' : 'pad wrong'}>{report.failed.isPrivate ? 'Sign in to see the shipments.' : report.failed.message}</p>}
        {report && 'answer' in report && <Rows report={report.answer} isNarrowed={query !== ''} />}
      </section>
    </>
  );
}

/** A report may be long to make: it is made when all parameters are typed. */
function Parameters({ kind: { name: report, parameters }, given }: { readonly kind: ReportKind; readonly given: Readonly<Record<string, string>> }) {
  const typed = useSignal(given);
  const make = (event: Event): void => {
    event.preventDefault();
    const query = new URLSearchParams(Object.entries(typed.value).filter(([, value]) => value !== '')).toString();
    goTo(`/app/reports/${report}${query === '' ? '' : `?${query}`}`);
  };
  const change = (name: string, value: string): void => {
    typed.value = { ...typed.value, [name]: name === 'country' ? value.toUpperCase() : value };
  };
  return (
    <form class="filters fields" onSubmit={make}>
      {parameters.map(({ name, text }) => (
        <label key={name} title={text}>
          {nameAsWords(name)}
          <input type="text" class="field" maxLength={200} value={typed.value[name] ?? ''} onInput={(event) => change(name, event.currentTarget.value)} />
        </label>
      ))}
      <button class="button plain" type="submit">
        Make the report
      </button>
    </form>
  );
}

const rowsAtOnce = 100;

function Rows({ report: { columns, rows, position, asOf: instant }, isNarrowed }: { readonly report: Report; readonly isNarrowed: boolean }) {
  const shownMax = useSignal(rowsAtOnce);
  if (rows.length === 0) {
    return (
      <p class="pad second">
        {isNarrowed ? 'No shipment fits these parameters. Leave one out.' : 'No shipment calls for this report yet. Its rows come by themselves with the first one.'}
      </p>
    );
  }
  return (
    <>
      <div class="wide report" tabIndex={0} role="region" aria-label="Table of the report">
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" class={typeof rows[0]?.[column] === 'number' ? 'num' : undefined}>
                  {nameAsWords(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shownMax.value).map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column} class={typeof row[column] === 'number' ? 'num' : undefined}>
                    {cellText(column, row[column] ?? null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="pad second">
        {rows.length > shownMax.value && (
          <>
            {grouped(rows.length - shownMax.value)} more.{' '}
            <button class="link" onClick={() => (shownMax.value += rowsAtOnce)}>
              Show the next {rowsAtOnce}
            </button>{' '}
          </>
        )}
        Of position {grouped(Number(position))}, {dayOf(instant)}, {timeOf(Date.parse(instant))} UTC.
      </p>
    </>
  );
}

import type { ReportList } from '../../api/answers.js';
import { useRead } from '../../api/use-read.js';

/** The reports that the regulation asks for: each as a table, and to save. */
export function Reports() {
  const list = useRead<ReportList>('/v1/reports');
  return (
    <section class="card" aria-labelledby="reports">
      <header>
        <h2 id="reports">Reports</h2>
        <a class="small" href="/v1/reports">
          JSON
        </a>
      </header>
      {list === undefined && <p class="pad second">Reading the list of reports</p>}
      {list && 'failed' in list && <p class={list.failed.isPrivate ? 'pad second' : 'pad wrong'}>{list.failed.isPrivate ? 'Sign in to see the shipments.' : list.failed.message}</p>}
      {list && 'answer' in list && (
        <ul class="steps pad reports">
          {list.answer.items.map(({ name, title, citation }) => (
            <li class="plain" key={name}>
              <div>
                <a href={`/app/reports/${name}`}>{title}</a> <cite>{citation}</cite>
              </div>
              <a class="small" href={`/v1/reports/${name}?format=csv`} download={`${name}.csv`} aria-label={`CSV of ${name}`}>
                CSV
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

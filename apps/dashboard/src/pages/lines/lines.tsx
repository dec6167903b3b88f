import { position } from '../../api/ledger.js';
import { asOf } from '../../as-of.js';
import { counted } from '../../format.js';
import { place, setQuery } from '../../router.js';
import { kinds, LineTable, useLines, type Kind } from './line-table.js';

/** So many positions further the lines are read anew: those of companies have no stream of their own. */
const positionsAtOnce = 5;

/** The limits that companies have of their own. */
export function Page() {
  const given = place.value.query.get('kind');
  const kind: Kind = given === 'nveu' || given === 'uveu' ? given : 'lpp';
  const text = (place.value.query.get('q') ?? '').toLowerCase();
  const lines = useLines(kind, String(Math.floor(Number(position.value) / positionsAtOnce)));
  const shown = 'items' in lines ? lines.items.filter((line) => line.line.toLowerCase().includes(text)) : [];
  return (
    <>
      <div class="lead">
        <h1>Lines of companies</h1>
        <p>Exceptions have limits of their own: one line for each company, each year of an ultimate parent, or each country of a national end user.</p>
        {asOf.value !== undefined && <p class="wrong">This page shows the lines of now.</p>}
      </div>
      <section class="card" aria-label="Lines">
        <div class="filters">
          {(Object.keys(kinds) as Kind[]).map((each) => (
            <button key={each} class="chip" aria-pressed={each === kind} onClick={() => setQuery('kind', each === 'lpp' ? '' : each)}>
              {kinds[each]}
            </button>
          ))}
          <input type="search" class="field" placeholder="Search a company ( / )" aria-label="Search a company" value={text} onInput={(event) => setQuery('q', event.currentTarget.value)} />
        </div>
        {'reading' in lines && <p class="pad second">Reading the lines</p>}
        {'failed' in lines && <p class="pad second">{lines.failed.isPrivate ? 'Sign in to see the shipments.' : lines.failed.message}</p>}
        {'items' in lines && shown.length > 0 && <LineTable lines={shown} />}
        {'items' in lines && shown.length === 0 && (
          <p class="pad second">
            {lines.items.length > 0 ? 'No line fits the search.' : `No line of this kind has anything recorded. ${emptyTexts[kind]}`}
          </p>
        )}
        {shown.length > 0 && <p class="pad small second">{counted(shown.length, 'line', 'lines')}.</p>}
      </section>
    </>
  );
}

const emptyTexts: Readonly<Record<Kind, string>> = {
  lpp: 'The first shipment under Low Processing Performance to a consignee with a named ultimate parent makes one for the year.',
  nveu: 'Register the company and its authorisation (POST /v1/companies, POST /v1/authorisations), then ship to it.',
  uveu: 'Register the company with its declared total and its authorisation (POST /v1/companies, POST /v1/authorisations), then ship to it.',
};

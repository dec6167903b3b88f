import glossary from '../../../../../docs/glossary.md?raw';
import { countries } from '../../api/ledger.js';
import { grouped, percent } from '../../format.js';
import { place, setQuery } from '../../router.js';
import { chaptersOf, partsOf, searched } from './glossary.js';

const chapters = chaptersOf(glossary);

/** The words of the ledger and of the regulation, as docs/glossary.md has them, with an example of this ledger. */
export function Page() {
  const text = place.value.query.get('q') ?? '';
  const shown = searched(chapters, text);
  return (
    <>
      <div class="lead">
        <h1>Words</h1>
        <p>The words of the ledger and of the regulation, each in a sentence or two.</p>
        <Example />
      </div>
      <section class="card" aria-label="Words">
        <div class="filters">
          <input type="search" class="field" placeholder="Search a word ( / )" aria-label="Search a word" value={text} onInput={(event) => setQuery('q', event.currentTarget.value)} />
        </div>
        {shown.length === 0 && <p class="pad second">No word fits.</p>}
        {shown.map(({ title, words }) => (
          <div key={title} class="pad">
            <h2>{title}</h2>
            <dl class="words">
              {words.map(({ word, meaning }) => (
                <div key={word}>
                  <dt>{word}</dt>
                  <dd>
                    {partsOf(meaning).map(({ text: part, as }) => (as === 'code' ? <code key={part}>{part}</code> : as === 'em' ? <em key={part}>{part}</em> : part))}
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </section>
    </>
  );
}

/** The main words in one sentence, with the figures of the country that has used most. */
function Example() {
  const capped = [...countries.value.values()].filter(({ allocation, lastEventAt }) => allocation !== null && allocation > 0 && lastEventAt !== null);
  const [most] = capped.sort((a, b) => (b.utilization ?? 0) - (a.utilization ?? 0));
  if (most === undefined) return null;
  return (
    <p>
      For example {most.name}: of an allocation of {grouped(most.allocation ?? 0)} TPP, {grouped(most.exported)} are exported and {grouped(most.reserved)} reserved. {grouped(most.available ?? 0)} are available, and its
      utilization is {percent(most.utilization ?? 0)}: it is <a href={`/app/countries/${most.country}`}>{most.status}</a>.
    </p>
  );
}

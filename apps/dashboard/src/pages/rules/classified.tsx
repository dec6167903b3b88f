import type { Chip } from '../../api/answers.js';
import { grouped } from '../../format.js';
import { levelTexts } from './chip-rows.js';

/** What may be declared as an item by its figures. */
const controlled = /^[34]A090\.[ab]/;

/** The figures of an item and the steps that lead to its classification. */
export function Classified({ chip }: { readonly chip: Chip }) {
  return (
    <>
      <dl class="card figures">
        <div>
          <dt>TPP</dt>
          <dd>{grouped(chip.tppPerUnit)}</dd>
          <dd class="note">of one unit</dd>
        </div>
        <div>
          <dt>Performance density</dt>
          <dd>{chip.performanceDensity === null ? 'not known' : grouped(chip.performanceDensity)}</dd>
          <dd class="note">TPP per mm² of die area</dd>
        </div>
        <div>
          <dt>ECCN</dt>
          <dd>{chip.eccn}</dd>
          <dd class="note">{chip.paragraph === null ? 'by no bound of 3A090 itself' : `by ${chip.paragraph}`}</dd>
        </div>
        <div>
          <dt>Level</dt>
          <dd>{levelTexts[chip.level]}</dd>
          <dd class="note">{chip.datacenter ? 'for datacentres' : 'not for datacentres'}</dd>
        </div>
      </dl>
      <section class="card" aria-labelledby="arithmetic">
        <header>
          <h2 id="arithmetic">The arithmetic</h2>
        </header>
        <ol class="steps pad sums">
          {chip.arithmetic.map(({ text, citation }, index) => (
            <li key={text}>
              <span aria-hidden="true" class="quiet">
                {index + 1}
              </span>
              <div>
                {text} <cite>{citation}</cite>
              </div>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

/** The way to "May I ship?" for this item; none where it needs no licence or cannot be told. */
export function shipmentHref({ id, eccn, tppPerUnit }: Chip): string | undefined {
  if (id !== null) return `/app/may-i-ship?${new URLSearchParams({ chip: id }).toString()}`;
  return controlled.test(eccn) ? `/app/may-i-ship?${new URLSearchParams({ eccn, tpp: String(tppPerUnit) }).toString()}` : undefined;
}

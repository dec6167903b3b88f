import type { components } from '#client';
import { useRead } from '../../api/use-read.js';
import { grouped } from '../../format.js';

export const figures = { available: 'left to reserve', exported: 'exported', reserved: 'reserved', allocation: 'the cap' } as const;
export type Figure = keyof typeof figures;

/** The sum that a figure is, with the events of each term. */
export function ExplanationCard({ line, figure, revision, atPosition }: { readonly line: string; readonly figure: Figure; readonly revision: string; readonly atPosition: string | undefined }) {
  const at = atPosition === undefined ? '' : `&atPosition=${atPosition}`;
  const read = useRead<components['schemas']['Explanation']>(`/v1/lines/${encodeURIComponent(line)}/explanation?figure=${figure}${at}`, revision);
  return (
    <section class="card pad" aria-labelledby="explain">
      <h2 id="explain">Explain “{figures[figure]}”</h2>
      {read === undefined && <p class="second">Adding up the events</p>}
      {read && 'failed' in read && <p class="wrong">{read.failed.message}</p>}
      {read && 'answer' in read && <Sum {...read.answer} figure={figure} />}
    </section>
  );
}

function Sum({ terms, total, position, figure }: components['schemas']['Explanation'] & { readonly figure: Figure }) {
  if (total === null) return <p class="second">Nothing limits this line, so there is no such figure.</p>;
  return (
    <div class="sum">
      {terms.map(({ text, count, tpp, events }) => (
        <div key={text}>
          <span aria-hidden="true">{tpp < 0 ? '−' : ''}</span>
          <span>
            {text}
            {events !== null && (
              <>
                , <a href={events}>{grouped(count)} {count === 1 ? 'event' : 'events'}</a>
              </>
            )}
          </span>
          <span class="num">{grouped(Math.abs(tpp))}</span>
        </div>
      ))}
      <div>
        <span aria-hidden="true">=</span>
        <span>
          {figure === 'available' ? 'Left' : figures[figure].replace(/^./, (letter) => letter.toUpperCase())} at position {grouped(Number(position))}
        </span>
        <span class="num">{grouped(total)}</span>
      </div>
    </div>
  );
}

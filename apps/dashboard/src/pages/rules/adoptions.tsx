import type { RulebookSummary } from '../../api/answers.js';
import { dayOf, grouped } from '../../format.js';

/** Which rulebook was put in force when, the newest first. */
export function Adoptions({ items, shown }: { readonly items: readonly RulebookSummary[]; readonly shown: RulebookSummary }) {
  const newestFirst = [...items].sort((a, b) => Number(b.position) - Number(a.position));
  return (
    <section class="card" aria-labelledby="adoptions">
      <header>
        <h2 id="adoptions">Adoptions</h2>
        <a class="small" href="/v1/rulebooks">
          JSON
        </a>
      </header>
      <ul class="feed">
        {newestFirst.map((item) => (
          <li key={item.position}>
            <time class="quiet" dateTime={item.adoptedAt}>
              {dayOf(item.adoptedAt)}
            </time>
            <span>
              {item === shown ? <b>{nameOf(item)}</b> : <a href={`/app/rules?rulebook=${encodeURIComponent(`${item.id}/${item.version}`)}`}>{nameOf(item)}</a>}
              {item.inForce ? ', in force' : ', replaced'} <code class="xs quiet">{item.hash.slice(0, 19)}…</code>
            </span>
            <span class="quiet">position {grouped(Number(item.position))}</span>
          </li>
        ))}
      </ul>
      {items.length === 1 && (
        <p class="pad second">
          This is the first rulebook of this ledger. Another one is put in force with <code>quota rulebook adopt</code>. What was decided before keeps the rulebook of its time.
        </p>
      )}
    </section>
  );
}

function nameOf({ id, version }: RulebookSummary): string {
  return `${id} ${version}`;
}

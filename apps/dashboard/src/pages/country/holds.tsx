import { useRead } from '../../api/use-read.js';
import { ledgerNowMs } from '../../api/clock.js';
import { counted, scaled } from '../../format.js';
import { ageGroups, heldByAge, lapsingWithin, type Hold } from './hold-ages.js';

const weekMs = 7 * 86_400_000;

/** What is held, by how long it has been, for those who may see reservations. */
export function Holds({ line, revision }: { readonly line: string; readonly revision: string }) {
  const read = useRead<{ readonly items: readonly Hold[]; readonly nextCursor: string | null }>(`/v1/reservations?line=${encodeURIComponent(line)}&limit=200`, revision);
  if (read === undefined) return null;
  return (
    <section class="card pad" aria-labelledby="holds">
      <h2 id="holds">Holds by age</h2>
      {'failed' in read ? (
        <p class="second">{read.failed.isPrivate ? 'Sign in to see the shipments.' : read.failed.message}</p>
      ) : (
        <Ages holds={read.answer.items} isWhole={read.answer.nextCursor === null} />
      )}
    </section>
  );
}

function Ages({ holds, isWhole }: { readonly holds: readonly Hold[]; readonly isWhole: boolean }) {
  const nowMs = ledgerNowMs();
  const held = heldByAge(holds, nowMs);
  const most = Math.max(1, ...held);
  const soon = lapsingWithin(holds, nowMs, weekMs);
  if (held.every((tpp) => tpp === 0)) return <p class="second">Nothing is held.</p>;
  return (
    <>
      <table class="plain">
        <tbody>
          {ageGroups.map(({ text }, index) => {
            const { figure, unit } = scaled(held[index] ?? 0);
            return (
              <tr key={text}>
                <th scope="row">{text}</th>
                <td>
                  <svg viewBox="0 0 100 10" width="100" height="10" aria-hidden="true">
                    <rect width={((held[index] ?? 0) / most) * 100} height="10" fill="url(#hatch)" />
                  </svg>
                </td>
                <td class="num">
                  {figure} {unit}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="small second">
        {counted(soon, 'hold lapses', 'holds lapse')} within a week.{isWhole ? '' : ' Of the newest 200 reservations.'}
      </p>
    </>
  );
}

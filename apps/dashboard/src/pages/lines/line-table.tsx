import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { components } from '#client';
import { NotRead, read } from '../../api/read.js';
import { ShareBar } from '../../charts/share-bar.js';
import { dayOf, grouped } from '../../format.js';
import { StatusMark } from '../../status.js';

export type CompanyLine = components['schemas']['CompanyLineView'];
export const kinds = { lpp: 'Low Processing Performance', nveu: 'National validated end user', uveu: 'Universal validated end user' } as const;
export type Kind = keyof typeof kinds;

type Lines = { readonly items: readonly CompanyLine[] } | { readonly failed: NotRead } | { readonly reading: true };
const pagesMax = 25;

/** All lines of companies of a kind, page by page; anew when `revision` changes. */
export function useLines(kind: Kind, revision: string): Lines {
  const lines = useSignal<Lines>({ reading: true });
  useEffect(() => {
    const abort = new AbortController();
    void allLines(kind, abort.signal).then(
      (items) => (lines.value = { items }),
      (error: unknown) => {
        if (!abort.signal.aborted) lines.value = { failed: error instanceof NotRead ? error : new NotRead(0, String(error)) };
      },
    );
    return () => abort.abort();
  }, [kind, revision, lines]);
  return lines.value;
}

async function allLines(kind: Kind, signal: AbortSignal): Promise<readonly CompanyLine[]> {
  const items: CompanyLine[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < pagesMax && cursor !== null; page += 1) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer: { readonly items: readonly CompanyLine[]; readonly nextCursor: string | null } = await read(`/v1/lines?kind=${kind}&limit=200${query}`, signal);
    items.push(...answer.items);
    cursor = answer.nextCursor;
  }
  return items;
}

/** Lines of companies, with their shares as bars. */
export function LineTable({ lines }: { readonly lines: readonly CompanyLine[] }) {
  return (
    <table class="rows lines">
      <caption class="away">Lines of companies</caption>
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Status</th>
          <th scope="col">Exported and reserved, of the limit</th>
          <th scope="col" class="num">
            Left, TPP
          </th>
          <th scope="col">Last event</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row key={line.line} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ line }: { readonly line: CompanyLine }) {
  const { kind, holder, country, year, status, available, lastEventAt, limits = [], closedInto } = line;
  return (
    <tr>
      <td class="c-country">
        <a class="name" href={`/app/lines/${encodeURIComponent(line.line)}`}>
          {holder}
        </a>{' '}
        <span class="code">
          {kind.toUpperCase()} {country ?? year ?? ''}
        </span>
        {closedInto !== null && <p class="small quiet">closed; its survivor is {closedInto}</p>}
      </td>
      <td class="c-status">
        <StatusMark status={status} />
      </td>
      <td class="c-utilization">
        {limits.length === 0 ? (
          <ShareBar {...line} />
        ) : (
          limits.map(({ scope, limit, used }) => (
            <div key={scope}>
              <span class="xs quiet">{scope.replaceAll('-', ' ')}</span>
              <ShareBar allocation={limit} exported={used} reserved={0} utilization={limit === 0 ? null : used / limit} />
            </div>
          ))
        )}
      </td>
      <td class="num c-available">{available === null ? '–' : grouped(available)}</td>
      <td class="c-lastEventAt">{lastEventAt === null ? 'none' : dayOf(lastEventAt)}</td>
    </tr>
  );
}

import { asOf } from '../../as-of.js';
import type { AdoptedRulebook, ObligationPage } from '../../api/answers.js';
import { rulebook } from '../../api/ledger.js';
import { useEvery } from '../../api/use-every.js';
import { useRead, type Reading } from '../../api/use-read.js';
import { counted, grouped } from '../../format.js';
import { goTo, place } from '../../router.js';
import { askedObligations, listHref, obligationsPath, statuses, type AskedObligations, type Status } from './asked-obligations.js';
import { ObligationFilters } from './obligation-filters.js';
import { ObligationTable } from './obligation-table.js';
import { Reports } from './reports.js';

/** What becomes overdue becomes so by the clock. */
const rereadMs = 30_000;
/** The most that one answer of the API holds. */
const countMax = 200;
const rowsOfBoth = 25;
const rowsOfOne = 50;

type Lists = Readonly<Record<Status, Reading<ObligationPage>>>;

/** What is owed, overdue first, and the reports that the regulation asks for. */
export function Page() {
  const asked = askedObligations(place.value.query);
  const turn = useEvery(rereadMs);
  const lists: Lists = {
    overdue: useRead<ObligationPage>(obligationsPath(asked, 'overdue', countMax), turn),
    open: useRead<ObligationPage>(obligationsPath(asked, 'open', countMax), turn),
    done: useRead<ObligationPage>(obligationsPath(asked, 'done', countMax), turn),
  };
  const one = asked.status === 'owed' ? undefined : asked.status;
  const page = useRead<ObligationPage>(one && obligationsPath(asked, one, rowsOfOne, asked.cursor), turn);
  const failed = [lists.overdue, lists.open, lists.done, page].flatMap((list) => (list && 'failed' in list ? [list.failed] : []))[0];
  return (
    <>
      <Lead lists={lists} isPrivate={failed?.isPrivate === true} />
      <section class="card" aria-label="Obligations">
        <Statuses asked={asked} lists={lists} />
        <ObligationFilters asked={asked} kinds={useKinds(asked.kind)} />
        {asked.wrong.length > 0 && <p class="pad wrong">The address asks for {asked.wrong.join(', ')}, which cannot be. It is left out.</p>}
        {failed && <p class={failed.isPrivate ? 'pad second' : 'pad wrong'}>{failed.isPrivate ? 'Sign in to see the shipments.' : failed.message}</p>}
        {!failed && (one === undefined ? <Owed asked={asked} lists={lists} /> : <One asked={asked} status={one} page={page} />)}
      </section>
      <Reports />
    </>
  );
}

function Lead({ lists, isPrivate }: { readonly lists: Lists; readonly isPrivate: boolean }) {
  const [overdue, open] = [countOf(lists.overdue), countOf(lists.open)];
  const isWaiting = !isPrivate && (lists.overdue === undefined || lists.open === undefined);
  return (
    <div class="lead" aria-busy={isWaiting ? 'true' : undefined}>
      <h1>{overdue === undefined || open === undefined ? 'Obligations and reports' : newsOf(overdue, open)}</h1>
      <p>Certifications, notices, accounts and reports follow from what was exported and what is held. They are derived from the log, each with its citation.</p>
      {asOf.value !== undefined && <p class="wrong">This page shows the obligations of now.</p>}
    </div>
  );
}

interface Count {
  readonly count: number;
  /** There are more than one answer holds. */
  readonly isMore: boolean;
}

function countOf(list: Reading<ObligationPage>): Count | undefined {
  return list && 'answer' in list ? { count: list.answer.items.length, isMore: list.answer.nextCursor !== null } : undefined;
}

function said({ count, isMore }: Count): string {
  return isMore ? `more than ${grouped(count)}` : grouped(count);
}

function newsOf(overdue: Count, open: Count): string {
  if (overdue.count === 0) return open.count === 0 ? 'Nothing is owed' : `Nothing is overdue, ${said(open)} ${open.count === 1 ? 'is' : 'are'} open`;
  const noun = overdue.count === 1 ? 'obligation is' : 'obligations are';
  const text = `${said(overdue)} ${noun} overdue, ${said(open)} ${open.count === 1 ? 'is' : 'are'} open`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const words: Readonly<Record<Status | 'owed', string>> = { owed: 'Owed', overdue: 'Overdue', open: 'Open', done: 'Done' };

function Statuses({ asked, lists }: { readonly asked: AskedObligations; readonly lists: Lists }) {
  const counts: Readonly<Record<Status, Count | undefined>> = { overdue: countOf(lists.overdue), open: countOf(lists.open), done: countOf(lists.done) };
  return (
    <div class="filters">
      {(['owed', ...statuses] as const).map((status) => {
        const count = status === 'owed' ? undefined : counts[status];
        return (
          <button key={status} class="chip" aria-pressed={asked.status === status} onClick={() => goTo(listHref(asked, status))}>
            {words[status]} {count && <b>{count.isMore ? `${grouped(count.count)}+` : grouped(count.count)}</b>}
          </button>
        );
      })}
    </div>
  );
}

/** What is overdue, then what is open: the first rows of each. */
function Owed({ asked, lists }: { readonly asked: AskedObligations; readonly lists: Lists }) {
  const { overdue, open } = lists;
  if (!overdue || !open || 'failed' in overdue || 'failed' in open) return <p class="pad second">Reading the obligations</p>;
  const shown = [overdue.answer.items.slice(0, rowsOfBoth), open.answer.items.slice(0, rowsOfBoth)].flat();
  if (shown.length === 0) return <Nothing asked={asked} />;
  return (
    <>
      <ObligationTable items={shown} name={`Owed, ${counted(shown.length, 'row', 'rows')}`} />
      <p class="pad second pages">
        {overdue.answer.items.length > rowsOfBoth && <a href={listHref(asked, 'overdue')}>All that are overdue</a>}{' '}
        {open.answer.items.length > rowsOfBoth && <a href={listHref(asked, 'open')}>All that are open</a>}
      </p>
    </>
  );
}

function One({ asked, status, page }: { readonly asked: AskedObligations; readonly status: Status; readonly page: Reading<ObligationPage> }) {
  if (!page || 'failed' in page) return <p class="pad second">Reading the obligations</p>;
  const { items, nextCursor } = page.answer;
  if (items.length === 0) return <Nothing asked={asked} />;
  return (
    <>
      <ObligationTable items={items} name={`${words[status]}, ${counted(items.length, 'row', 'rows')}`} />
      <p class="pad second pages">
        {asked.cursor !== '' && <a href={listHref(asked, status)}>First page</a>} {nextCursor !== null && <a href={listHref(asked, status, nextCursor)}>Next page</a>}
      </p>
    </>
  );
}

function Nothing({ asked: { status, exporter, kind, dueBefore } }: { readonly asked: AskedObligations }) {
  if (exporter !== '' || kind !== '' || dueBefore !== '') {
    return (
      <p class="pad second">
        No obligation fits. <a href="/app/obligations">Show all that are owed</a>
      </p>
    );
  }
  if (status === 'done') {
    return (
      <p class="pad second">
        Nothing was fulfilled yet. Record it with its evidence: <code>quota obligations fulfil &lt;id&gt; --reference "letter 17"</code>
      </p>
    );
  }
  return (
    <p class="pad second">
      Nothing is {status === 'owed' ? 'owed' : status}. A shipment under Low Processing Performance or Artificial Intelligence Authorization brings the first duties:{' '}
      <a href="/app/may-i-ship">see what a shipment would bring</a>.
    </p>
  );
}

/** Kinds of the rulebook in force; one that the address names stays in the list. */
function useKinds(named: string): readonly string[] {
  const path = rulebook.value && `/v1/rulebooks/${encodeURIComponent(rulebook.value.id)}/${encodeURIComponent(rulebook.value.version)}`;
  const read = useRead<AdoptedRulebook>(path);
  const routes = read && 'answer' in read ? ((read.answer.document as { readonly routes?: Record<string, { readonly obligations: readonly { readonly kind: string }[] }> }).routes ?? {}) : {};
  const kinds = new Set(Object.values(routes).flatMap(({ obligations }) => obligations.map(({ kind }) => kind)));
  if (named !== '') kinds.add(named);
  return [...kinds].sort((a, b) => a.localeCompare(b));
}

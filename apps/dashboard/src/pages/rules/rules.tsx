import { asOf } from '../../as-of.js';
import type { AdoptedRulebook, RulebookList, RulebookSummary } from '../../api/answers.js';
import { rulebook as inForce } from '../../api/ledger.js';
import { useRead } from '../../api/use-read.js';
import { dayOf } from '../../format.js';
import { place } from '../../router.js';
import { Adoptions } from './adoptions.js';
import { Chips } from './chips.js';
import { Groups } from './groups.js';
import { Readings } from './readings.js';
import { Routes } from './routes.js';
import type { RulebookDocument } from './rulebook-document.js';
import { shownOf } from './shown-rulebook.js';
import { Thresholds } from './thresholds.js';

/** The rulebook in force, or the one that the address names, for people. */
export function Page() {
  const list = useRead<RulebookList>('/v1/rulebooks', `${inForce.value?.id ?? ''} ${inForce.value?.version ?? ''}`);
  const shown = list && 'answer' in list ? shownOf(list.answer.items, place.value.query.get('rulebook'), asOf.value?.instant) : undefined;
  const read = useRead<AdoptedRulebook>(shown && `/v1/rulebooks/${encodeURIComponent(shown.id)}/${encodeURIComponent(shown.version)}`);
  if (list && 'failed' in list) return <Told title="The rules cannot be read" text={list.failed.message} />;
  if (list && !shown) return <NoRulebook isPast={asOf.value !== undefined} />;
  if (read && 'failed' in read) return <Told title="The rules cannot be read" text={read.failed.message} />;
  const isRead = list && 'answer' in list && shown && read;
  return (
    <>
      <Lead shown={isRead ? shown : undefined} note={isRead ? (read.answer.document as RulebookDocument).note : undefined} />
      {isRead && <Rulebook document={read.answer.document} />}
      <Chips />
      {isRead && <Adoptions items={list.answer.items} shown={shown} />}
    </>
  );
}

function Lead({ shown, note }: { readonly shown: RulebookSummary | undefined; readonly note: string | undefined }) {
  if (!shown) return <div class="lead" aria-busy="true"><h1>Rules</h1></div>;
  const isFormer = !shown.inForce;
  return (
    <div class="lead">
      <h1>{shown.title}</h1>
      <p>
        Rulebook {shown.id} {shown.version}, {isFormer ? 'not in force any more, ' : ''}adopted on {dayOf(shown.adoptedAt)}. Quotas run from {dayOf(shown.period.start)} until{' '}
        {dayOf(new Date(Date.parse(shown.period.end) - 1).toISOString())}. {isFormer && <a href="/app/rules">The rulebook in force</a>}
      </p>
      {note !== undefined && <p>{note}</p>}
      <p class="of">
        {shown.citation}. <a href={`/v1/rulebooks/${shown.id}/${shown.version}`}>The whole document as JSON</a>
      </p>
      <nav class="contents" aria-label="On this page">
        <a href="#groups">Groups and caps</a>
        <a href="#thresholds">Thresholds</a>
        <a href="#routes">Routes</a>
        <a href="#readings">Readings</a>
        <a href="#chips">Chips</a>
        <a href="#adoptions">Adoptions</a>
        <a href="/app/rules/calculator">TPP calculator</a>
      </nav>
    </div>
  );
}

function Rulebook({ document }: { readonly document: RulebookDocument }) {
  return (
    <>
      <div class="split">
        <Groups document={document} />
        <Thresholds document={document} />
      </div>
      <Routes document={document} />
      <Readings document={document} />
    </>
  );
}

function NoRulebook({ isPast }: { readonly isPast: boolean }) {
  const named = place.value.query.get('rulebook');
  if (named === null && isPast) return <Told title="No rules were in force then" text="The first rulebook was adopted later. Choose a later moment, or go back to now." />;
  return <Told title="There is no such rulebook" text={`No rulebook ${named ?? ''} was ever adopted here.`} />;
}

function Told({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div class="lead">
      <h1>{title}</h1>
      <p>{text}</p>
      <p>
        <a href="/app/rules">The rulebook in force</a>
      </p>
    </div>
  );
}

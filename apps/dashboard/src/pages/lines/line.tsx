import { useSignal } from '@preact/signals';
import type { components } from '#client';
import { position } from '../../api/ledger.js';
import { useRead } from '../../api/use-read.js';
import { ShareBar } from '../../charts/share-bar.js';
import { betweenText } from '../../forecast-text.js';
import { grouped } from '../../format.js';
import type { PageProps } from '../../pages.js';
import { StatusMark } from '../../status.js';
import { Events } from '../country/events.js';
import { ExplanationCard, figures, type Figure } from '../country/explanation.js';
import { kinds, LineTable, type CompanyLine, type Kind } from './line-table.js';

const reasons: Readonly<Record<string, string>> = {
  'no-cap': 'nothing limits it',
  'not-used': 'nothing was recorded yet',
  'too-few-events': 'fewer than 10 debits in 90 days',
  'not-in-period': 'not before the end of the period',
};

/** One line of a company. */
export function Page({ named }: PageProps) {
  const line = named['line'] ?? '';
  const revision = position.value;
  const read = useRead<CompanyLine>(`/v1/lines/${encodeURIComponent(line)}`, revision);
  const forecast = useRead<components['schemas']['Forecast']>(read && 'answer' in read ? `/v1/lines/${encodeURIComponent(line)}/forecast` : undefined, revision);
  const figure = useSignal<Figure>('available');
  if (read === undefined) return <Lead line={line} isWaiting text="" />;
  if ('failed' in read) return <Lead line={line} isWaiting={read.failed.mayPass} text={read.failed.isPrivate ? 'Sign in to see this line.' : read.failed.message} />;
  const view = read.answer;
  const outlook = forecast && 'answer' in forecast ? forecast.answer : undefined;
  return (
    <>
      <div class="lead">
        <p>
          <a href={`/app/lines?kind=${view.kind}`}>Lines</a> <span class="quiet">/ {line}</span>
        </p>
        <h1>
          {view.holder} <span class="code">{view.country ?? view.year ?? ''}</span> <StatusMark status={view.status} />
        </h1>
        <p>
          {kinds[view.kind as Kind]}.{' '}
          {outlook && (outlook.exhaustedOn === null ? `When it is used up: ${reasons[outlook.reason ?? ''] ?? ''}.` : `At the rate of the last 90 days it is used up ${betweenText(outlook.exhaustedOn)}.`)}
        </p>
      </div>
      <dl class="card figures">
        {(Object.keys(figures) as Figure[]).map((name) => (
          <div key={name}>
            <dt>{figures[name].replace(/^./, (letter) => letter.toUpperCase())}</dt>
            <dd>
              <button class="why" title="Explain this figure" onClick={() => (figure.value = name)}>
                {view[name] === null ? 'none' : grouped(view[name])}
              </button>
            </dd>
            <dd class="note">TPP</dd>
          </div>
        ))}
      </dl>
      {view.limits === undefined || view.limits.length === 0 ? (
        <section class="card pad" aria-label="Use of the limit">
          <ShareBar {...view} />
        </section>
      ) : (
        <section class="card" aria-label="Shares">
          <LineTable lines={[view]} />
        </section>
      )}
      <div class="split">
        <Events line={line} revision={revision} />
        <ExplanationCard line={line} figure={figure.value} revision={revision} atPosition={undefined} />
      </div>
    </>
  );
}

function Lead({ line, isWaiting, text }: { readonly line: string; readonly isWaiting: boolean; readonly text: string }) {
  return (
    <div class="lead" aria-busy={isWaiting || undefined}>
      <h1>{line}</h1>
      <p>
        {text} {!isWaiting && <a href="/app/lines">All lines</a>}
      </p>
    </div>
  );
}

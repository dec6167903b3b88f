import { useSignal } from '@preact/signals';
import type { Alert, AlertPage, CountryHistory, CountryView } from '../../api/answers.js';
import { asOf } from '../../as-of.js';
import { countries, isLoaded, openAlerts, problem, rulebook } from '../../api/ledger.js';
import { past } from '../../api/past.js';
import { useRead } from '../../api/use-read.js';
import { BurnDownChart } from '../../charts/burn-down-chart.js';
import { betweenText, periodEnd, spanText } from '../../forecast-text.js';
import { counted, dayOf, grouped, percent, scaled } from '../../format.js';
import type { PageProps } from '../../pages.js';
import { place, setQuery } from '../../router.js';
import { StatusMark } from '../../status.js';
import { AlertList } from '../alerts/alert-list.js';
import { begun, inSentence } from '../overview/news.js';
import { LineTable, useLines } from '../lines/line-table.js';
import { Events } from './events.js';
import { ExplanationCard, type Figure } from './explanation.js';
import { Holds } from './holds.js';
import { roomFor, type Chip } from './room.js';

/** That of the quotas. */
const period = { from: '2025-01-01', to: periodEnd } as const;
const dayMs = 86_400_000;

export function Page({ named }: PageProps) {
  const code = (named['code'] ?? '').toUpperCase();
  const view = countries.value.get(code);
  if (!isLoaded.value) {
    return (
      <div class="lead" aria-busy="true">
        <h1>{code}</h1>
        <p>{problem.value}</p>
      </div>
    );
  }
  if (!view) {
    return (
      <div class="lead">
        <h1>There is no country {code}</h1>
        <p>
          A country is named by its two letters, as AE. <a href="/?show=all">All countries</a>
        </p>
      </div>
    );
  }
  return <CountryPage view={view} />;
}

function CountryPage({ view }: { readonly view: CountryView }) {
  const { country, line } = view;
  const revision = `${view.lastEventAt ?? ''} ${view.reserved} ${view.exported} ${view.allocation ?? ''}`;
  const figure = useSignal<Figure>('available');
  const chips = useRead<{ readonly items: readonly Chip[] }>('/v1/chips');
  const rooms = view.available !== null && view.available > 0 && chips && 'answer' in chips ? roomFor(view.available, chips.answer.items) : [];
  const then = asOf.value;
  const atPosition = then === undefined || past.value.position === '' ? undefined : past.value.position;
  return (
    <>
      <div class="lead">
        <p>
          <a href="/">Countries</a> <span class="quiet">/ {view.name}</span>
        </p>
        <h1>
          {view.name} <span class="code">{country}</span> <StatusMark status={view.status} />
        </h1>
        <Sentence view={view} room={rooms[0]} />
      </div>
      <Figures view={view} explain={(of) => (figure.value = of)} />
      <div class="split">
        <Chart view={view} revision={revision} />
        <div class="stack">
          <Room view={view} rooms={rooms} />
          <ExplanationCard line={line} figure={figure.value} revision={revision} atPosition={atPosition} />
        </div>
      </div>
      <div class="split">
        <Events line={line} revision={revision} {...(atPosition !== undefined && { untilPosition: atPosition })} />
        <div class="stack">
          {then === undefined && <Holds line={line} revision={revision} />}
          <StatusHistory view={view} />
          <Rule view={view} />
        </div>
      </div>
      <CompanyLines country={country} revision={revision} />
    </>
  );
}

function Sentence({ view, room }: { readonly view: CountryView; readonly room: { readonly chip: string; readonly count: number } | undefined }) {
  const { name, available, allocation, status, exhaustedSince, forecast } = view;
  const place = begun(inSentence(name));
  if (allocation === null) return <p>No cap limits exports to {inSentence(name)}: they are counted.</p>;
  if (status === 'no-allocation') return <p>{place} has no allocation.</p>;
  const left = scaled(Math.max(0, available ?? 0));
  const whole = scaled(allocation);
  return (
    <p>
      {(available ?? 0) <= 0 ? `Nothing is left of ${whole.figure} ${whole.unit} TPP${exhaustedSince === null ? '' : ` since ${dayOf(exhaustedSince)}`}.` : `${left.figure} ${left.unit} TPP are left of ${whole.figure} ${whole.unit}${room ? `: room for ${grouped(room.count)} ${room.chip}` : ''}.`}{' '}
      {status === 'suspended' && 'The country is suspended: nothing new is reserved. '}
      {status !== 'exhausted' && forecast?.exhaustedOn && (
        <>
          At the rate of the last 90 days it is used up <b>{betweenText(forecast.exhaustedOn)}</b>, about {spanText(forecast.exhaustedOn.expected, periodEnd)} before the period ends.
        </>
      )}
    </p>
  );
}

function Figures({ view, explain }: { readonly view: CountryView; readonly explain: (figure: Figure) => void }) {
  const { allocation, exported, reserved, available, exports, openReservations, refusals } = view;
  const share = (tpp: number): string => (allocation === null || allocation === 0 ? '' : `${percent(tpp / allocation)} of the cap, `);
  const figures: readonly { readonly name: Figure; readonly head: string; readonly tpp: number | null; readonly note: string }[] = [
    { name: 'available', head: 'Left to reserve', tpp: available, note: available === null ? 'nothing limits it' : `${share(available)}${counted(refusals, 'request', 'requests')} refused` },
    { name: 'exported', head: 'Exported', tpp: exported, note: `${share(exported)}${counted(exports, 'export', 'exports')}` },
    { name: 'reserved', head: 'Reserved', tpp: reserved, note: `${share(reserved)}${counted(openReservations, 'reservation', 'reservations')}` },
    { name: 'allocation', head: 'Cap', tpp: allocation, note: 'TPP, cumulative to the end of 2027' },
  ];
  return (
    <dl class="card figures">
      {figures.map(({ name, head, tpp, note }) => (
        <div key={name}>
          <dt>
            {name === 'exported' && <i class="swatch solid" />}
            {name === 'reserved' && (
              <svg width="10" height="10" aria-hidden="true">
                <rect width="10" height="10" rx="2" fill="url(#hatch)" />
              </svg>
            )}
            {head}
          </dt>
          <dd>
            <button class="why" title="Explain this figure" onClick={() => explain(name)}>
              {tpp === null ? 'none' : grouped(tpp)}
            </button>
          </dd>
          <dd class="note">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

function Chart({ view, revision }: { readonly view: CountryView; readonly revision: string }) {
  const to = asOf.value === undefined ? '' : `&to=${asOf.value.instant.slice(0, 10)}`;
  const isBefore = asOf.value !== undefined && asOf.value.instant.slice(0, 10) < period.from;
  const history = useRead<CountryHistory>(isBefore ? undefined : `/v1/countries/${view.country}/history?interval=day${to}`, revision);
  const isWhole = place.value.query.get('range') !== '90';
  const points = history && 'answer' in history ? history.answer.points : [];
  const last = points.at(-1)?.date ?? period.from;
  const shift = (days: number): string => new Date(Date.parse(last) + days * dayMs).toISOString().slice(0, 10);
  const range = isWhole ? period : { from: shift(-90), to: shift(90) < period.to ? shift(90) : period.to };
  return (
    <section class="card" aria-labelledby="use">
      <header>
        <h2 id="use">{view.allocation === null ? 'What was used' : 'What was left, and when it ends'}</h2>
        <span class="small tools">
          <button class="link" aria-pressed={!isWhole} onClick={() => setQuery('range', '90')}>
            90 days
          </button>
          <button class="link" aria-pressed={isWhole} onClick={() => setQuery('range', '')}>
            Whole period
          </button>
        </span>
      </header>
      <div class="pad">
        {points.length > 0 && <BurnDownChart days={points} period={period} range={range} expected={view.status === 'exhausted' ? null : (view.forecast?.exhaustedOn ?? null)} name={view.name} />}
        {isBefore && <p class="second">The period of the quotas begins on {dayOf(period.from)}: there is nothing to draw before it.</p>}
        {history && 'failed' in history && <p class="wrong">{history.failed.message}</p>}
        <p class="small second">
          {view.allocation === null
            ? 'Area: exported. Hatched on top: reserved.'
            : 'Area: left to reserve. Hatched on top: reserved, not yet exported. Dotted: even use until the end of the period. Red: eight of ten futures, drawn from weeks of the last 90 days, reach nothing there. '}
          {view.burnPerDay && view.pace !== undefined && view.pace !== null && ` ${grouped(Math.round(view.burnPerDay.d90))} TPP a day over 90 days, ${grouped(Math.round(view.burnPerDay.d30))} over 30; pace ${view.pace.toFixed(2)}.`}
        </p>
      </div>
    </section>
  );
}

function Room({ view, rooms }: { readonly view: CountryView; readonly rooms: readonly { readonly chip: string; readonly count: number; readonly id: string; readonly tppPerUnit: number }[] }) {
  if (view.allocation === null || view.status === 'no-allocation') return null;
  return (
    <section class="card pad" aria-labelledby="fits">
      <h2 id="fits">What still fits</h2>
      {rooms.length === 0 && <p class="second">Nothing.</p>}
      <div class="sum">
        {rooms.map(({ chip, count, tppPerUnit }) => (
          <p key={chip} class="pair">
            <span>
              {chip} <span class="quiet">{grouped(tppPerUnit)} TPP each</span>
            </span>
            <b class="num">{grouped(count)}</b>
          </p>
        ))}
      </div>
      {rooms[0] && (
        <p>
          <a class="button" href={`/app/may-i-ship?to=${view.country}&chip=${rooms[0].id}&quantity=1`}>
            May I ship this?
          </a>
        </p>
      )}
    </section>
  );
}

/** Every alert of the country, open and closed. */
function StatusHistory({ view }: { readonly view: CountryView }) {
  const read = useRead<AlertPage>(`/v1/alerts?country=${view.country}`, `${view.status} ${openAlerts.value.length}`);
  const untilMs = asOf.value === undefined ? Infinity : Date.parse(asOf.value.instant);
  const alerts: readonly Alert[] = read && 'answer' in read ? read.answer.items.filter(({ raisedAt }) => Date.parse(raisedAt) <= untilMs) : [];
  return (
    <section class="card" aria-labelledby="alerts">
      <header>
        <h2 id="alerts">Status history</h2>
        <a class="small" href={`/v1/alerts.atom?country=${view.country}`}>
          Feed
        </a>
      </header>
      {read && 'failed' in read ? <p class="pad wrong">{read.failed.message}</p> : <AlertList alerts={alerts.slice(0, 12)} none="The country has crossed no threshold." isOfOne />}
    </section>
  );
}

function CompanyLines({ country, revision }: { readonly country: string; readonly revision: string }) {
  const lines = useLines('nveu', revision);
  if (!('items' in lines)) return null;
  const here = lines.items.filter((line) => line.country === country);
  if (here.length === 0) return null;
  return (
    <section class="card" aria-labelledby="lines">
      <header>
        <h2 id="lines">Lines of validated end users in this country</h2>
        <a class="small" href="/app/lines">
          All lines
        </a>
      </header>
      <LineTable lines={here} />
    </section>
  );
}

const groupTexts: Readonly<Record<string, string>> = {
  allocation: 'The country has a TPP allocation of its own, cumulative from 2025 to the end of 2027. Licences draw on it.',
  partner: 'The country is a partner (Supplement No. 5 to part 740): no allocation limits it. Exports are counted.',
  embargoed: 'The country is in Country Group D:5 or is Macau: it has no allocation, and licences are presumed denied.',
  home: 'Nothing that stays in the United States is an export.',
};

function Rule({ view: { group } }: { readonly view: CountryView }) {
  return (
    <section class="card pad" aria-labelledby="rule">
      <h2 id="rule">The rule</h2>
      <p class="second">{groupTexts[group] ?? ''}</p>
      <p class="small">
        90 FR 4544; 15 CFR 742.6(b)(10).{' '}
        {rulebook.value && (
          <a href={`/v1/rulebooks/${rulebook.value.id}/${rulebook.value.version}`}>
            {rulebook.value.id} {rulebook.value.version}
          </a>
        )}
      </p>
    </section>
  );
}

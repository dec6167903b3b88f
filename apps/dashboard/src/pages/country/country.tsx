import { BurnDownChart } from '../../charts/burn-down-chart.js';
import { countries, isLoaded, openAlerts, rulebook } from '../../api/ledger.js';
import type { CountryHistory, CountryView } from '../../api/answers.js';
import { useRead } from '../../api/use-read.js';
import { counted, grouped, listed, percent } from '../../format.js';
import type { PageProps } from '../../pages.js';
import { StatusMark } from '../../status.js';
import { AlertList } from '../alerts/alert-list.js';
import { inSentence } from '../overview/news.js';
import { Events } from './events.js';
import { roomFor, type Chip } from './room.js';

/** That of the quotas. */
const period = { from: '2025-01-01', to: '2027-12-31' } as const;

export function Page({ named }: PageProps) {
  const code = (named['code'] ?? '').toUpperCase();
  const view = countries.value.get(code);
  if (!isLoaded.value) return <div class="lead" aria-busy="true"><h1>{code}</h1></div>;
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
  const { country, name } = view;
  const revision = `${view.lastEventAt ?? ''} ${view.reserved} ${view.exported} ${view.allocation ?? ''}`;
  const history = useRead<CountryHistory>(`/v1/countries/${country}/history?interval=day`, revision);
  const chips = useRead<{ readonly items: readonly Chip[] }>('/v1/chips', '');
  const alerts = openAlerts.value.filter((alert) => alert.country === country);
  return (
    <>
      <div class="lead">
        <p>
          <a href="/">Overview</a> <span class="quiet">/ {country}</span>
        </p>
        <h1>{sentenceOf(view)}</h1>
        <p>
          <StatusMark status={view.status} />
        </p>
        {view.available !== null && chips && 'answer' in chips && <Room available={view.available} chips={chips.answer.items} />}
      </div>
      <Figures view={view} />
      <section class="card" aria-labelledby="use">
        <header>
          <h2 id="use">Use of the cap</h2>
        </header>
        <div class="pad">
          {history && 'answer' in history && <BurnDownChart days={history.answer.points} period={period} name={name} />}
          {history && 'failed' in history && <p class="wrong">{history.failed.message}</p>}
          <p class="small second">
          </p>
        </div>
      </section>
      <div class="split">
        <Events country={country} revision={revision} />
        <div class="stack">
          <section class="card" aria-labelledby="alerts">
            <header>
              <h2 id="alerts">Open alerts</h2>
            </header>
            <AlertList alerts={alerts} none="No alert is open." />
          </section>
          <Rule view={view} />
        </div>
      </div>
    </>
  );
}

function sentenceOf({ name, available, allocation, status }: CountryView): string {
  const place = inSentence(name);
  const begun = place.charAt(0).toUpperCase() + place.slice(1);
  if (allocation === null) return status === 'no-cap' ? `${begun}: exports are counted, no cap limits them` : `${begun} has no allocation`;
  if (status === 'suspended') return `${begun} is suspended`;
  if (available === null || available <= 0) return `${begun} has nothing left`;
  return `${begun} has ${percent(available / allocation)} of its cap left`;
}

function Room({ available, chips }: { readonly available: number; readonly chips: readonly Chip[] }) {
  const rooms = roomFor(available, chips);
  if (rooms.length === 0) return null;
  return <p>Room for {listed(rooms.map(({ chip, count }) => `${grouped(count)} ${chip}`)).replace(/ and (?!.* and )/, ' or ')}.</p>;
}

function Figures({ view: { allocation, exported, reserved, available, exports, openReservations, refusals } }: { readonly view: CountryView }) {
  const share = (tpp: number): string => (allocation === null || allocation === 0 ? 'no cap' : `${percent(tpp / allocation)} of the cap`);
  const shown = (tpp: number | null): string => (tpp === null ? 'none' : grouped(tpp));
  return (
    <dl class="card figures">
      <div>
        <dt>Cap</dt>
        <dd>{shown(allocation)}</dd>
        <dd class="note">TPP, cumulative to the end of 2027</dd>
      </div>
      <div>
        <dt>Exported</dt>
        <dd>{shown(exported)}</dd>
        <dd class="note">
          {share(exported)}, {counted(exports, 'export', 'exports')}
        </dd>
      </div>
      <div>
        <dt>Reserved</dt>
        <dd>{shown(reserved)}</dd>
        <dd class="note">
          {share(reserved)}, {counted(openReservations, 'reservation', 'reservations')}
        </dd>
      </div>
      <div>
        <dt>Left</dt>
        <dd>{shown(available)}</dd>
        <dd class="note">
          {available === null ? 'nothing limits it' : share(available)}, {grouped(refusals)} refused
        </dd>
      </div>
    </dl>
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
        90 FR 4544; 15 CFR 748, Supplement No. 12.{' '}
        {rulebook.value && (
          <a href={`/v1/rulebooks/${rulebook.value.id}/${rulebook.value.version}`}>
            {rulebook.value.id} {rulebook.value.version}
          </a>
        )}
      </p>
    </section>
  );
}

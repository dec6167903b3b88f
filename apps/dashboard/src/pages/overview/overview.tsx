import { asOf, shownMs } from '../../as-of.js';
import { countries, isLoaded, openAlerts, problem, rulebook } from '../../api/ledger.js';
import type { CountryView } from '../../api/answers.js';
import { intervalText } from '../../forecast-text.js';
import { counted, grouped, scaled } from '../../format.js';
import { AlertList } from '../alerts/alert-list.js';
import { CountryTable } from './country-table.js';
import { FirstSteps } from './first-steps.js';
import { isUsed, newsOf, runningOut } from './news.js';

export function Page() {
  if (!isLoaded.value) return <Waiting />;
  const views = [...countries.value.values()];
  const { headline, rest } = newsOf(views, shownMs());
  return (
    <>
      <div class="lead">
        <h1>{headline}</h1>
        <p>{rest}</p>
        <p class="of">
          TPP that may go to each destination, cumulative from 2025 to 31 December 2027. Rule{' '}
          {rulebook.value && (
            <a href={`/v1/rulebooks/${rulebook.value.id}/${rulebook.value.version}`}>
              {rulebook.value.id} {rulebook.value.version}
            </a>
          )}
          .
        </p>
      </div>
      {views.some(isUsed) ? <Tiles views={views} /> : <FirstSteps />}
      <div class="split roomy">
        <CountryTable views={views} />
        <section class="card" aria-labelledby="alerts">
          <header>
            <h2 id="alerts">Open alerts</h2>
            <a class="small" href="/app/alerts">
              {openAlerts.value.length > 8 ? `All ${openAlerts.value.length}` : 'All alerts'}
            </a>
          </header>
          {asOf.value === undefined ? (
            <AlertList alerts={openAlerts.value.slice(0, 8)} none="No alert is open." />
          ) : (
            <p class="pad second">
              Which alerts were open then: <a href="/app/alerts?state=all">all alerts by day</a>.
            </p>
          )}
        </section>
      </div>
    </>
  );
}

/** The shape of what comes. */
function Waiting() {
  return (
    <div class="lead" aria-busy="true">
      <h1>{problem.value === undefined ? 'Reading the ledger' : 'The ledger cannot be read'}</h1>
      <p>{problem.value ?? 'The figures of all countries come in a moment.'}</p>
    </div>
  );
}

function Tiles({ views }: { readonly views: readonly CountryView[] }) {
  const capped = views.filter(({ allocation }) => allocation !== null && allocation > 0);
  const having = (status: CountryView['status']): number => views.filter((view) => view.status === status).length;
  const [exhausted, critical, watch] = [having('exhausted'), having('critical'), having('watch')];
  const [next] = runningOut(views);
  const sum = (of: (view: CountryView) => number): number => views.reduce((total, view) => total + of(view), 0);
  const month = sum(({ burnPerDay }) => (burnPerDay?.d30 ?? 0) * 30);
  const usual = sum(({ burnPerDay }) => (burnPerDay?.d90 ?? 0) * 30);
  const [lately, committed, held] = [month, sum(({ exported, reserved }) => exported + reserved), sum(({ reserved }) => reserved)].map(scaled);
  return (
    <dl class="tiles">
      <Tile name="Need attention" figure={grouped(exhausted + critical + watch)} unit={`of ${grouped(capped.length)}`}>
        {exhausted} exhausted, {critical} critical, {watch} watched
      </Tile>
      <Tile name="Next to run out" figure={next?.name ?? 'None'} unit="">
        {next?.forecast?.exhaustedOn ? `${intervalText(next.forecast.exhaustedOn)}, 80 % sure` : 'No country is expected to run out before the end of the period'}
      </Tile>
      <Tile name="Committed in the last 30 days" figure={lately?.figure ?? ''} unit={`${lately?.unit ?? ''} TPP`}>
        {usual > 0 ? `${(month / usual).toFixed(1)} × the mean of 90 days; ` : ''}
        {committed?.figure} {committed?.unit} TPP since 2025
      </Tile>
      <Tile name="Held, not yet exported" figure={held?.figure ?? ''} unit={`${held?.unit ?? ''} TPP`}>
        {counted(sum(({ openReservations }) => openReservations), 'reservation', 'reservations')}
      </Tile>
    </dl>
  );
}

function Tile({ name, figure, unit, children }: { readonly name: string; readonly figure: string; readonly unit: string; readonly children: unknown }) {
  return (
    <div class="card tile">
      <dt>{name}</dt>
      <dd class="big">
        {figure} <small>{unit}</small>
      </dd>
      <dd class="small second">{children as string}</dd>
    </div>
  );
}

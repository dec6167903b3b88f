import { dayOf, grouped, nameAsWords } from '../../format.js';
import { namedRoutes, routeOrder, type Figure, type Route, type RulebookDocument } from './rulebook-document.js';
import { routeTexts, type RouteText } from './route-texts.js';

/** The routes in the order in which the ledger tries them. */
export function Routes({ document: { routes } }: { readonly document: RulebookDocument }) {
  return (
    <section class="card" aria-labelledby="routes">
      <header>
        <h2 id="routes">Routes, in the order in which they are tried</h2>
      </header>
      <p class="pad second">
        What needs no licence goes out freely. For everything else the first route that applies is taken, unless a shipment asks for another one.{' '}
        <a href="/app/may-i-ship">Ask for a shipment</a>
      </p>
      <ol class="routes">
        {routeOrder.map((key) => (
          <RouteItem key={key} id={key} route={routes?.[key]} text={routeTexts[key]} />
        ))}
      </ol>
      <h3 class="pad">Only if a shipment asks for it by name</h3>
      <ul class="routes">
        {namedRoutes.map((key) => (
          <RouteItem key={key} id={key} route={routes?.[key]} text={routeTexts[key]} />
        ))}
      </ul>
    </section>
  );
}

function RouteItem({ id, route, text }: { readonly id: string; readonly route: Route | undefined; readonly text: RouteText }) {
  if (!route) {
    return (
      <li>
        <div>
          <b>{id.toUpperCase()}</b> <span class="quiet">is not in this rulebook.</span>
        </div>
      </li>
    );
  }
  return (
    <li>
      <div>
        <b>{route.name}</b>
        <span class="code">{id}</span> {!route.enabled && <span class="wrong">switched off</span>}
      </div>
      <p>{text.serves}</p>
      <p>
        <span class="quiet">Debits:</span> {text.debits}
      </p>
      {text.needs !== undefined && (
        <p>
          <span class="quiet">Needs to know:</span> {text.needs}
        </p>
      )}
      <Limits route={route} />
      {route.obligations.length > 0 && (
        <details>
          <summary>
            What one owes ({route.obligations.length})
          </summary>
          <ul class="owed">
            {route.obligations.map(({ kind, text: duty, citation }) => (
              <li key={kind}>
                {duty} <cite>{citation}</cite>
              </li>
            ))}
          </ul>
        </details>
      )}
      <cite>{route.citation}</cite>
    </li>
  );
}

function Limits({ route: { parameters, ineligibleEccns, eligibleEccns, eligibleGroups, schedule } }: { readonly route: Route }) {
  const figures = Object.entries(parameters);
  return (
    <>
      {figures.map(([name, figure]) => (
        <FigureLine key={name} name={name} figure={figure} />
      ))}
      {ineligibleEccns && <p><span class="quiet">Not for:</span> {ineligibleEccns.join(', ')}</p>}
      {eligibleEccns && <p><span class="quiet">Only for:</span> {eligibleEccns.join(', ')}</p>}
      {eligibleGroups && <p><span class="quiet">Country Groups:</span> {eligibleGroups.join(', ')}</p>}
      {schedule && (
        <details>
          <summary>What each quarter permits</summary>
          <ul class="owed">
            {schedule.map(({ name, from, tpp, citation }) => (
              <li key={name}>
                {name}, from {dayOf(from)} on: {grouped(tpp)} TPP <cite>{citation}</cite>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function FigureLine({ name, figure: { value, unit, citation } }: { readonly name: string; readonly figure: Figure }) {
  return (
    <p>
      <span class="quiet">{nameAsWords(name)}:</span> {grouped(value)} {unit} <cite>{citation}</cite>
    </p>
  );
}

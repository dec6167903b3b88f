import topology from 'world-atlas/countries-110m.json' with { type: 'json' };
import { countries, isLoaded, problem } from '../../api/ledger.js';
import type { CountryView } from '../../api/answers.js';
import { counted, percent } from '../../format.js';
import { goTo, place, setQuery } from '../../router.js';
import { shownStatus, StatusMark, StatusShape } from '../../status.js';
import { isUsed } from '../overview/news.js';
import { mapHeight, mapWidth, placeOf, shapesOf, type Atlas, type Point } from './atlas.js';
import points from './points.json' with { type: 'json' };

const shapes = shapesOf(topology as unknown as Atlas);
/** The statuses that are labelled where the country is. */
const labelled: readonly CountryView['status'][] = ['exhausted', 'critical', 'watch', 'suspended'];

/** The same data as the table of countries, by place. */
export function Page() {
  if (!isLoaded.value) {
    return (
      <div class="lead" aria-busy="true">
        <h1>Where</h1>
        <p>{problem.value}</p>
      </div>
    );
  }
  const isTiles = place.value.query.get('view') === 'tiles';
  const used = [...countries.value.values()].filter(isUsed).sort((a, b) => (b.utilization ?? -1) - (a.utilization ?? -1) || a.name.localeCompare(b.name));
  const near = used.filter(({ status }) => labelled.includes(status));
  return (
    <>
      <div class="lead">
        <h1>Where</h1>
        <p>{near.length === 0 ? 'No country is close to its cap.' : `${counted(near.length, 'country is', 'countries are')} close to the cap, exhausted or suspended.`} The colour is the status; countries close to their cap have its shape as well.</p>
      </div>
      <section class="card" aria-label="Map">
        <div class="filters">
          <button class="chip" aria-pressed={!isTiles} onClick={() => setQuery('view', '')}>
            Map
          </button>
          <button class="chip" aria-pressed={isTiles} onClick={() => setQuery('view', 'tiles')}>
            Tiles
          </button>
        </div>
        {isTiles ? <Tiles views={used} /> : <World />}
      </section>
      <section class="card" aria-labelledby="same">
        <header>
          <h2 id="same">The same as a table</h2>
          <a class="small" href="/">
            With all figures
          </a>
        </header>
        {used.length === 0 && <p class="pad second">Nothing has been reserved or exported yet.</p>}
        {used.length > 0 && (
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Country</th>
                <th scope="col">Status</th>
                <th scope="col" class="num">
                  Used
                </th>
              </tr>
            </thead>
            <tbody>
              {used.map((view) => (
                <tr key={view.country}>
                  <td>
                    <a class="name" href={`/app/countries/${view.country}`}>
                      {view.name}
                    </a>
                    <span class="code">{view.country}</span>
                  </td>
                  <td>
                    <StatusMark status={view.status} />
                  </td>
                  <td class="num">{view.utilization === null ? '–' : percent(view.utilization)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

/** For the eye and the pointer; the table below is for all. */
function World() {
  const all = countries.value;
  const open = (code: string | undefined) => (code !== undefined && all.has(code) ? () => goTo(`/app/countries/${code}`) : undefined);
  const label = (code: string | undefined): string => {
    const view = code === undefined ? undefined : all.get(code);
    return view === undefined ? '' : `${view.name}: ${shownStatus[view.status].word}${view.utilization === null ? '' : `, ${percent(view.utilization)} used`}`;
  };
  const marks = [...shapes.map(({ code, at }) => ({ code, at })), ...(points as unknown as readonly Point[]).map((point) => ({ code: point.code, at: placeOf(point) }))].filter(({ code }) => labelled.includes(all.get(code ?? '')?.status ?? 'open'));
  return (
    <div class="pad world">
      <svg viewBox={`0 0 ${mapWidth} ${mapHeight}`} aria-hidden="true">
        {shapes.map(({ code, path }) => (
          <path key={path} d={path} class={`land ${fillOf(all.get(code ?? ''))}`} onClick={open(code)}>
            <title>{label(code)}</title>
          </path>
        ))}
        {(points as unknown as readonly Point[]).map((point) => {
          const [x, y] = placeOf(point);
          return (
            <circle key={point.code} cx={x} cy={y} r="2.6" class={`land ${fillOf(all.get(point.code))}`} onClick={open(point.code)}>
              <title>{label(point.code)}</title>
            </circle>
          );
        })}
        {marks.map(({ code = '', at: [x, y] }) => {
          const { path, colour } = shownStatus[all.get(code)?.status ?? 'open'];
          return (
            <g key={code} class={`mark s-${colour}`} transform={`translate(${x - 6} ${y - 6})`}>
              <path d={path} fill="currentColor" fill-rule="evenodd" stroke="var(--paper)" stroke-width="1.5" paint-order="stroke" />
              <text x="15" y="10">
                {code}
              </text>
            </g>
          );
        })}
      </svg>
      <p class="small second">Blue-grey: partners, no cap. Grey: no allocation. Dots are places too small to draw. Click on a country to open it.</p>
    </div>
  );
}

function fillOf(view: CountryView | undefined): string {
  if (view === undefined) return 'm-none';
  return view.status === 'no-cap' ? 'm-partner' : view.status === 'no-allocation' ? 'm-embargo' : `m-${view.status}`;
}

function Tiles({ views }: { readonly views: readonly CountryView[] }) {
  return (
    <ul class="grid-tiles">
      {views.map((view) => (
        <li key={view.country}>
          <a href={`/app/countries/${view.country}`} title={`${view.name}: ${shownStatus[view.status].word}`} class={`s-${shownStatus[view.status].colour} tag`}>
            <b>{view.country}</b>
            <StatusShape status={view.status} />
            <span>{view.utilization === null ? '–' : percent(view.utilization)}</span>
            <span class="away">{`${view.name}, ${shownStatus[view.status].word}`}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

import type { Chip, Country } from '../../api/answers.js';
import { countries, rulebook } from '../../api/ledger.js';
import { useRead } from '../../api/use-read.js';
import { grouped } from '../../format.js';
import type { PageProps } from '../../pages.js';
import { place, setQuery } from '../../router.js';
import { nameOf } from './chip-rows.js';
import { Classified, shipmentHref } from './classified.js';
import { addressOf, isDecimal } from './described.js';

/** One chip or system with its arithmetic, step by step. */
export function Page({ named }: PageProps) {
  const id = named['id'] ?? '';
  const area = place.value.query.get('dieAreaMm2') ?? '';
  const path = `/v1/chips/${encodeURIComponent(id)}`;
  const revision = `${rulebook.value?.id ?? ''} ${rulebook.value?.version ?? ''}`;
  const catalogued = useRead<Chip>(path, revision);
  const measured = useRead<Chip>(isDecimal(area) ? `${path}?dieAreaMm2=${area}` : undefined, revision);
  if (catalogued === undefined) return <div class="lead" aria-busy="true"><h1>{id}</h1></div>;
  if ('failed' in catalogued) return <NotRead id={id} isUnknown={catalogued.failed.status === 404} message={catalogued.failed.message} />;
  const chip = measured && 'answer' in measured ? measured.answer : catalogued.answer;
  return (
    <>
      <Lead chip={chip} />
      {catalogued.answer.level === 'unknown' && (
        <DieArea value={area} wrong={area !== '' && !isDecimal(area) ? 'A die area is a number with at most three decimals, as 814.' : failureOf(measured)} />
      )}
      <Classified chip={chip} />
      <Parts chip={chip} />
    </>
  );
}

function failureOf(reading: ReturnType<typeof useRead<Chip>>): string | undefined {
  return reading && 'failed' in reading ? reading.failed.message : undefined;
}

function Lead({ chip }: { readonly chip: Chip }) {
  const ship = shipmentHref(chip);
  const cap = capOf([...countries.value.values()]);
  return (
    <div class="lead">
      <p>
        <a href="/app/rules#chips">Chips</a> <span class="quiet">/ {chip.id}</span>
      </p>
      <h1>{sentenceOf(chip)}</h1>
      {cap !== undefined && chip.level === 'a' && chip.tppPerUnit > 0 && (
        <p>
          The cap of a country has room for {grouped(Math.floor(cap / chip.tppPerUnit))} of them, if nothing else is sent there.
        </p>
      )}
      <p>
        {ship !== undefined && <a href={ship}>May I ship it?</a>}
        {chip.denseTops !== null && chip.bitLength !== null && (
          <>
            {' '}
            <a href={addressOf({ rows: [{ name: chip.format ?? '', tops: String(chip.denseTops), bits: String(chip.bitLength) }], isMac: false, units: '', area: String(chip.dieAreaMm2 ?? ''), isDatacenter: chip.datacenter })}>
              Calculate with other figures
            </a>
          </>
        )}
      </p>
      {chip.sources !== null && (
        <p class="of">
          Sources of its figures, as the rulebook names them: {chip.sources}
        </p>
      )}
    </div>
  );
}

function sentenceOf(chip: Chip): string {
  const tpp = `${nameOf(chip)} has ${grouped(chip.tppPerUnit)} TPP`;
  if (chip.level === 'unknown') return `${tpp}; its die area decides what it is`;
  return chip.level === 'uncontrolled' ? `${tpp} and is not controlled` : `${tpp} and is ${chip.eccn}`;
}

/** The most frequent cap: that of a country for which no order sets another one. */
function capOf(views: readonly Pick<Country, 'allocation'>[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { allocation } of views) if (allocation !== null && allocation > 0) counts.set(allocation, (counts.get(allocation) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function DieArea({ value, wrong }: { readonly value: string; readonly wrong: string | undefined }) {
  return (
    <form class="card pad stack" onSubmit={(event) => event.preventDefault()}>
      <label>
        Die area, mm² <span class="hint">The catalogue does not know it. Say it, and the classification follows. 0 means that no die is of a non-planar process.</span>
        <input class="input short" inputMode="decimal" value={value} onInput={(event) => setQuery('dieAreaMm2', event.currentTarget.value.trim())} />
      </label>
      {wrong !== undefined && <p class="wrong">{wrong}</p>}
    </form>
  );
}

function Parts({ chip: { parts } }: { readonly chip: Chip }) {
  if (parts.length === 0) return null;
  return (
    <section class="card pad" aria-labelledby="parts">
      <h2 id="parts">Its circuits</h2>
      {parts.map(({ chip, quantity }) => (
        <p key={chip}>
          {grouped(quantity)} × <a href={`/app/rules/chips/${encodeURIComponent(chip)}`}>{chip}</a>
        </p>
      ))}
    </section>
  );
}

function NotRead({ id, isUnknown, message }: { readonly id: string; readonly isUnknown: boolean; readonly message: string }) {
  return (
    <div class="lead">
      <h1>{isUnknown ? `There is no chip ${id}` : 'This chip cannot be read'}</h1>
      <p>{isUnknown ? 'The catalogue of the rulebook in force does not have it.' : message}</p>
      <p>
        <a href="/app/rules#chips">All chips</a> <a href="/app/rules/calculator">Calculate the TPP of another item</a>
      </p>
    </div>
  );
}

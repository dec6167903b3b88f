import type { ChipList } from '../../api/answers.js';
import { rulebook } from '../../api/ledger.js';
import { useRead } from '../../api/use-read.js';
import { grouped } from '../../format.js';
import { goTo, place, setQuery } from '../../router.js';
import { Classified, shipmentHref } from './classified.js';
import { describedIn, faultsIn, formatsOf, pathOf, type Described, type FormatRow } from './described.js';

/** TPP, density and classification of an item by its data sheet. The form is in the address; nothing is recorded. */
export function Page() {
  const described = describedIn(place.value.query);
  const answer = useRead<ChipList>(pathOf(described), `${rulebook.value?.id ?? ''} ${rulebook.value?.version ?? ''}`);
  return (
    <>
      <div class="lead">
        <p>
          <a href="/app/rules">Rules</a> <span class="quiet">/ calculator</span>
        </p>
        <h1>TPP calculator</h1>
        <p>Say what the data sheet says. The ledger answers with the TPP, the classification and every step. Nothing is recorded.</p>
      </div>
      <div class="ask">
        <Form described={described} />
        <div class="stack" aria-live="polite">
          <Answer described={described} answer={answer} />
        </div>
      </div>
    </>
  );
}

function Answer({ described, answer }: { readonly described: Described; readonly answer: ReturnType<typeof useRead<ChipList>> }) {
  const faults = faultsIn(described);
  if (faults.length > 0) {
    return (
      <section class="card answer no" aria-label="Answer">
        <h2>This cannot be calculated</h2>
        {faults.map((fault) => (
          <p key={fault}>{fault}</p>
        ))}
      </section>
    );
  }
  if (answer === undefined) return <Teaching isAsked={pathOf(described) !== undefined} />;
  if ('failed' in answer) {
    return (
      <section class="card answer no" aria-label="Answer">
        <h2>This cannot be calculated</h2>
        <p>{answer.failed.message}</p>
      </section>
    );
  }
  const chip = answer.answer.items[0];
  if (chip === undefined) return null;
  const ship = shipmentHref(chip);
  return (
    <>
      <section class="card answer" aria-label="Answer">
        <h2>
          {grouped(chip.tppPerUnit)} TPP{chip.level === 'uncontrolled' ? ', not controlled' : chip.level === 'unknown' ? '; the die area decides what it is' : `, ${chip.eccn}`}
        </h2>
        {described.isMac && <p class="second">One MacTOPS is two dense TOPS: each multiply-accumulate counts as two operations.</p>}
        {ship !== undefined && <a href={ship}>May I ship it?</a>}
        {chip.level === 'unknown' && <p class="second">Fill in the die area. 0 means that no die is of a non-planar process.</p>}
      </section>
      <Classified chip={chip} />
    </>
  );
}

function Teaching({ isAsked }: { readonly isAsked: boolean }) {
  if (isAsked) return <p class="card pad second">Calculating</p>;
  return (
    <section class="card pad stack" aria-label="How it is calculated">
      <h2>How it is calculated</h2>
      <p class="second">TPP of a format = 2 × MacTOPS × bit length, or dense TOPS × bit length. The format with the most counts. Sparsity does not count.</p>
      <p class="second">TPP of an item = that of one processing unit × processing units. Performance density = TPP ÷ die area in mm².</p>
      <p>
        <a href="/app/rules/calculator?formats=FP8:1979:8,FP16:989.5:16&dieAreaMm2=814">Try it with the figures of an H100</a>
      </p>
    </section>
  );
}

function Form({ described: { rows, isMac, units, area, isDatacenter } }: { readonly described: Described }) {
  const setRows = (next: readonly FormatRow[]): void => setQuery('formats', formatsOf(next));
  const changed = (at: number, change: Partial<FormatRow>): void => setRows(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  return (
    <form class="card pad stack" onSubmit={(event) => event.preventDefault()}>
      <label>
        The figures are
        <select class="input" value={isMac ? 'mac' : 'tops'} onChange={(event) => setQuery('figures', event.currentTarget.value === 'mac' ? 'mac' : '')}>
          <option value="tops">Dense TOPS or TFLOPS</option>
          <option value="mac">MacTOPS (multiply-accumulates)</option>
        </select>
      </label>
      {rows.map((row, index) => (
        <fieldset class="format" key={index}>
          <legend>Format {index + 1}</legend>
          <Text label="Name" hint="FP8, tensor/FP8" value={row.name} set={(name) => changed(index, { name })} />
          <Text label={isMac ? 'MacTOPS' : 'Dense TOPS'} value={row.tops} isNumber set={(tops) => changed(index, { tops })} />
          <Text label="Bits" value={row.bits} isNumber set={(bits) => changed(index, { bits })} />
        </fieldset>
      ))}
      <div class="buttons">
        <button class="link" type="button" onClick={() => setRows([...rows, { name: '', tops: '', bits: '' }])}>
          Add a format
        </button>
        {rows.length > 1 && (
          <button class="link" type="button" onClick={() => setRows(rows.slice(0, -1))}>
            Remove the last
          </button>
        )}
      </div>
      <Text label="Processing units" hint="Equal ones; left out: 1" value={units} isNumber set={(text) => setQuery('units', text)} />
      <Text label="Die area, mm²" hint="Of dies of a non-planar process; 0 if there are none" value={area} isNumber set={(text) => setQuery('dieAreaMm2', text)} />
      <label class="check">
        <input type="checkbox" checked={isDatacenter} onChange={(event) => setQuery('datacenter', event.currentTarget.checked ? '' : 'false')} />
        Designed or marketed for datacentres
      </label>
      <div class="buttons">
        <button class="button plain" type="button" onClick={() => goTo('/app/rules/calculator')}>
          Clear
        </button>
      </div>
    </form>
  );
}

interface TextShown {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly isNumber?: true;
  readonly set: (text: string) => void;
}

function Text({ label, hint, value, isNumber, set }: TextShown) {
  return (
    <label>
      {label} {hint !== undefined && <span class="hint">{hint}</span>}
      <input class="input" type="text" inputMode={isNumber ? 'decimal' : 'text'} maxLength={40} value={value} onInput={(event) => set(isNumber ? event.currentTarget.value.trim() : event.currentTarget.value)} />
    </label>
  );
}

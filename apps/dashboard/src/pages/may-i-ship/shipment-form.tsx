import type { CountryView } from '../../api/answers.js';
import { grouped } from '../../format.js';
import { setQuery } from '../../router.js';
import type { Typed } from './shipment.js';

export interface Chip {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly tppPerUnit: number;
  readonly eccn: string | null;
}

interface Shown {
  readonly typed: Typed;
  readonly countries: readonly CountryView[];
  readonly chips: readonly Chip[];
  readonly check: () => void;
  readonly clear: () => void;
}

const eccns = ['3A090.a', '4A090.a', '3A090.b', '4A090.b'];

export function ShipmentForm({ typed, countries, chips, check, clear }: Shown) {
  const places = [...countries].sort((a, b) => a.name.localeCompare(b.name));
  const submit = (event: Event): void => {
    event.preventDefault();
    check();
  };
  return (
    <form class="card pad stack" onSubmit={submit}>
      <Places name="to" label="Destination" value={typed.to} places={places} required />
      <label>
        Item <span class="hint">A chip from the list, or its figures</span>
        <select class="input" value={typed.chip} onChange={(event) => setQuery('chip', event.currentTarget.value)}>
          <option value="">By its own figures</option>
          {chips.map(({ id, vendor, name, tppPerUnit }) => (
            <option key={id} value={id}>
              {vendor} {name}, {grouped(tppPerUnit)} TPP
            </option>
          ))}
        </select>
      </label>
      {typed.chip === '' && <OwnFigures typed={typed} />}
      <label>
        How many
        <input class="input" type="number" min="1" step="1" required value={typed.quantity} onInput={(event) => setQuery('quantity', event.currentTarget.value)} />
      </label>
      <details open={typed.consignee !== ''}>
        <summary>Consignee, if it is known</summary>
        <div class="stack">
          <Text name="consignee" label="Name" value={typed.consignee} />
          <Places name="headquarters" label="Its headquarters" value={typed.headquarters} places={places} />
          <Text name="parent" label="Ultimate parent" value={typed.parent} />
          <Places name="parentHeadquarters" label="Headquarters of the parent" value={typed.parentHeadquarters} places={places} />
        </div>
      </details>
      <label>
        Day of the export <span class="hint">Left out: it is reserved now</span>
        <input class="input" type="date" value={typed.day} onInput={(event) => setQuery('day', event.currentTarget.value)} />
      </label>
      <div class="buttons">
        <button class="button" type="submit">
          Check
        </button>
        <button class="button plain" type="button" onClick={clear}>
          Clear
        </button>
      </div>
    </form>
  );
}

/** TPP by the formula of the regulation: dense TOPS times bit length. */
function OwnFigures({ typed }: { readonly typed: Typed }) {
  return (
    <>
      <label>
        ECCN
        <select class="input" value={typed.eccn} onChange={(event) => setQuery('eccn', event.currentTarget.value)}>
          {eccns.map((eccn) => (
            <option key={eccn}>{eccn}</option>
          ))}
        </select>
      </label>
      <label>
        TPP of one <span class="hint">Dense TOPS × bit length, the largest over all formats</span>
        <input class="input" type="number" min="0.001" step="any" required value={typed.tpp} onInput={(event) => setQuery('tpp', event.currentTarget.value)} />
      </label>
    </>
  );
}

function Text({ name, label, value }: { readonly name: keyof Typed; readonly label: string; readonly value: string }) {
  return (
    <label>
      {label}
      <input class="input" type="text" maxLength={200} value={value} onInput={(event) => setQuery(name, event.currentTarget.value)} />
    </label>
  );
}

interface PlacesShown {
  readonly name: keyof Typed;
  readonly label: string;
  readonly value: string;
  readonly places: readonly CountryView[];
  readonly required?: true;
}

function Places({ name, label, value, places, required = undefined }: PlacesShown) {
  return (
    <label>
      {label}
      <select class="input" required={required} value={value} onChange={(event) => setQuery(name, event.currentTarget.value)}>
        <option value="">{required ? 'Choose a country' : 'Not known'}</option>
        {places.map(({ country, name: text }) => (
          <option key={country} value={country}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

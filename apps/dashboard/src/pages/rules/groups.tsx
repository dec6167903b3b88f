import { countries } from '../../api/ledger.js';
import { counted, dayOf, grouped } from '../../format.js';
import { groupParts, type GroupMember, type GroupPart, type RulebookDocument } from './rulebook-document.js';

const names: Readonly<Record<string, string>> = {
  home: 'Home',
  partner: 'Partners',
  allocation: 'With an allocation',
  embargoed: 'Without an allocation',
};

/** More are listed on request. */
const namedMax = 3;

/** Which countries have which cap, and by which source. */
export function Groups({ document }: { readonly document: RulebookDocument }) {
  const { allocations, defaultGroup = 'allocation' } = document;
  const named = new Set((document.groups ?? []).map(({ country }) => country));
  const others = [...countries.value.keys()].filter((code) => !named.has(code));
  const rest: GroupPart = { group: defaultGroup, citation: allocations?.citation ?? '', members: others.map((country) => ({ country })) };
  return (
    <section class="card" aria-labelledby="groups">
      <header>
        <h2 id="groups">Groups of countries and their caps</h2>
      </header>
      <ul class="steps pad">
        {[rest, ...groupParts(document)].map((part) => (
          <li class="plain" key={part.group + part.citation}>
            <Part part={part} cap={capOf(part.group, document)} isDefault={part === rest} />
          </li>
        ))}
        {(allocations?.exceptions ?? []).map(({ country, tpp, from, citation }) => (
          <li class="plain" key={`${country} ${from ?? ''}`}>
            <div>
              <b>{nameOf(country)}</b>: {grouped(tpp)} TPP{from === undefined ? '' : ` from ${dayOf(from)} on`} <cite>{citation}</cite>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Part({ part: { group, citation, members }, cap, isDefault }: { readonly part: GroupPart; readonly cap: string; readonly isDefault: boolean }) {
  return (
    <div>
      <b>{names[group] ?? group}</b>: {cap}
      {members.length <= namedMax ? (
        <p>{listOf(members)}</p>
      ) : (
        <details>
          <summary>
            {isDefault ? 'All others, ' : ''}
            {counted(members.length, 'country', 'countries')}
          </summary>
          <p>{listOf(members)}</p>
        </details>
      )}
      <cite>{citation}</cite>
    </div>
  );
}

function capOf(group: string, { allocations }: RulebookDocument): string {
  switch (group) {
    case 'home':
      return 'nothing that stays here is an export';
    case 'partner':
      return 'exports are counted, no cap limits them';
    case 'embargoed':
      return 'nothing is allocated, and licences are presumed denied';
    default:
      return allocations ? `${grouped(allocations.perCountryTpp)} TPP each, for the whole period` : 'a cap for each';
  }
}

function listOf(members: readonly GroupMember[]): string {
  return members.map(said).sort((a, b) => a.localeCompare(b)).join(', ');
}

function nameOf(country: string): string {
  return countries.value.get(country)?.name ?? country;
}

function said({ country, from, until }: GroupMember): string {
  const dates = [from !== undefined && `from ${dayOf(from)}`, until !== undefined && `until ${dayOf(until)}`].filter(Boolean).join(' ');
  return dates === '' ? nameOf(country) : `${nameOf(country)} (${dates})`;
}

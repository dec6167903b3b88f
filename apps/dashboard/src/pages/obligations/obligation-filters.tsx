import { setQuery } from '../../router.js';
import type { AskedObligations } from './asked-obligations.js';

/** Exporter, kind and due date. A change begins with the first page again. */
export function ObligationFilters({ asked, kinds }: { readonly asked: AskedObligations; readonly kinds: readonly string[] }) {
  const change = (name: 'exporter' | 'kind' | 'dueBefore', value: string): void => {
    setQuery('cursor', '');
    setQuery(name, value);
  };
  return (
    <form class="filters fields" onSubmit={(event) => event.preventDefault()}>
      <label>
        Exporter
        <input type="search" class="field" placeholder="acme-semi" maxLength={100} value={asked.exporter} onInput={(event) => change('exporter', event.currentTarget.value)} />
      </label>
      <label>
        Kind
        <select class="field" value={asked.kind} onChange={(event) => change('kind', event.currentTarget.value)}>
          <option value="">All kinds</option>
          {kinds.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>
      <label>
        Due before
        <input type="date" class="field" value={asked.dueBefore} onInput={(event) => change('dueBefore', event.currentTarget.value)} />
      </label>
    </form>
  );
}

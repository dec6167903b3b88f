import { signal } from '@preact/signals';

/** Where the reader is: the path, and what filters and moments the query holds. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

export const place = signal<Place>(placeOf(new URL(globalThis.location?.href ?? 'http://localhost/')));

function placeOf({ pathname, searchParams }: URL): Place {
  return { path: pathname.replace(/(?<=.)\/$/, ''), query: searchParams };
}

/** Goes to a page of the dashboard, as a link does. A moment of the past stays: who looks at July goes on looking at July. */
export function goTo(href: string): void {
  const url = new URL(href, location.href);
  const asOf = place.peek().query.get('asOf');
  if (asOf !== null && !url.searchParams.has('asOf')) url.searchParams.set('asOf', asOf);
  history.pushState(null, '', url);
  place.value = placeOf(new URL(location.href));
  scrollTo(0, 0);
}

/** Puts a filter into the address, or takes it out, without a step to go back to. */
export function setQuery(name: string, value: string): void {
  const query = new URLSearchParams(place.value.query);
  if (value === '') query.delete(name);
  else query.set(name, value);
  const text = query.toString();
  history.replaceState(null, '', `${location.pathname}${text === '' ? '' : `?${text}`}`);
  place.value = { ...place.value, query };
}

/** Lets links within the dashboard change the page without loading it anew; others, and those opened elsewhere, stay links. */
export function followLinks(): void {
  addEventListener('popstate', () => (place.value = placeOf(new URL(location.href))));
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target !== '' || link.hasAttribute('download')) return;
    const { origin, pathname, search, hash } = new URL(link.href);
    if (origin !== location.origin || !(pathname === '/' || pathname.startsWith('/app'))) return;
    // A place on this page is for the browser to go to.
    if (hash !== '' && pathname === location.pathname && search === location.search) return;
    event.preventDefault();
    goTo(link.href);
  });
}

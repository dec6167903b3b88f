import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useCallback } from 'preact/hooks';
import { Hatch } from '../charts/share-bar.js';
import { pageAt, type Found, type PageProps } from '../pages.js';
import { followLinks, place } from '../router.js';
import { Banner } from './banner.js';
import { DemoBanner } from './demo-banner.js';
import { Header } from './header.js';
import { followKeys, KeyHelp, openKeyHelp } from './keys.js';
import { loadPage, type NotLoaded as Reason } from './load-page.js';
import { NotFound } from './not-found.js';
import { NotLoaded } from './not-loaded.js';

interface Loaded extends Found {
  readonly Page: ComponentType<PageProps>;
}

followLinks();
followKeys();

/** The frame around every page. */
export function App() {
  const loaded = useSignal<Loaded | Reason | 'not-found' | undefined>(undefined);
  const load = useCallback(async (): Promise<void> => {
    const { path } = place.peek();
    const found = pageAt(path);
    document.title = `${found?.page.title ?? 'Not found'} · Quota Ledger`;
    if (!found) {
      loaded.value = 'not-found';
      return;
    }
    const result = await loadPage(found);
    if (place.peek().path === path) loaded.value = typeof result === 'string' ? result : { ...found, ...result };
  }, [loaded]);
  useSignalEffect(() => {
    void place.value.path;
    void load();
  });
  return (
    <>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <Hatch />
      <Header />
      <DemoBanner />
      <Banner />
      <main id="main" tabIndex={-1}>
        <PageOf loaded={loaded.value} retry={load} />
      </main>
      <Footer />
      <KeyHelp />
    </>
  );
}

function PageOf({ loaded, retry }: { readonly loaded: Loaded | Reason | 'not-found' | undefined; readonly retry: () => Promise<void> }) {
  const again = useCallback(() => void retry(), [retry]);
  if (loaded === undefined) return null;
  if (loaded === 'not-found') return <NotFound />;
  if (typeof loaded === 'string') return <NotLoaded reason={loaded} retry={again} />;
  const { Page, named, page } = loaded;
  return <Page key={page.path + JSON.stringify(named)} named={named} />;
}

function Footer() {
  return (
    <footer class="foot">
      <p>
        The same figures for programs: <a href="/v1/countries">JSON</a>, <a href="/docs">documentation of the API</a>,{' '}
        <a href="/v1/events">the log</a>.
      </p>
      <p>
        <a href="/app/words">Words</a> <a href="/app/health">Health</a>{' '}
        <button class="link" onClick={openKeyHelp}>
          Keys
        </button>
      </p>
    </footer>
  );
}

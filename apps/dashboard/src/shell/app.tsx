import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { pageAt, type Found, type PageProps } from '../pages.js';
import { followLinks, place } from '../router.js';
import { Banner } from './banner.js';
import { Header } from './header.js';
import { followKeys, KeyHelp, openKeyHelp } from './keys.js';
import { NotFound } from './not-found.js';

interface Loaded extends Found {
  readonly Page: ComponentType<PageProps>;
}

followLinks();
followKeys();

/** The frame around every page. */
export function App() {
  const loaded = useSignal<Loaded | 'not-found' | undefined>(undefined);
  useSignalEffect(() => {
    const { path } = place.value;
    const found = pageAt(path);
    document.title = `${found?.page.title ?? 'Not found'} · Quota Ledger`;
    if (!found) {
      loaded.value = 'not-found';
      return;
    }
    found.page.load().then(
      ({ Page }) => {
        if (place.peek().path === path) loaded.value = { ...found, Page };
      },
      // After an upgrade the files of the page that is open are gone.
      () => location.reload(),
    );
  });
  return (
    <>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <Header />
      <Banner />
      <main id="main" tabIndex={-1}>
        <PageOf loaded={loaded.value} />
      </main>
      <Footer />
      <KeyHelp />
    </>
  );
}

function PageOf({ loaded }: { readonly loaded: Loaded | 'not-found' | undefined }) {
  if (loaded === undefined) return null;
  if (loaded === 'not-found') return <NotFound />;
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
      <button class="link" onClick={openKeyHelp}>
        Keys
      </button>
    </footer>
  );
}

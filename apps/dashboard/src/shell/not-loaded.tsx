import { useEffect } from 'preact/hooks';
import type { NotLoaded as Reason } from './load-page.js';

const texts: Readonly<Record<Reason, readonly [string, string]>> = {
  'newer-version': ['A newer version is running', 'This page is loaded anew. Everything that you typed stays.'],
  'no-connection': ['This page cannot be loaded now', 'There is no connection to the ledger. It is tried again every 3 seconds.'],
  missing: ['This page cannot be loaded', 'The ledger does not have the file of this page, even after loading anew. An upgrade may be under way.'],
};

const retryMs = 3_000;
/** Long enough to be read. */
const reloadMs = 1_000;

/** Stands where a page would: its code could not be had. */
export function NotLoaded({ reason, retry }: { readonly reason: Reason; readonly retry: () => void }) {
  useEffect(() => {
    if (reason === 'missing') return undefined;
    const timer = reason === 'newer-version' ? setTimeout(() => location.reload(), reloadMs) : setInterval(retry, retryMs);
    return () => clearTimeout(timer);
  }, [reason, retry]);
  const [title, text] = texts[reason];
  return (
    <div class="lead">
      <h1>{title}</h1>
      <p>{text}</p>
      {reason === 'missing' && (
        <p>
          <button class="button" onClick={() => location.reload()}>
            Try again
          </button>
        </p>
      )}
    </div>
  );
}

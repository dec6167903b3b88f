import type { Found } from '../pages.js';

/** Why the code of a page cannot be had. */
export type NotLoaded = 'newer-version' | 'no-connection' | 'missing';

const reloadedName = 'quota-ledger-reloaded';

/**
 * Loads the code of a page. After an upgrade the files of the version that is open are gone: the page is loaded anew then, once,
 * and what was typed is in its address. Without a connection nothing is loaded anew, for the browser would show its own error.
 */
export async function loadPage(found: Found): Promise<Awaited<ReturnType<Found['page']['load']>> | NotLoaded> {
  try {
    const loaded = await found.page.load();
    sessionStorage.removeItem(reloadedName);
    return loaded;
  } catch {
    if (!(await isReached())) return 'no-connection';
    if (sessionStorage.getItem(reloadedName) === found.page.path) return 'missing';
    sessionStorage.setItem(reloadedName, found.page.path);
    return 'newer-version';
  }
}

async function isReached(): Promise<boolean> {
  try {
    return (await fetch('/', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

import { UsageError } from '../exit-code.js';
import { clusterOfSettings, settingOf } from '../settings.js';

/** Where a log is. */
export type Place =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'cluster'; readonly url: string; readonly prefix: string };

const forms = 'a path, http://host:port, esdb://host:port or esdb+discover://name:port';

/**
 * What `--from` or `--to` says. Addresses may hold a password: they are never repeated in messages.
 * @param prefix what streams begin with in a cluster; undefined: what the server's setting says
 * @throws UsageError
 */
export function placeOf(where: string, prefix: string | undefined): Place {
  const text = where === 'LEDGER_EVENTSTORE_URL' || where === 'EVENTSTORE_URL' ? clusterOfSettings() : where;
  if (text === undefined || text === '') throw new UsageError(`${where === '' ? 'An empty text is no place' : 'LEDGER_EVENTSTORE_URL is not set'}.`);
  const scheme = /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  switch (scheme) {
    case 'esdb':
    case 'esdb+discover':
      return { kind: 'cluster', url: text, prefix: prefix ?? settingOf('LEDGER_STREAM_PREFIX') ?? '' };
    case 'http':
    case 'https':
    case undefined:
      if (prefix !== undefined) throw new UsageError('A prefix of streams is for EventStoreDB only: leave it out.');
      return scheme === undefined ? { kind: 'path', path: text } : { kind: 'server', url: text };
    default:
      throw new UsageError(`${scheme}:// is no address of a log. A place is ${forms}.`);
  }
}

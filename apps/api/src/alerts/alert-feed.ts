import { uuidV5 } from '#ledger';
import { countryName } from '#rulebook';
import type { Body } from '#wire';

type Alert = Body<'Alert'>;

/** Namespace of the ids of feeds: a feed with other filters is another one. */
const feedNamespace = '6e0d5a53-3b0c-5f0e-9d7d-0c5a2f3b9e41';

/** When nothing was ever raised. */
const never = '1970-01-01T00:00:00.000Z';

/**
 * Alerts as an Atom feed (RFC 4287), in the order given. An entry keeps its id, that of the alert, and is updated when the alert closes.
 * @param address of this feed with its filters, relative to the server
 */
export function alertFeed(alerts: readonly Alert[], address: string): string {
  const newest = alerts.map(updatedOf).sort().at(-1) ?? never;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `<id>urn:uuid:${uuidV5(feedNamespace, address)}</id>`,
    '<title>Alerts of the quota ledger</title>',
    '<author><name>Quota Ledger</name></author>',
    `<link rel="self" type="application/atom+xml" href="${escaped(address)}"/>`,
    '<link rel="alternate" type="text/html" href="/app/alerts?state=all"/>',
    `<updated>${newest}</updated>`,
    ...alerts.map(entry),
    '</feed>',
    '',
  ].join('\n');
}

function entry(alert: Alert): string {
  const { id, country, level, raisedAt, closedAt } = alert;
  const page = country === null ? '/app/alerts?state=all' : `/app/countries/${country}`;
  return [
    '<entry>',
    `<id>urn:uuid:${id}</id>`,
    `<title>${escaped(titleOf(alert))}</title>`,
    `<link rel="alternate" type="text/html" href="${page}"/>`,
    `<category term="${level}"/>`,
    `<published>${raisedAt}</published>`,
    `<updated>${updatedOf(alert)}</updated>`,
    `<summary>${escaped(`${titleOf(alert)}. Raised at ${raisedAt}${closedAt === null ? '' : `, closed at ${closedAt}`}.`)}</summary>`,
    '</entry>',
  ].join('');
}

function updatedOf({ raisedAt, closedAt }: Alert): string {
  return closedAt ?? raisedAt;
}

function titleOf({ country, line, level, threshold, utilization, measuredOn }: Alert): string {
  const place = country === null ? line : countryName(country);
  if (level === 'exhausted') return `${place} has nothing left`;
  if (level === 'reopened') return `${place} has something left again`;
  if (level === 'forecast') return `${place} is expected to have nothing left within 90 days: ${percent(utilization)} used`;
  if (measuredOn !== null) return `${place} used ${percent(utilization)} of its limit on the reporting date ${measuredOn}`;
  return `${place} passed ${percent(threshold)} of its limit: ${percent(utilization)} used`;
}

/** To a tenth of a percent. */
function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

/** Characters that XML has another meaning for, and those that it has none for. */
function escaped(text: string): string {
  const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  // eslint-disable-next-line no-control-regex -- these are what XML 1.0 cannot hold
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').replace(/[&<>"]/g, (each) => named[each] ?? each);
}

import { calendarDaysBetween } from '../../dates/calendar-days.js';
import { instantMs } from '../../dates/instant.js';
import { factOf } from '../../route-facts.js';
import { notForConsumers } from './consumer-items.js';
import type { Circumstances, RouteRule, Verdict } from '../route-rule.js';
import { applies, bars, lacks, type NeededFact } from '../verdicts.js';

const citation = '15 CFR 740.8(a)';
const procedures = '15 CFR 740.8(c)(1)';

const notEmbargoed = bars('nac', [
  {
    code: 'nobody-embargoed',
    text: 'License Exception NAC is for Macau, Country Group D:5 and entities headquartered there; ACA for all others.',
    citation,
  },
]);

const inCountry = bars('nac', [
  { code: 'in-country-transfer', text: 'License Exception NAC authorizes exports and reexports only.', citation },
]);

const notice: NeededFact = {
  fact: 'facts.noticeGivenAt',
  why: 'License Exception NAC needs the notification in advance',
  citation: procedures,
};
const clusterSize: NeededFact = {
  fact: 'facts.clusterTpp',
  why: 'a notification for a computing cluster states the aggregate TPP of the cluster',
  citation: '15 CFR 740.8(c)(1)(vi)(A)',
};

/**
 * License Exception NAC, 15 CFR 740.8: items that are not for datacentres, to Macau, D:5 and entities headquartered
 * there, notified at least 25 calendar days before the export or reexport. No debit.
 */
export const nac: RouteRule = {
  route: 'nac',
  consider(circumstances) {
    const { embargo, facts } = circumstances;
    if (embargo.length === 0) return notEmbargoed;
    const items = notForConsumers(circumstances, 'nac');
    if (items.length > 0) return bars('nac', [...items, ...embargo]);
    if (factOf(facts, 'inCountryTransfer') === true) return inCountry;
    const missing = [];
    if (factOf(facts, 'noticeGivenAt') === undefined) missing.push(notice);
    if (factOf(facts, 'cluster') === true && factOf(facts, 'clusterTpp') === undefined) missing.push(clusterSize);
    return missing.length > 0 ? lacks('nac', missing) : noticed(circumstances);
  },
};

function noticed({ rulebook, facts, atMs }: Circumstances): Verdict {
  const days = rulebook.route('nac')?.number('noticeDays') ?? 0;
  const givenAt = factOf(facts, 'noticeGivenAt') ?? '';
  const givenMs = instantMs(givenAt) ?? Infinity;
  if (calendarDaysBetween(givenMs, atMs) >= days) {
    const text = `Notified on ${givenAt}, at least ${days} calendar days before.`;
    return applies('nac', { code: 'notified', text, citation: procedures }, false);
  }
  const text = `Notified on ${givenAt}: License Exception NAC needs at least ${days} calendar days before the export.`;
  return bars('nac', [{ code: 'notice-too-short', text, citation: procedures }]);
}

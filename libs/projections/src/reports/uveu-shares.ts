import { dutyPeriods } from '#rulebook';
import { dayOf, tppOf, type Report } from './report.js';
import { isParty } from './report-filter.js';

/** What each share of a UVEU was at each reporting date, as measured at its end, with what is beyond the limit. */
export const uveuSharesReport: Report = {
  name: 'uveu-shares',
  title: 'Shares of a Universal VEU as measured on the reporting dates',
  citation: '15 CFR Part 748, Supplement No. 10, paragraphs 6 and 10',
  parameters: ['party', 'year'],
  columns: ['companyId', 'company', 'line', 'measuredOn', 'scope', 'limitTpp', 'usedTpp', 'beyondTpp', 'status'],
  rows: (source, filter) => {
    const rows = source.uveuLines().flatMap(({ line, holder, since, measured, sharesOn }) => {
      const company = { id: source.companyId(holder), name: holder };
      if (measured?.when !== 'yearly' || !isParty(filter, company)) return [];
      const dates = Array.from(dutyPeriods(measured, Date.parse(since), source.nowMs), ({ dueMs }) => dayOf(dueMs));
      // The day itself is measured when it is over.
      const over = dates.filter((day) => day < dayOf(source.nowMs) && (filter.year === undefined || day.startsWith(`${filter.year}-`)));
      return over.flatMap((measuredOn) =>
        Object.entries(sharesOn(measuredOn) ?? {}).map(([scope, { limitMilliTpp, exported, reserved }]) => {
          const beyond = Math.max(0, exported + reserved - limitMilliTpp);
          return {
            companyId: company.id,
            company: company.name,
            line,
            measuredOn,
            scope,
            limitTpp: tppOf(limitMilliTpp),
            usedTpp: tppOf(exported + reserved),
            beyondTpp: tppOf(beyond),
            status: beyond > 0 ? 'beyond' : 'within',
          };
        }),
      );
    });
    return Promise.resolve(rows);
  },
};

import { reportingDates } from '../lines/lines.js';
import { tppOf, type Report } from './report.js';
import { isParty } from './report-filter.js';

/** What each share of a UVEU was at each reporting date, as measured at its end, with what is beyond the limit. */
export const uveuSharesReport: Report = {
  name: 'uveu-shares',
  title: 'Shares of a Universal VEU as measured on the reporting dates',
  citation: '15 CFR Part 748, Supplement No. 10, paragraphs 6 and 10',
  parameters: ['party', 'year'],
  columns: ['companyId', 'company', 'line', 'measuredOn', 'scope', 'limitTpp', 'usedTpp', 'beyondTpp', 'status'],
  rows: (source, filter) => {
    const rows = source.uveuLines().flatMap(({ line, holder, isClosed, since, measured, newestOn }) => {
      const company = { id: source.companyId(holder), name: holder };
      if (isClosed || !isParty(filter, company)) return [];
      const over = reportingDates(measured, since, source.nowMs);
      const wanted = over.filter((day) => filter.year === undefined || day.startsWith(`${filter.year}-`));
      return wanted.flatMap((measuredOn) =>
        Object.entries(newestOn(measuredOn)?.event.shares ?? {}).map(([scope, { limitMilliTpp, exported, reserved }]) => {
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

import { countryName, countryOfLine } from '#rulebook';
import { isExporter } from './report-filter.js';
import { tppOf, type Report } from './report.js';

/** What was licensed to each country and exporter, and what left under it. */
export const licenceUsage: Report = {
  name: 'licence-usage',
  title: 'Licensed and shipped by country and exporter',
  citation: '15 CFR 742.6(b)(10)(iii)(B)',
  parameters: ['exporter', 'country'],
  columns: [
    'country', 'name', 'line', 'exporter', 'licences', 'licensedTpp', 'openTpp', 'unusedTpp', 'shipments', 'shippedTpp',
    'reversals', 'creditedTpp',
  ],
  rows: (source, filter) =>
    Promise.resolve(
      source.usage('licence').flatMap(({ line, exporter, holds, granted, unused, exports, exported, reversals, credited }) => {
        const country = countryOfLine(line);
        if (country === undefined || (filter.country !== undefined && filter.country !== country)) return [];
        if (!isExporter(filter, exporter)) return [];
        return [
          {
            country,
            name: countryName(country) ?? country,
            line,
            exporter,
            licences: holds,
            licensedTpp: tppOf(granted),
            openTpp: tppOf(granted - exported - unused),
            unusedTpp: tppOf(unused),
            shipments: exports,
            shippedTpp: tppOf(exported - credited),
            reversals,
            creditedTpp: tppOf(credited),
          },
        ];
      }),
    ),
};

import { acmAccounts } from './acm-accounts.js';
import { aiaConsignees } from './aia-consignees.js';
import { licenceUsage } from './licence-usage.js';
import { lppShipments } from './lpp-shipments.js';
import { nacNotices } from './nac-notices.js';
import type { Report } from './report.js';
import { uveuSharesReport } from './uveu-shares.js';
import { veuChipAccounting, veuSemiannual } from './veu-reports.js';

/** Every report, by name. */
export const reportsByName: ReadonlyMap<string, Report> = new Map(
  [lppShipments, aiaConsignees, acmAccounts, nacNotices, veuSemiannual, veuChipAccounting, uveuSharesReport, licenceUsage].map((report) => [
    report.name,
    report,
  ]),
);

import type { ReportParameter } from '#projections';
import { IsIn } from 'class-validator';
import { About, IsCount, IsCountryCode, IsName, MayBeLeftOut } from '../validation/members.js';

const formats = ['json', 'csv'] as const;

export class ReportQueryDto {
  @About('The exporter.')
  @MayBeLeftOut()
  @IsName(100)
  readonly exporter?: string;

  @About('A consignee, an ultimate parent or a validated end-user, by any id or name that means it.')
  @MayBeLeftOut()
  @IsName(200)
  readonly party?: string;

  @About('Country, as AE.')
  @MayBeLeftOut()
  @IsCountryCode()
  readonly country?: string;

  @About('Calendar year, as 2026: of the export, or of the due date of a period.')
  @MayBeLeftOut()
  @IsCount(1900, 9999)
  readonly year?: string;

  @About('Left out: what `Accept` asks for, else json.')
  @MayBeLeftOut()
  @IsIn(formats)
  readonly format?: (typeof formats)[number];
}

/** What each parameter of a report is, for the list of reports. */
export const parameterTexts: Readonly<Record<ReportParameter, string>> = {
  exporter: 'The exporter.',
  party: 'A consignee, an ultimate parent or a validated end-user, by any id or name that means it.',
  country: 'Country, as AE.',
  year: 'Calendar year, as 2026: of the export, or of the due date of a period.',
};

import { IsIn } from 'class-validator';
import { lineOfCountry } from '#rulebook';
import { alertLevels } from '#wire';
import { limitOf, PageQuery } from '../http/query.js';
import { About, IsCountryCode, MayBeLeftOut } from '../validation/members.js';

export class AlertQuery extends PageQuery {
  @About('Country, as AE.')
  @MayBeLeftOut()
  @IsCountryCode()
  readonly country?: string;

  @About('Level of the alert.')
  @MayBeLeftOut()
  @IsIn(alertLevels)
  readonly level?: (typeof alertLevels)[number];

  @About('Left out: open and closed.')
  @MayBeLeftOut()
  @IsIn(['open', 'closed'])
  readonly state?: 'open' | 'closed';
}

/** What the views are asked for. */
export function questionOf(query: AlertQuery) {
  const { country, level, state, cursor } = query;
  return {
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
    ...(country !== undefined && { line: lineOfCountry(country) }),
    ...(level !== undefined && { level }),
    ...(state !== undefined && { state }),
  };
}

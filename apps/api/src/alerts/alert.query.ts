import { IsIn } from 'class-validator';
import { lineOfCountry } from '#rulebook';
import { alertLevels } from '#wire';
import { limitOf, PageQuery } from '../http/query.js';
import { About, IsCount, IsCountryCode, MayBeLeftOut } from '../validation/members.js';

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

  @About('Only alerts that were recorded after this position: what a client of the stream missed.')
  @MayBeLeftOut()
  @IsCount(0, Number.MAX_SAFE_INTEGER)
  readonly from?: string;
}

/** What the views are asked for. */
export function questionOf(query: AlertQuery) {
  const { country, level, state, cursor, from } = query;
  return {
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
    ...(country !== undefined && { line: lineOfCountry(country) }),
    ...(level !== undefined && { level }),
    ...(state !== undefined && { state }),
    ...(from !== undefined && { after: Number(from) }),
  };
}

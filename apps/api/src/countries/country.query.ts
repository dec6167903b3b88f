import { IsIn, IsString, Matches } from 'class-validator';
import { destinationGroups, lineStatuses, type LineStatus } from '#wire';
import { About, IsCount, IsDay, IsInstant, MayBeLeftOut } from '../validation/members.js';

export class MomentQuery {
  @About('The state at this time; not in the future.')
  @MayBeLeftOut()
  @IsInstant()
  readonly asOf?: string;

  @About('The state right after the event at this position.')
  @MayBeLeftOut()
  @IsCount(0, Number.MAX_SAFE_INTEGER)
  readonly atPosition?: string;
}

const includable = ['forecast', 'recent'] as const;

export class CountryQuery extends MomentQuery {
  @About('`forecast` fills `forecast` and adds `burnPerDay` and `pace`, `recent` adds what was left on each of 90 days; both with a comma.')
  @MayBeLeftOut()
  @IsString()
  @Matches(/^(forecast|recent)(,(forecast|recent))?$/, { message: '$property must be forecast, recent or both with a comma' })
  readonly include?: string;
}

/** What an `include` asks for. */
export function includedIn({ include = '' }: CountryQuery): ReadonlySet<(typeof includable)[number]> {
  const asked = include.split(',');
  return new Set(includable.filter((each) => asked.includes(each)));
}

export class CountryListQuery extends CountryQuery {
  @About('Only countries with this status.')
  @MayBeLeftOut()
  @IsIn(lineStatuses)
  readonly status?: LineStatus;

  @About('Only countries of this group.')
  @MayBeLeftOut()
  @IsIn(destinationGroups)
  readonly group?: (typeof destinationGroups)[number];
}

export class HistoryQuery {
  @About('First day, YYYY-MM-DD; left out: the start of the quota period.')
  @MayBeLeftOut()
  @IsDay()
  readonly from?: string;

  @About('Last day, YYYY-MM-DD; left out or in the future: today.')
  @MayBeLeftOut()
  @IsDay()
  readonly to?: string;

  @About('Left out: day.')
  @MayBeLeftOut()
  @IsIn(['day', 'week', 'month'])
  readonly interval?: 'day' | 'week' | 'month';
}

export class ForecastQuery {
  @About('The forecast as it would have been made then; not in the future.')
  @MayBeLeftOut()
  @IsInstant()
  readonly asOf?: string;
}

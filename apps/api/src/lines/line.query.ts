import { IsIn } from 'class-validator';
import type { LineKind } from '#rulebook';
import { lineKinds, lineStatuses, type LineStatus } from '#wire';
import { PageQuery } from '../http/query.js';
import { figures, type Figure } from './explanation.js';
import { About, IsCount, IsName, MayBeLeftOut } from '../validation/members.js';

export class LineQuery extends PageQuery {
  @About('Kind of quota line; left out: all.')
  @MayBeLeftOut()
  @IsIn(lineKinds)
  readonly kind?: LineKind;

  @About('Id of the company whose line it is; country lines have none.')
  @MayBeLeftOut()
  @IsName(200)
  readonly holder?: string;

  @About('Only lines with this status.')
  @MayBeLeftOut()
  @IsIn(lineStatuses)
  readonly status?: LineStatus;
}

export class ExplanationQuery {
  @About('The figure of the line; left out: available.')
  @MayBeLeftOut()
  @IsIn(figures)
  readonly figure?: Figure;

  @About('The figure right after the event at this position; left out: now.')
  @MayBeLeftOut()
  @IsCount(0, Number.MAX_SAFE_INTEGER)
  readonly atPosition?: string;
}

export class LineEventsQuery extends PageQuery {
  @About('Only events up to this position, itself included; left out: all.')
  @MayBeLeftOut()
  @IsCount(0, Number.MAX_SAFE_INTEGER)
  readonly until?: string;
}

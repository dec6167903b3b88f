import { IsIn } from 'class-validator';
import type { LineKind } from '#rulebook';
import { lineKinds, lineStatuses, type LineStatus } from '#wire';
import { PageQuery } from '../http/query.js';
import { About, IsName, MayBeLeftOut } from '../validation/members.js';

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

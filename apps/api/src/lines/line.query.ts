import { IsIn } from 'class-validator';
import type { LineKind } from '#rulebook';
import { PageQuery } from '../http/query.js';
import { About, IsName, MayBeLeftOut } from '../validation/members.js';
import { lineStatuses, type LineStatus } from './line-status.js';

export const lineKinds = ['country', 'lpp', 'nveu', 'uveu'] as const satisfies readonly LineKind[];

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

import { IsIn } from 'class-validator';
import { attritionCauses } from '#wire';
import { About, IsInstant, IsSomeTpp, IsText } from '../validation/members.js';

export class AttritionDto {
  @About('What no longer counts as installed.')
  @IsSomeTpp()
  readonly tpp!: number;

  @About('What became of it.')
  @IsIn(attritionCauses)
  readonly cause!: (typeof attritionCauses)[number];

  @About('When it happened; not in the future.')
  @IsInstant()
  readonly occurredAt!: string;

  @About('For the record.')
  @IsText(500)
  readonly reason!: string;
}

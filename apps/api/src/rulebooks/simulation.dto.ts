import { IsObject } from 'class-validator';
import { PageQuery } from '../http/query.js';
import { About, IsInstant, IsPosition, MayBeLeftOut } from '../validation/members.js';

export class SimulationDto {
  @About('A whole rulebook document, as in a rulebook file.')
  @IsObject({ message: 'draft must be a rulebook document: an object' })
  readonly draft!: object;

  @About('Replays the log up to this position; left out: up to its end.')
  @MayBeLeftOut()
  @IsPosition()
  readonly until?: string;

  @About('The time whose caps the lines are shown with; left out: now, or with `until` the time of the last event.')
  @MayBeLeftOut()
  @IsInstant()
  readonly at?: string;
}

/** Pages of the differences. */
export class SimulationQuery extends PageQuery {}

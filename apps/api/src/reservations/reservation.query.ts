import { IsIn, IsString, Matches } from 'class-validator';
import { PageQuery } from '../http/query.js';
import { About, IsName, IsText, MayBeLeftOut } from '../validation/members.js';

const statuses = ['held', 'partly-exported', 'exported', 'released', 'lapsed', 'refused'] as const;

/** What lists of reservations and of exports can be narrowed to. */
export class ShipmentQuery extends PageQuery {
  @About('Destination, as AE.')
  @MayBeLeftOut()
  @IsString()
  @Matches(/^[A-Z]{2}$/, { message: '$property must be an ISO 3166-1 alpha-2 code in capitals, as AE' })
  readonly destination?: string;

  @About('The exporter acted for.')
  @MayBeLeftOut()
  @IsName(100)
  readonly exporter?: string;

  @About('Quota line, as country:AE.')
  @MayBeLeftOut()
  @IsText(200)
  readonly line?: string;
}

export class ReservationQuery extends ShipmentQuery {
  @About('Status of the reservation.')
  @MayBeLeftOut()
  @IsIn(statuses)
  readonly status?: (typeof statuses)[number];
}

export class ExportQuery extends ShipmentQuery {
  @About('Status of the export.')
  @MayBeLeftOut()
  @IsIn(['posted', 'reversed'])
  readonly status?: 'posted' | 'reversed';

  @About('Exports of this reservation.')
  @MayBeLeftOut()
  @IsText(100)
  readonly reservationId?: string;
}

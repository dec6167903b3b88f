import { IsIn, Matches } from 'class-validator';
import { PageQuery } from '../http/query.js';
import { About, IsCountryCode, IsLineName, IsName, MayBeLeftOut } from '../validation/members.js';

const statuses = ['held', 'partly-exported', 'exported', 'released', 'lapsed', 'refused'] as const;

/** What lists of reservations and of exports can be narrowed to. */
export class ShipmentQuery extends PageQuery {
  @About('Destination, as AE.')
  @MayBeLeftOut()
  @IsCountryCode()
  readonly destination?: string;

  @About('The exporter acted for.')
  @MayBeLeftOut()
  @IsName(100)
  readonly exporter?: string;

  @About('Quota line, as country:AE.')
  @MayBeLeftOut()
  @IsLineName()
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
  @Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: '$property must be the id of a reservation, a UUID' })
  readonly reservationId?: string;
}

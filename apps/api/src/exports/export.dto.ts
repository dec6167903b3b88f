import { IsIn } from 'class-validator';
import { About, IsInstant, IsText, MayBeLeftOut } from '../validation/members.js';
import { ShipmentDto } from '../reservations/reservation.dto.js';

export class DirectExportDto extends ShipmentDto {
  @About('May lie in the past, inside the quota period, and not more than 24 h in the future.')
  @IsInstant()
  readonly exportedAt!: string;

  @About('Internal Transaction Number of the export declaration.')
  @MayBeLeftOut()
  @IsText(40)
  readonly itn?: string;
}

export class FilingDto {
  @About('Internal Transaction Number of the export declaration.')
  @IsText(40)
  readonly itn!: string;
}

export const reversalCodes = ['misreported', 'duplicate', 'returned', 'not-shipped'] as const;

export class ReversalDto {
  @About('`misreported`, `duplicate` and `not-shipped` credit the line, `returned` does not.')
  @IsIn(reversalCodes)
  readonly code!: (typeof reversalCodes)[number];

  @About('Why, for the record.')
  @IsText(500)
  readonly reason!: string;
}

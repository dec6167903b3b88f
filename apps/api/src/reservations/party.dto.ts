import { IsString, Matches } from 'class-validator';
import { About, IsName, MayBeLeftOut, Nested } from '../validation/members.js';

const countryMessage = '$property must be an ISO 3166-1 alpha-2 code in capitals, as AE';

/** A company as a shipment names it. */
export class PartyDto {
  @About('The company as it signs.')
  @IsName(200)
  readonly name!: string;

  @About('Where its headquarters are.')
  @MayBeLeftOut()
  @IsString()
  @Matches(/^[A-Z]{2}$/, { message: countryMessage })
  readonly headquarters?: string;

  @About('Where it is located.')
  @MayBeLeftOut()
  @IsString()
  @Matches(/^[A-Z]{2}$/, { message: countryMessage })
  readonly country?: string;
}

/** A company with the one that owns it in the end. */
export class ConsigneeDto extends PartyDto {
  @About('The company that owns it in the end.')
  @MayBeLeftOut()
  @Nested(() => PartyDto)
  readonly ultimateParent?: PartyDto;
}

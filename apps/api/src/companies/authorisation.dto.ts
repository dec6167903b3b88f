import { IsIn, IsString, Matches } from 'class-validator';
import { PageQuery } from '../http/query.js';
import { About, IsCountryCode, IsInstant, IsName, IsText, MayBeLeftOut, MayBeNull } from '../validation/members.js';

const countryMessage = '$property must be an ISO 3166-1 alpha-2 code in capitals, as AE';
const kinds = ['uveu', 'nveu'] as const;
const statuses = ['planned', 'in-force', 'ended', 'revoked'] as const;

/** An entry of Supplement No. 7 to 15 CFR Part 748. */
export class AuthorisationDto {
  @About('Universal or National Data Center VEU.')
  @IsIn(kinds)
  readonly kind!: (typeof kinds)[number];

  @About('Id of the company, or any name that means it.')
  @IsName(200)
  readonly companyId!: string;

  @About('The one country of an NVEU; none for a UVEU.')
  @MayBeLeftOut()
  @IsString()
  @Matches(/^[A-Z]{2}$/, { message: countryMessage })
  readonly country?: string;

  @About('In force from here on (inclusive); left out: from now.')
  @MayBeLeftOut()
  @IsInstant()
  readonly from?: string;

  @About('Until here (exclusive); left out: until it is revoked.')
  @MayBeLeftOut()
  @IsInstant()
  readonly until?: string;

  @About('Why, for the record.')
  @IsText(500)
  readonly reason!: string;

  @About('Where it is published.')
  @MayBeLeftOut()
  @IsText(200)
  readonly citation?: string;
}

/** Only dates: another kind or country is another authorisation. */
export class AuthorisationAmendmentDto {
  @About('A time to come, while the authorisation has not begun.')
  @MayBeLeftOut()
  @IsInstant()
  readonly from?: string;

  @About('A time to come; null: until it is revoked.')
  @MayBeNull()
  @IsInstant()
  readonly until?: string | null;

  @About('Why, for the record.')
  @IsText(500)
  readonly reason!: string;
}

export class RevocationDto {
  @About('When it ends: now or later; left out: now.')
  @MayBeLeftOut()
  @IsInstant()
  readonly effective?: string;

  @About('Why, for the record.')
  @IsText(500)
  readonly reason!: string;
}

export class AuthorisationQuery extends PageQuery {
  @About('Only of this kind.')
  @MayBeLeftOut()
  @IsIn(kinds)
  readonly kind?: (typeof kinds)[number];

  @About('Only of the company that this id or name means.')
  @MayBeLeftOut()
  @IsName(200)
  readonly company?: string;

  @About('Only for this country.')
  @MayBeLeftOut()
  @IsCountryCode()
  readonly country?: string;

  @About('Only with this status.')
  @MayBeLeftOut()
  @IsIn(statuses)
  readonly status?: (typeof statuses)[number];
}

import { ArrayMaxSize, IsArray, IsString, Matches } from 'class-validator';
import { PageQuery } from '../http/query.js';
import { About, IsCountryCode, IsName, IsText, IsTpp, MayBeLeftOut, Nested } from '../validation/members.js';

const countryMessage = '$property must be an ISO 3166-1 alpha-2 code in capitals, as AE';

export class CompanyDto {
  @About('The company as it signs. Its id is the slug of this name.')
  @IsName(200)
  readonly name!: string;

  @About('Where its headquarters are; left out: not known yet.')
  @MayBeLeftOut()
  @IsString()
  @Matches(/^[A-Z]{2}$/, { message: countryMessage })
  readonly headquarters?: string;

  @About('Other names that mean it. A name means one company only.')
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(50)
  @IsName(200, { each: true })
  readonly aliases?: readonly string[];
}

/** What a company has in one country. */
export class HoldingDto {
  @About('Where.')
  @IsString()
  @Matches(/^[A-Z]{2}$/, { message: countryMessage })
  readonly country!: string;

  @About('TPP at the level of 3A090.a.')
  @IsTpp()
  readonly tpp!: number;
}

/** What is left out stays as it is. */
export class CompanyAmendmentDto {
  @About('Its name from now on; the former one becomes an alias for ever.')
  @MayBeLeftOut()
  @IsName(200)
  readonly name?: string;

  @About('Where its headquarters are.')
  @MayBeLeftOut()
  @IsString()
  @Matches(/^[A-Z]{2}$/, { message: countryMessage })
  readonly headquarters?: string;

  @About('All other names that mean it, as they shall be. Former names, and those that a merger brought, cannot be left out.')
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(50)
  @IsName(200, { each: true })
  readonly aliases?: readonly string[];

  @About('TPP at the level of 3A090.a that it owns with parents and subsidiaries: what the shares of a UVEU are of.')
  @MayBeLeftOut()
  @IsTpp()
  readonly declaredTpp?: number;

  @About(
    'What of that it has from outside of this ledger, by country: all of it, as it shall be. It counts in the shares of a UVEU ' +
      'and in the installed base of an NVEU.',
  )
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(250)
  @Nested(() => HoldingDto, { each: true })
  readonly declaredElsewhere?: readonly HoldingDto[];

  @About('Why, for the record.')
  @IsText(500)
  readonly reason!: string;
}

export class CompanyMergerDto {
  @About('Id of the company that goes on.')
  @IsName(200)
  readonly into!: string;

  @About('Why they are one company, for the record; also why their headquarters differ, if they do.')
  @IsText(500)
  readonly reason!: string;
}

export class CompanyQuery extends PageQuery {
  @About('Only companies headquartered there.')
  @MayBeLeftOut()
  @IsCountryCode()
  readonly headquarters?: string;

  @About('Only companies with a name or alias that contains this, however it is written.')
  @MayBeLeftOut()
  @IsName(200)
  readonly name?: string;
}

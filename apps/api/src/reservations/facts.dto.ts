import type { RouteFacts } from '#rulebook';
import { IsBoolean, IsIn, IsNumber, IsPositive } from 'class-validator';
import { About, IsInstant, IsTpp, MayBeLeftOut, Nested } from '../validation/members.js';
import { ConsigneeDto } from './party.dto.js';

/** What a shipment states because a single route asks for it. Nothing is guessed: a fact left out is missing. */
export class FactsDto implements RouteFacts {
  @About('Stays within the destination: a transfer (in-country). Left out: false.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly inCountryTransfer?: boolean;

  @About('False: foreign-made and no direct product by 15 CFR 734.9(h), so that no route is needed. Left out: true.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly subjectToEar?: boolean;

  @About('For an end use or end user that part 744 prohibits: no route applies. Left out: false.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly prohibitedEndUse?: boolean;

  @About('AIA, VEU: will train models of ECCN 4E091 for entities (VEU: or in places) outside of partner countries. Left out: false.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly trainsWeightsForOutsiders?: boolean;

  @About('ACM: what the items are for: development or production of eligible items, or their storage before export.')
  @MayBeLeftOut()
  @IsIn(['development', 'production', 'storage', 'other'])
  readonly endUse?: 'development' | 'production' | 'storage' | 'other';

  @About('ACM: no government, the home one aside, owns or controls the consignee.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly privateSector?: boolean;

  @About('ACM: a government other than the home one owns or controls the consignee.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly governmentOwned?: boolean;

  @About('The items end with customers outside of Macau and Country Group D:5. ACM needs it; `false` bars every route but NAC and the exceptions of 15 CFR 740.2(a)(9)(ii) that `route` asks for.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly customersOutsideD5?: boolean;

  @About('NAC: when the notification was given.')
  @MayBeLeftOut()
  @IsInstant()
  readonly noticeGivenAt?: string;

  @About('NAC: for a computing cluster; then `clusterTpp` too.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly cluster?: boolean;

  @About('NAC: TPP of the whole cluster once it is complete.')
  @MayBeLeftOut()
  @IsTpp()
  readonly clusterTpp?: number;

  @About('NAC: memory bandwidth of the item in GB/s.')
  @MayBeLeftOut()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @IsPositive()
  readonly memoryBandwidthGBs?: number;

  @About(
    'Who operates the items, if not the consignee. LPP: they count on the limit of its ultimate parent, or on its own ' +
      'where it names none. VEU: it needs its own authorisation.',
  )
  @MayBeLeftOut()
  @Nested(() => ConsigneeDto)
  readonly operator?: ConsigneeDto;

  @About('VEU: between authorised sites of the same VEU.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly betweenVeuSites?: boolean;

  @About('UVEU: for a data centre in a location not yet listed; then `siteNoticeGivenAt` too.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly newDataCenter?: boolean;

  @About('UVEU: when the notice of the new location was given.')
  @MayBeLeftOut()
  @IsInstant()
  readonly siteNoticeGivenAt?: string;

  @About('TMP, RPL, GOV, TSU, HBM: every condition of the paragraph of the license exception that `route` asks for is met.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly exceptionConditionsMet?: boolean;
}

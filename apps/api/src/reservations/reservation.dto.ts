import { namedExceptions } from '#rulebook';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { anonymous } from '../access.js';
import {
  About,
  IsInstant,
  IsSomeTpp,
  IsName,
  IsRecordedText,
  IsText,
  IsTpp,
  MayBeLeftOut,
  MayBeNull,
  Nested,
} from '../validation/members.js';
import { FactsDto } from './facts.dto.js';
import { ConsigneeDto } from './party.dto.js';

/** The routes that a caller may ask for. */
export const askableRoutes = ['licence', 'lpp', 'nveu', 'uveu', 'aia', 'acm', 'aca', 'nac', ...namedExceptions] as const;

const countryMessage = '$property must be an ISO 3166-1 alpha-2 code in capitals, as AE';

/** Integrated circuits of one kind in a described computer or assembly. */
export class CircuitDto {
  @About('TPP of one of them, with at most three decimals.')
  @IsTpp()
  readonly tppPerUnit!: number;

  @About('Applicable die area of one of them in mm2, 0 if it has no die of a non-planar process.')
  @MayBeLeftOut()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(1_000_000)
  readonly dieAreaMm2?: number;

  @About('Designed or marketed for datacentres; left out: true.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly datacenter?: boolean;

  @About('How many of them one computer has.')
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly quantity!: number;
}

export class ItemDto {
  @About('Id of a chip of /v1/chips; or use `description`.')
  @MayBeLeftOut()
  @IsText(100)
  readonly chip?: string;

  @About(
    'An item that is not in the catalogue; needs `tppPerUnit`, or the `circuits` of a computer. Without `circuits` and `eccn` it ' +
      'is measured as one integrated circuit.',
  )
  @MayBeLeftOut()
  @IsText(200)
  readonly description?: string;

  @About('Taken as declared; left out, the item is classified. Technology says what it is for: 3E001 (for 3A090.a).')
  @MayBeLeftOut()
  @IsString()
  @Matches(/^([0-9][A-E][0-9]{3}(\.[a-z0-9]{1,4}){0,5}( \(for [0-9][A-E][0-9]{3}(\.[a-z0-9]{1,4}){0,5}\))?|EAR99|none)$/, {
    message: '$property must be an ECCN as 4A090.a, of technology with what it is for, as 3E001 (for 3A090.a)',
  })
  readonly eccn?: string;

  @About('Units.')
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  readonly quantity!: number;

  @About('TPP of one unit, with at most three decimals; only with `description`.')
  @MayBeLeftOut()
  @IsTpp()
  readonly tppPerUnit?: number;

  @About('Applicable die area of one unit in mm2, 0 if it has no die of a non-planar process; not where the catalogue has one.')
  @MayBeLeftOut()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(1_000_000)
  readonly dieAreaMm2?: number;

  @About('Designed or marketed for datacentres; only with `description`; left out: true, with `circuits` whether one of them is.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly datacenter?: boolean;

  @About(
    'What a described computer or assembly contains, in place of `tppPerUnit`, `dieAreaMm2` and `eccn`: it has the sum of their TPP ' +
      'and is 4A090 if one of them is 3A090.a or .b.',
  )
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Nested(() => CircuitDto, { each: true })
  readonly circuits?: readonly CircuitDto[];
}

/** What a reservation, a determination and a direct export have in common. */
export class ShipmentDto {
  @About('ISO 3166-1 alpha-2 code of the destination.')
  @IsString()
  @Matches(/^[A-Z]{2}$/, { message: countryMessage })
  readonly destination!: string;

  @About(`The exporter acted for; left out: \`${anonymous}\`.`)
  @MayBeLeftOut()
  @IsName(100)
  readonly exporter?: string;

  @About('The route asked for; left out, the rulebook picks the first applicable one.')
  @MayBeLeftOut()
  @IsIn(askableRoutes)
  readonly route?: (typeof askableRoutes)[number];

  @About('Left out: an unnamed entity located and headquartered in the destination.')
  @MayBeLeftOut()
  @Nested(() => ConsigneeDto)
  readonly ultimateConsignee?: ConsigneeDto;

  @About('What is shipped.')
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Nested(() => ItemDto, { each: true })
  readonly items!: readonly ItemDto[];

  @About(
    'When the hold ends: after now, and where it draws on the allocation of a country at most the end of the quota period; ' +
      'left out: 90 days, cut there. ' +
      'Without effect on a direct export.',
  )
  @MayBeLeftOut()
  @IsInstant()
  readonly expiresAt?: string;

  @About("The exporter's own reference.")
  @MayBeLeftOut()
  @IsText(200)
  readonly reference?: string;

  @About('What a route needs besides, by route: see docs/rulebook.md.')
  @MayBeLeftOut()
  @Nested(() => FactsDto)
  readonly facts?: FactsDto;
}

export class ReservationDto extends ShipmentDto {}

export class DeterminationDto extends ShipmentDto {
  @About('The day of an export, for what it would come to as an export of its own; left out: a reservation.')
  @MayBeLeftOut()
  @IsInstant()
  readonly exportedAt?: string;
}

/** A line of a bulk request. */
export class BulkReservationDto extends ShipmentDto {
  @About('8 to 200 printable ASCII characters.')
  @IsString()
  @Matches(/^[\x20-\x7e]{8,200}$/, { message: '$property must be 8 to 200 printable ASCII characters' })
  readonly idempotencyKey!: string;
}

export class AmendmentDto {
  @About('The items as they shall be.')
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Nested(() => ItemDto, { each: true })
  readonly items?: readonly ItemDto[];

  @About('When the hold shall end.')
  @MayBeLeftOut()
  @IsInstant()
  readonly expiresAt?: string;

  @About("The exporter's own reference; null takes it away.")
  @MayBeNull()
  @IsText(200)
  readonly reference?: string | null;
}

export class ReleaseDto {
  @About('Why, for the record.')
  @MayBeLeftOut()
  @IsText(500)
  readonly reason?: string;
}

/** An item of the reservation and how much of it is exported. */
export class HeldItemDto {
  @MayBeLeftOut()
  @IsText(100)
  readonly chip?: string;

  @MayBeLeftOut()
  @IsRecordedText(200)
  readonly description?: string;

  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  readonly quantity!: number;
}

export class HoldExportDto {
  @About('Items of the reservation; neither items nor tpp: all that is held.')
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Nested(() => HeldItemDto, { each: true })
  readonly items?: readonly HeldItemDto[];

  @About('An amount alone, with at most three decimals; needs a reservation of a single item.')
  @MayBeLeftOut()
  @IsSomeTpp()
  readonly tpp?: number;

  @About('May lie in the past, inside the quota period, and not more than 24 h in the future.')
  @IsInstant()
  readonly exportedAt!: string;

  @About('Internal Transaction Number of the export declaration.')
  @MayBeLeftOut()
  @IsText(40)
  readonly itn?: string;

  @About('Gives back what is left of the hold.')
  @MayBeLeftOut()
  @IsBoolean()
  readonly final?: boolean;
}

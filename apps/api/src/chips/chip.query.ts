import { IsIn, Matches } from 'class-validator';
import { formatForm } from '#rulebook';
import { About, IsCount, IsText, MayBeLeftOut } from '../validation/members.js';

const decimal = /^\d{1,15}(\.\d{1,3})?$/;
const decimalForm = { message: '$property must be a number of 0 or more with at most three decimals' };

export class ChipQuery {
  @About('Only what has this in its id or name.')
  @MayBeLeftOut()
  @IsText(100)
  readonly q?: string;

  @About('Only chips or only systems.')
  @MayBeLeftOut()
  @IsIn(['chip', 'system'])
  readonly kind?: 'chip' | 'system';

  @About('Only of this vendor, as NVIDIA; capitals do not matter.')
  @MayBeLeftOut()
  @IsText(100)
  readonly vendor?: string;

  @About('Only of this ECCN, with all below it: 3A090, 3A090.a, 3A090.a.1, 4A090.a, none, unknown.')
  @MayBeLeftOut()
  @Matches(/^([0-9][A-E][0-9]{3}(\.[a-z0-9]{1,4}){0,5}|EAR99|none|unknown)$/, {
    message: '$property must be an ECCN as 3A090.a, or EAR99, none or unknown',
  })
  readonly eccn?: string;

  @About('Only of this level; unknown: the performance density decides and is not known.')
  @MayBeLeftOut()
  @IsIn(['a', 'b', 'c', 'uncontrolled', 'unknown'])
  readonly level?: 'a' | 'b' | 'c' | 'uncontrolled' | 'unknown';

  @About('Only what is, or is not, designed or marketed for datacentres. Of a described item: whether it is; left out: true.')
  @MayBeLeftOut()
  @IsIn(['true', 'false'])
  readonly datacenter?: 'true' | 'false';

  @About('Describes an item in place of the catalogue, as one integrated circuit: dense TOPS, with bitLength.')
  @MayBeLeftOut()
  @Matches(decimal, decimalForm)
  readonly denseTops?: string;

  @About('Describes an item: the largest bit length of the inputs to the multiply, with denseTops.')
  @MayBeLeftOut()
  @IsCount(1, 1024)
  readonly bitLength?: string;

  @About(`Describes an item by several formats, separated by commas. Each is ${formatForm}.`)
  @MayBeLeftOut()
  @IsText(1000)
  readonly formats?: string;

  @About('How many equal processing units the described item has; left out: 1.')
  @MayBeLeftOut()
  @IsCount(1, 100_000)
  readonly units?: string;

  @About('Applicable die area of the described item in mm2; 0 if it has no die of a non-planar process.')
  @MayBeLeftOut()
  @Matches(decimal, decimalForm)
  readonly dieAreaMm2?: string;
}

export class OneChipQuery {
  @About('Applicable die area in mm2, of a chip whose die area the catalogue does not know; 0 if it has no die of a non-planar process.')
  @MayBeLeftOut()
  @Matches(decimal, decimalForm)
  readonly dieAreaMm2?: string;
}

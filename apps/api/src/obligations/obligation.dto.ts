import { namedExceptions } from '#rulebook';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn } from 'class-validator';
import { PageQuery } from '../http/query.js';
import { About, IsInstant, IsName, IsText, MayBeLeftOut } from '../validation/members.js';

const routes = ['aia', 'aca', 'nac', 'acm', 'uveu', 'nveu', 'lpp', 'licence', ...namedExceptions] as const;
const statuses = ['open', 'done', 'overdue'] as const;

export class ObligationQuery extends PageQuery {
  @About('The exporter whose shipments give rise to it.')
  @MayBeLeftOut()
  @IsName(100)
  readonly exporter?: string;

  @About('Who owes it: an exporter, or a company by any id or name that means it: aliases, former names, companies merged into it.')
  @MayBeLeftOut()
  @IsName(200)
  readonly party?: string;

  @About('Kind that a rulebook asks for, as lpp-certification-copy.')
  @MayBeLeftOut()
  @IsText(100)
  readonly kind?: string;

  @About('Route of the shipments.')
  @MayBeLeftOut()
  @IsIn(routes)
  readonly route?: (typeof routes)[number];

  @About('Left out: all. Overdue is what was not done by its due date, as of now.')
  @MayBeLeftOut()
  @IsIn(statuses)
  readonly status?: (typeof statuses)[number];

  @About('Due before this time.')
  @MayBeLeftOut()
  @IsInstant()
  readonly dueBefore?: string;
}

export class FulfilmentDto {
  @About('When it was done; left out: now. Not in the future.')
  @MayBeLeftOut()
  @IsInstant()
  readonly fulfilledAt?: string;

  @About('Where the evidence is to be found: the number of a letter, an address, a file.')
  @IsText(500)
  readonly reference!: string;

  @About('Anything else worth keeping.')
  @MayBeLeftOut()
  @IsText(2000)
  readonly note?: string;
}

export class FulfilmentsDto extends FulfilmentDto {
  @About('Ids of the obligations, 1 to 200.')
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsText(100, { each: true })
  readonly ids!: string[];
}

import type { WeightExportRequest, WeightsRequest } from '#ledger';
import { IsIn } from 'class-validator';
import { PageQuery } from '../http/query.js';
import { anonymous } from '../access.js';
import type { By } from '../reservations/shipment-request.js';
import { About, IsInstant, IsName, IsText, MayBeLeftOut, Nested } from '../validation/members.js';
import { WeightsConsigneeDto, WeightsDto } from './weights.dto.js';

/** What a determination of weights and an export of them have in common. */
class AboutWeightsDto {
  @About(`The exporter acted for; left out: \`${anonymous}\`.`)
  @MayBeLeftOut()
  @IsName(100)
  readonly exporter?: string;

  @About('What the weights are.')
  @Nested(() => WeightsDto)
  readonly weights!: WeightsDto;

  @About('Who obtains them.')
  @MayBeLeftOut()
  @Nested(() => WeightsConsigneeDto)
  readonly consignee?: WeightsConsigneeDto;

  @About('The route asked for; left out: the first applicable one.')
  @MayBeLeftOut()
  @IsIn(['aia', 'licence'])
  readonly route?: 'aia' | 'licence';

  @About('Number of the licence that was granted for this export: the route `licence` needs it.')
  @MayBeLeftOut()
  @IsText(40)
  readonly licence?: string;

  @About("The exporter's own reference.")
  @MayBeLeftOut()
  @IsText(200)
  readonly reference?: string;
}

export class WeightExportDto extends AboutWeightsDto {
  @About('When they left: the rules of that moment hold. Not more than 24 h in the future.')
  @IsInstant()
  readonly exportedAt!: string;
}

export class WeightsDeterminationDto extends AboutWeightsDto {
  @About('The moment whose rules hold; left out: now.')
  @MayBeLeftOut()
  @IsInstant()
  readonly exportedAt?: string;
}

export class WeightExportQuery extends PageQuery {
  @About('The exporter acted for.')
  @MayBeLeftOut()
  @IsName(100)
  readonly exporter?: string;

  @About('Left out: recorded and refused.')
  @MayBeLeftOut()
  @IsIn(['recorded', 'refused'])
  readonly status?: 'recorded' | 'refused';
}

export const weightsExample = {
  exporter: 'acme-ai',
  weights: {
    model: 'Falcon 5',
    published: false,
    trainingOperations: [
      { stage: 'pre-training', operations: 1.8e26 },
      { stage: 'later training', operations: 2e25 },
    ],
    syntheticData: 'none',
    derivedFrom: 'none',
    origin: 'us',
  },
  consignee: {
    name: 'Albion Compute',
    country: 'GB',
    headquarters: 'GB',
    ultimateParent: 'none',
    facility: { paragraph14: true, paragraph15: true, paragraph18: true },
  },
  exportedAt: '2026-06-01T00:00:00Z',
};

export function weightsRequest({ weights, consignee, route, licence, exportedAt }: WeightsDeterminationDto): WeightsRequest {
  return {
    weights,
    ...(consignee !== undefined && { consignee }),
    ...(route !== undefined && { route }),
    ...(licence !== undefined && { licence }),
    ...(exportedAt !== undefined && { exportedAt: Date.parse(exportedAt) }),
  };
}

export function weightExportRequest(dto: WeightExportDto, { principal }: By): WeightExportRequest {
  const { exporter = principal, reference } = dto;
  return {
    ...weightsRequest(dto),
    exporter,
    exportedAt: Date.parse(dto.exportedAt),
    ...(reference !== undefined && { reference }),
  };
}

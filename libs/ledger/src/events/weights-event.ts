import type {
  Reason,
  WeightsConsignee,
  WeightsDetermination,
  WeightsFacts,
  WeightsObligation,
  WeightsRoute,
} from '#rulebook';
import type { Answers, Recorded, RulebookReference } from './recorded.js';

// These names and shapes are what is stored, for ever. Change one only with a new `v`, an upcast and a golden file.

/** An event of the stream `weights:<exporter>`: what became of a request to record an export of model weights. */
export type WeightsEvent = WeightExportRecorded | WeightExportRefused;

/** What the rules made of the weights and their consignee at `exportedAt`. Operations are doubles, for people. */
export interface DeterminedWeights
  extends Pick<
    WeightsDetermination,
    'control' | 'decidedBy' | 'steps' | 'routesConsidered' | 'presumption' | 'presumptionReasons' | 'missing'
  > {
  /** The first route that applies, whatever was asked for. */
  readonly route: WeightsRoute;
  readonly operations: WeightsDetermination['classification']['operations'];
}

/** The id is the command's identity. What the exporter left out is left out here. */
interface OfWeights extends Recorded, Answers {
  readonly weightExportId: string;
  readonly exporter: string;
  /** Facts of the model and of its release, as stated. */
  readonly weights: WeightsFacts;
  readonly consignee?: WeightsConsignee;
  readonly exportedAt: string;
  /** The route asked for. */
  readonly asked?: Exclude<WeightsRoute, 'none'>;
  /** Number of the licence that the exporter relies on. */
  readonly licence?: string;
  readonly reference?: string;
  /** `missing` names members of this event. */
  readonly determination: DeterminedWeights;
  readonly rulebook: RulebookReference;
}

export interface WeightExportRecorded extends OfWeights {
  readonly type: 'WeightExportRecorded';
  readonly route: WeightsRoute;
  /** Of that route. */
  readonly obligations: readonly WeightsObligation[];
}

export type WeightsRefusalCode = 'route-not-applicable';

/** The rules said no: nothing may leave under this request. */
export interface WeightExportRefused extends OfWeights {
  readonly type: 'WeightExportRefused';
  /** The route that was asked for, or would have been next. */
  readonly route: WeightsRoute;
  readonly code: WeightsRefusalCode;
  readonly reasons: readonly Reason[];
}

import type { WeightsConsignee, WeightsFacts, WeightsReliance } from '#rulebook';

/** What is asked about weights: what they are, who obtains them, and what the exporter relies on. */
export interface WeightsRequest extends WeightsReliance {
  readonly weights: WeightsFacts;
  readonly consignee?: WeightsConsignee;
  /** Milliseconds since 1970, UTC: the moment whose rules hold; left out: now. */
  readonly exportedAt?: number;
}

/** An export of weights to be recorded: it has left, or leaves within a day. */
export interface WeightExportRequest extends WeightsRequest {
  readonly exporter: string;
  readonly exportedAt: number;
  readonly reference?: string;
}

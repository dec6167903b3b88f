import type { CompiledRulebook } from '#rulebook';
import type { WeightsEvent } from '../events/weights-event.js';
import type { Rejected } from '../write/ledger-outcome.js';
import { judgeWeights, type WeightsAnswer } from './judge-weights.js';
import type { WeightsRequest } from './weights-request.js';

/** What was asked when this event was recorded. */
export function weightsRequestOf({ weights, consignee, asked, licence, exportedAt }: WeightsEvent): WeightsRequest {
  return {
    weights,
    ...(consignee && { consignee }),
    ...(asked && { route: asked }),
    ...(licence !== undefined && { licence }),
    exportedAt: Date.parse(exportedAt),
  };
}

/** What a recorded request would come to under another rulebook, at the same moment. Pure. */
export function judgeAgain(rulebook: CompiledRulebook, event: WeightsEvent): WeightsAnswer | Rejected {
  return judgeWeights(rulebook, weightsRequestOf(event), Date.parse(event.exportedAt));
}

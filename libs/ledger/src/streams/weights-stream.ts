import type { Draft } from '../events/seal.js';
import type { WeightsEvent } from '../events/weights-event.js';
import { weightsStreamOf } from '../line/streams.js';
import type { Recorded, StreamBatch, StreamCommand, StreamKind } from './stream-writer.js';

/** A decision about an export of weights was recorded. `event.type` may be `WeightExportRefused`. */
export type WeightsDecided = Recorded<WeightsEvent>;

/** An export of weights as it was judged. */
export interface JudgedWeights extends StreamCommand {
  readonly draft: Draft<WeightsEvent>;
}

/** The stream of one exporter's exports of weights. They were judged without it: it only gives each event its place and time. */
export class WeightsStream implements StreamKind<JudgedWeights, WeightsEvent> {
  readonly stream: string;
  readonly waitFor: string;
  readonly batchMax = 500;
  readonly isFoldedWhole = false;
  /** Milliseconds since 1970. */
  #lastRecordedAt = 0;

  constructor(exporter: string) {
    this.stream = weightsStreamOf(exporter);
    this.waitFor = `exports of weights by ${exporter} wait`;
  }

  begin(): StreamBatch<JudgedWeights, WeightsEvent> {
    let last = this.#lastRecordedAt;
    return {
      // A copy: after a conflict the draft is needed again.
      decide: ({ draft }) => ({ ...draft, recordedAt: new Date(Math.max(last, Date.parse(draft.recordedAt))).toISOString() }),
      add: ({ recordedAt }) => (last = Date.parse(recordedAt)),
    };
  }

  fold({ recordedAt }: WeightsEvent): void {
    this.#lastRecordedAt = Date.parse(recordedAt);
  }
}

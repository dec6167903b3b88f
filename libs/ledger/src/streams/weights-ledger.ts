import type { CompiledRulebook } from '#rulebook';
import type { WeightsEvent } from '../events/weights-event.js';
import { judgeWeightExport, judgeWeights, type WeightsAnswer } from '../weights/judge-weights.js';
import type { WeightExportRequest, WeightsRequest } from '../weights/weights-request.js';
import type { Admission } from '../once/admission.js';
import type { Clock } from '../outcome/clock.js';
import type { CompanyPort } from '../companies/company-port.js';
import { identityOf } from '../once/identity.js';
import { keyMissing, type Rejected } from '../outcome/rejected.js';
import type { Caller } from '../requests/ledger-request.js';
import { recordedBefore, type StreamWriterOptions } from './stream-writer.js';
import { StreamWriters } from './stream-writers.js';
import { WeightsStream, type JudgedWeights, type WeightsDecided } from './weights-stream.js';

/** What became of a request to record an export of weights. */
export type WeightsOutcome = WeightsDecided | Rejected;

export interface WeightsLedgerOptions extends StreamWriterOptions {
  /** In force now. */
  readonly rulebook: () => CompiledRulebook;
  /** The register of companies: what it says of headquarters may not be contradicted. */
  readonly companies: Pick<CompanyPort, 'lookup' | 'refresh'>;
  readonly clock: Clock;
  readonly admission: Admission;
}

/** Exporters whose streams are kept at hand. */
const exportersMax = 1_000;

/** Exports of model weights: determined, and recorded in the stream of their exporter. They debit no line. */
export class WeightsLedger {
  readonly #options: WeightsLedgerOptions;
  readonly #exporters: StreamWriters<JudgedWeights, WeightsEvent, WeightsStream>;

  constructor(options: WeightsLedgerOptions) {
    this.#options = options;
    this.#exporters = new StreamWriters((exporter) => new WeightsStream(exporter), { ...options, max: exportersMax });
  }

  /** What an export would come to at its `exportedAt`, or now. Nothing is recorded. */
  determine(request: WeightsRequest): WeightsAnswer | Rejected {
    const { rulebook, clock, companies } = this.#options;
    return judgeWeights(rulebook(), request, clock(), (party) => companies.lookup(party));
  }

  /** Records an export, or that the rules refuse it. The outcome is durable when the promise resolves. */
  record(request: WeightExportRequest, caller: Caller): Promise<WeightsOutcome> {
    const { rulebook, companies, admission, processes } = this.#options;
    const { exporter } = request;
    const identity = identityOf(exporter, 'export weights', caller);
    if (!identity) return Promise.resolve(keyMissing());
    const judgeNow = (): Promise<WeightsOutcome> => {
      const issued = { ...admission.issue(caller, identity), identity };
      const judged = judgeWeightExport(rulebook(), request, issued, (party) => companies.lookup(party));
      if ('decided' in judged) return Promise.resolve(judged);
      // An export that was judged is always recorded.
      return this.#exporters.of(exporter).writer.submit({ identity, draft: judged }) as Promise<WeightsOutcome>;
    };
    // What the register says of headquarters may be of another instance.
    const decideNow = (): Promise<WeightsOutcome> => processes.catchUp(async () => companies.refresh?.())?.then(judgeNow) ?? judgeNow();
    return admission.once(identity, decideNow, recordedBefore<WeightsEvent>);
  }

  /** Resolves when nothing waits any more. */
  idle(): Promise<void> {
    return this.#exporters.idle();
  }
}

import type { CompiledRulebook } from '#rulebook';
import type { EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { WeightsEvent } from '../events/weights-event.js';
import { judgeWeightExport, judgeWeights, type WeightsAnswer } from '../weights/judge-weights.js';
import type { WeightExportRequest, WeightsRequest } from '../weights/weights-request.js';
import type { Admission } from '../once/admission.js';
import type { Appends } from '../appending/appends.js';
import type { Clock } from '../outcome/clock.js';
import type { CommandGate, FirstAnswer } from '../once/command-gate.js';
import type { CompanyPort } from '../companies/company-port.js';
import type { DerivedIndex } from '../once/derived-index.js';
import { identityOf } from '../once/identity.js';
import { keyMissing, type Rejected } from '../outcome/rejected.js';
import type { Caller } from '../requests/ledger-request.js';
import type { Tail } from '../once/tail.js';
import { WeightsWriter, type WeightsDecided } from './weights-writer.js';

/** What became of a request to record an export of weights. */
export type WeightsOutcome = WeightsDecided | Rejected;

export interface WeightsLedgerOptions {
  readonly store: EventStore;
  readonly appends: Appends;
  readonly index: Pick<DerivedIndex, 'position' | 'findCommands'>;
  readonly tail: Tail;
  readonly gate: CommandGate;
  /** In force now. */
  readonly rulebook: () => CompiledRulebook;
  /** The register of companies: what it says of headquarters may not be contradicted. */
  readonly companies: Pick<CompanyPort, 'lookup' | 'refresh'>;
  readonly clock: Clock;
  readonly queueMax: number;
  readonly waitMsMax: number;
  readonly onCommitted: (position: Position) => void;
  readonly admission: Admission;
}

/** Writers that are kept although they have nothing to do. */
const writersMax = 1_000;

/** The first answer to a request, from the event that answered it. */
const firstAnswer: FirstAnswer<WeightsDecided> = (event, { revision, position }) =>
  Promise.resolve({ decided: true, replayed: true, event: event as WeightsEvent, revision, position });

/** Exports of model weights: determined, and recorded in the stream of their exporter. They debit no line. */
export class WeightsLedger {
  readonly #options: WeightsLedgerOptions;
  readonly #writers = new Map<string, WeightsWriter>();

  constructor(options: WeightsLedgerOptions) {
    this.#options = options;
  }

  /** What an export would come to at its `exportedAt`, or now. Nothing is recorded. */
  determine(request: WeightsRequest): WeightsAnswer | Rejected {
    const { rulebook, clock, companies } = this.#options;
    return judgeWeights(rulebook(), request, clock(), (party) => companies.lookup(party));
  }

  /** Records an export, or that the rules refuse it. The outcome is durable when the promise resolves. */
  record(request: WeightExportRequest, caller: Caller): Promise<WeightsOutcome> {
    const { rulebook, companies, admission, store } = this.#options;
    const { exporter } = request;
    const identity = identityOf(exporter, 'export weights', caller);
    if (!identity) return Promise.resolve(keyMissing());
    const judgeNow = (): Promise<WeightsOutcome> => {
      const issued = { ...admission.issue(caller, identity), identity };
      const judged = judgeWeightExport(rulebook(), request, issued, (party) => companies.lookup(party));
      return 'decided' in judged ? Promise.resolve(judged) : this.#writer(exporter).submit(identity, judged);
    };
    // What the register says of headquarters may be of another instance.
    const decideNow = store.isShared ? async () => (await companies.refresh?.(), judgeNow()) : judgeNow;
    return admission.once(identity, decideNow, firstAnswer);
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await Promise.all([...this.#writers.values()].map((writer) => writer.idle()));
  }

  #writer(exporter: string): WeightsWriter {
    const there = this.#writers.get(exporter);
    if (there) return there;
    if (this.#writers.size >= writersMax) {
      for (const [name, writer] of this.#writers) if (writer.isIdle) this.#writers.delete(name);
    }
    const { gate, ...options } = this.#options;
    const writer = new WeightsWriter({
      ...options,
      exporter,
      firstAnswer: (identity, place) => gate.firstAnswer(identity, place, firstAnswer),
      firstAnswerAt: (identity, positions) => gate.firstAnswerAt(identity, positions, firstAnswer),
    });
    this.#writers.set(exporter, writer);
    return writer;
  }
}

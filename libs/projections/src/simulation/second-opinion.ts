import {
  available,
  digestOf,
  eventId,
  type ExportDebited,
  type QuotaReserved,
  type ReservationAmended,
  type ReservationRefused,
} from '#ledger';
import type { ClassifiedItem, CompiledRulebook, Reason } from '#rulebook';
import { reasonsOf, recordedSide, simulatedSide } from './decision-sides.js';
import { differenceOf, type Differences } from './differences.js';
import type { DraftJudge, DraftVerdict, HoldInChange, StatedShipment } from './draft-judge.js';
import type { Occasion } from './occasion.js';
import type { SimulatedLines } from './simulated-lines.js';
import type { DecisionSide, SimulatedOperation } from './simulation-result.js';

/** An event with which a request was decided. */
export type DecidingEvent = QuotaReserved | ReservationAmended | ExportDebited | ReservationRefused;

/** A request as the log tells it. */
export interface ReplayedRequest {
  readonly operation: SimulatedOperation;
  /** The reservation or export that it is about. */
  readonly subject: string;
  readonly shipment: StatedShipment;
  readonly items: readonly ClassifiedItem[];
  /** The moment that counts, in milliseconds. */
  readonly whenMs: number;
  readonly inChange?: HoldInChange;
}

/** Judges recorded requests again under the draft and notes where it decides otherwise. */
export class SecondOpinion {
  /** Requests that were judged. */
  judged = 0;
  readonly #draft: CompiledRulebook;
  readonly #judge: DraftJudge;
  readonly #lines: SimulatedLines;
  readonly #differences: Differences;

  constructor(options: {
    readonly draft: CompiledRulebook;
    readonly judge: DraftJudge;
    readonly lines: SimulatedLines;
    readonly differences: Differences;
  }) {
    this.#draft = options.draft;
    this.#judge = options.judge;
    this.#lines = options.lines;
    this.#differences = options.differences;
  }

  /** What the draft makes of the request. To be asked before the lines move. */
  on(occasion: Occasion<DecidingEvent>, request: ReplayedRequest): DraftVerdict {
    const { shipment, items, whenMs, inChange } = request;
    this.judged += 1;
    const verdict = this.#judge.judge(shipment, items, whenMs, occasion.nowMs, inChange);
    const recorded = recordedSide(occasion.event, occasion.line);
    this.note(occasion, request, recorded, simulatedSide(verdict), () => {
      const left = verdict.allowed ? available(this.#lines.stateAt(verdict.line, occasion.nowMs).balance) : null;
      return reasonsOf(verdict, recorded, left, this.#draft.document.itemLevels.citation);
    });
    return verdict;
  }

  /** Notes the difference of two sides, if there is one. */
  note(
    { event, stored: { position, stream, revision, json } }: Occasion,
    { operation, subject }: Pick<ReplayedRequest, 'operation' | 'subject'>,
    recorded: DecisionSide,
    simulated: DecisionSide,
    reasons: () => readonly Reason[],
  ): void {
    const kind = differenceOf(recorded, simulated);
    if (kind === undefined) return;
    this.#differences.add(kind, position, () => ({
      eventId: eventId(stream, revision, digestOf(json)),
      operation,
      subject,
      recordedAt: event.recordedAt,
      destination: 'destination' in event ? event.destination : null,
      exporter: 'exporter' in event ? event.exporter : null,
      recorded,
      simulated,
      reasons: reasons(),
    }));
  }
}

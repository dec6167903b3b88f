import type { Determination, LedgerAccess, RequestProblem, Unacceptable } from '../access/ledger-access.js';
import type { RecordedShipment } from '../access/recorded-shipment.js';
import { unfiled, type ShipmentBody } from './row-action.js';
import { otherFacts, resultOf, resultOfAnswer, resultOfRecorded, type RowResult } from './row-result.js';
import type { PerformStep } from './run-import.js';

type Foreseen =
  | ({ readonly outcome: 'accepted' } & Determination)
  | ({ readonly outcome: 'refused'; readonly tpp: number } & RequestProblem)
  | Unacceptable;

/** What would become of shipments, one after another: what earlier ones would take is missing for later ones. */
export class Foresight {
  /** Thousandths of TPP that the lines would have given by now. */
  readonly #given = new Map<string, number>();
  /** Exports that would be reversed by now: each gives back once, however many rows correct it. */
  readonly #reversed = new Set<string>();

  constructor(private readonly ledger: LedgerAccess) {}

  /** @param corrected an export that would be reversed first */
  async shipment(body: ShipmentBody, corrected?: RecordedShipment): Promise<Foreseen> {
    const determined = await this.ledger.determine(unfiled(body));
    if (determined.outcome === 'rejected') return determined;
    if (determined.outcome === 'refused' && determined.code !== 'insufficient-quota') return determined;
    const { line, tpp, debitedTpp, available } = determined;
    const credit = corrected === undefined || this.#reversed.has(corrected.id) ? 0 : toMilli(corrected.debitedTpp);
    const given = this.#given.get(line) ?? 0;
    const left = available === null ? Infinity : toMilli(available) - given + (corrected?.line === line ? credit : 0);
    if (toMilli(debitedTpp) > left) {
      const detail = `${debitedTpp} TPP would be asked of ${line}, which would have ${Math.max(0, left) / 1000} TPP left.`;
      return { outcome: 'refused', tpp, code: 'insufficient-quota', detail };
    }
    this.#give(line, toMilli(debitedTpp));
    if (corrected !== undefined) {
      this.#give(corrected.line, -credit);
      this.#reversed.add(corrected.id);
    }
    return { outcome: 'accepted', line, tpp, debitedTpp, available };
  }

  #give(line: string, milliTpp: number): void {
    this.#given.set(line, (this.#given.get(line) ?? 0) + milliTpp);
  }
}

/** Says of every step what it would come to; records nothing. */
export function foreseeing(ledger: LedgerAccess): PerformStep {
  const foresight = new Foresight(ledger);
  return async (step): Promise<RowResult> => {
    const { row } = step;
    switch (step.do) {
      case 'nothing':
      case 'ask-again':
        return resultOfRecorded(row, step.recorded);
      case 'file':
        return { ...resultOfRecorded(row, step.recorded), filed: true, detail: 'The ITN would be recorded.' };
      case 'hold-back':
        return resultOf(row, { outcome: 'not-sent', reason: step.reason, detail: step.detail });
      case 'reject':
        return resultOf(row, { outcome: 'rejected', reason: 'idempotency-key-reused', detail: otherFacts });
      case 'send': {
        const foreseen = await foresight.shipment(row.action.body, step.corrects);
        if (foreseen.outcome === 'rejected') return resultOfAnswer(row, foreseen);
        const { tpp } = foreseen;
        if (foreseen.outcome === 'refused') {
          return resultOf(row, { outcome: 'refused', recorded: 'would', tpp, reason: foreseen.code, detail: foreseen.detail });
        }
        const outcome = row.action.action === 'export' ? 'exported' : 'reserved';
        if (step.corrects === undefined) return resultOf(row, { outcome, recorded: 'would', tpp });
        const detail = `Export ${step.corrects.id} would be reversed.`;
        return resultOf(row, { outcome, recorded: 'would', tpp, reason: 'corrected', detail });
      }
    }
  };
}

function toMilli(tpp: number): number {
  return Math.round(tpp * 1000);
}

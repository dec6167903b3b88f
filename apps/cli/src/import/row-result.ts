import type { SubmitAnswer } from '../access/ledger-access.js';
import type { RecordedShipment } from '../access/recorded-shipment.js';
import type { PlannedRow, ShipmentRow } from './plan-import.js';
import type { NoShipment } from './row-action.js';

export const rowOutcomes = ['exported', 'reserved', 'refused', 'not-sent', 'skipped', 'rejected'] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

/** What became of a row. */
export interface RowResult {
  readonly line: number;
  readonly row: number;
  readonly outcome: RowOutcome;
  /** When it was recorded, or whether it would be; empty where nothing is. */
  readonly recorded: '' | 'earlier' | 'now' | 'would';
  /** Its ITN was recorded now, on an export that had none. */
  readonly filed: boolean;
  /** Stable code; empty where there is nothing to explain. */
  readonly reason: string;
  readonly detail: string;
  /** Id of the export or reservation; empty where nothing was recorded. */
  readonly id: string;
  /** Empty for a row that could not be understood. */
  readonly exporter: string;
  readonly destination: string;
  readonly quantity: number | null;
  /** Size of the shipment; null where nothing was recorded. */
  readonly tpp: number | null;
}

type Told = Partial<RowResult> & Pick<RowResult, 'outcome'>;

const untold = { recorded: '', filed: false, reason: '', detail: '', id: '', tpp: null } as const;

export function resultOf({ line, row, action }: ShipmentRow, told: Told): RowResult {
  const { exporter, destination, items } = action.body;
  return { ...untold, line, row, exporter, destination, quantity: items[0].quantity, ...told };
}

/** Of a row that asks nothing of the ledger. */
export function resultOfNothing({ line, row, action }: PlannedRow<NoShipment>): RowResult {
  const { reason, detail } = action;
  const outcome = action.action === 'skip' ? 'skipped' : 'rejected';
  return { ...untold, line, row, outcome, reason, detail, exporter: '', destination: '', quantity: null };
}

export function resultOfAnswer(row: ShipmentRow, answer: SubmitAnswer): RowResult {
  switch (answer.outcome) {
    case 'recorded': {
      const { id, tpp, replayed } = answer;
      const outcome = row.action.action === 'export' ? 'exported' : 'reserved';
      return resultOf(row, { outcome, id, tpp, recorded: replayed ? 'earlier' : 'now' });
    }
    case 'refused': {
      const { id, code, detail, tpp, replayed } = answer;
      return resultOf(row, { outcome: 'refused', id, tpp, recorded: replayed ? 'earlier' : 'now', reason: code, detail });
    }
    case 'rejected': {
      const { code, detail } = answer;
      if (code === 'not-an-export') return resultOf(row, { outcome: 'skipped', reason: 'home-country', detail });
      return resultOf(row, { outcome: 'rejected', reason: code, detail: code === 'idempotency-key-reused' ? otherFacts : detail });
    }
  }
}

/** Of a row that an earlier import had recorded. */
export function resultOfRecorded(row: ShipmentRow, { id, tpp, status }: RecordedShipment): RowResult {
  const before = { id, tpp, recorded: 'earlier' } as const;
  if (status === 'refused') {
    return resultOf(row, { outcome: 'refused', ...before, reason: 'refused-before', detail: 'Refused by an earlier import.' });
  }
  const outcome = row.action.action === 'export' ? 'exported' : 'reserved';
  return resultOf(row, { outcome, ...before, ...sinceThen(status) });
}

/** What became of it without the import: the row is known by it all the same, and is not recorded anew. */
function sinceThen(status: string): Pick<RowResult, 'reason' | 'detail'> | undefined {
  switch (status) {
    case 'reversed':
      return { reason: 'reversed-since', detail: 'The export was reversed since. To record the row anew, give it another reference.' };
    case 'released':
    case 'lapsed':
      return { reason: 'ended-since', detail: `The reservation is ${status}. To reserve anew, give the row another reference.` };
    default:
      return undefined;
  }
}

/** Of a row that was recorded before with facts that its file does not say today. */
export const otherFacts =
  'This very row was imported before, with other facts from the hardware file or by another version: it is not counted twice.';

import type { Position, StoredEvent } from '#ledger';
import type { Body } from '#wire';
import type { ShipmentBody } from '../import/row-action.js';
import type { ApiAnswer, ApiRequest } from './api-request.js';
import type { RecordedQuery, RecordedShipment } from './recorded-shipment.js';

/** How the commands reach a ledger: over HTTP or in a data directory of their own. Shapes are those of the HTTP API. */
export interface LedgerAccess {
  /** For messages: `http://127.0.0.1:3000` or `the data directory ./data`. */
  readonly where: string;
  countries(query?: CountriesQuery): Promise<Body<'CountryList'>>;
  /** @throws Refused for a country that does not exist. */
  country(code: string, at?: PointInTime): Promise<Body<'CountryView'>>;
  /** The lines of companies on which something was recorded; the views have reached `minPosition`. */
  companyLines(minPosition: Position): Promise<readonly Body<'CompanyLineView'>[]>;
  /** CloudEvents of the whole log after `after`, in order, up to its end. */
  events(query: EventsQuery): AsyncIterable<Body<'Event'>>;
  /** The log itself after `after`, in order and in batches, up to its end. */
  log(after: Position): AsyncIterable<readonly StoredEvent[]>;
  /** Reserves or exports; safe to repeat with the same key. @throws Unreachable when the ledger cannot take it now. */
  submit(shipment: Submission): Promise<SubmitAnswer>;
  /** What would become of a shipment now. Records nothing. */
  determine(body: ShipmentBody): Promise<Determined>;
  /** The recorded exports or reservations of an exporter, newest first. */
  recorded(query: RecordedQuery): AsyncIterable<RecordedShipment>;
  /** Records the ITN of an export that has none. @returns why not, if it was not */
  file(filing: Filing): Promise<RequestProblem | undefined>;
  /** Reverses an export. @returns why not, if it was not */
  reverse(reversal: Reversal): Promise<RequestProblem | undefined>;
  /**
   * What a draft rulebook would have changed. Records nothing.
   * @param onProgress told the position that is reached, where the ledger can tell
   * @throws Refused if the ledger does not take the order
   */
  simulate(order: SimulationRequest, onProgress: (position: Position) => void): Promise<Body<'Simulation'>>;
  /**
   * Any other request to the HTTP API. Without an answer it is sent again.
   * @throws a fault with its exit code for every problem that is answered, see `problemFault`
   */
  request(request: ApiRequest): Promise<ApiAnswer>;
  close(): Promise<void>;
}

export interface SimulationRequest {
  /** A rulebook document. */
  readonly draft: object;
  readonly until?: string;
  readonly at?: string;
  /** How many differences are told in full. */
  readonly limit: number;
  /** `nextCursor` of the answer before. */
  readonly cursor?: string;
}

export interface Submission {
  readonly operation: 'export' | 'reserve';
  readonly body: ShipmentBody;
  readonly idempotencyKey: string;
}

/** `tpp`: size of the shipment, of a refused one what was asked of its line; null where the answer does not say. */
export type SubmitAnswer =
  | { readonly outcome: 'recorded'; readonly replayed: boolean; readonly id: string; readonly tpp: number }
  /** The rules said no, and that is recorded. */
  | ({ readonly outcome: 'refused'; readonly replayed: boolean; readonly id: string; readonly tpp: number | null } & RequestProblem)
  /** Nothing is recorded. */
  | Unacceptable;

/** The request cannot be taken, whatever the line has left. */
export type Unacceptable = { readonly outcome: 'rejected' } & RequestProblem;

export interface RequestProblem {
  readonly code: string;
  readonly detail: string;
}

/** TPP; `available` is what the line has now, null without a cap. */
export interface Determination {
  readonly line: string;
  readonly tpp: number;
  readonly debitedTpp: number;
  readonly available: number | null;
}

export type Determined =
  | ({ readonly outcome: 'accepted' } & Determination)
  | ({ readonly outcome: 'refused' } & Determination & RequestProblem)
  | Unacceptable;

export interface Filing {
  readonly exportId: string;
  readonly itn: string;
  readonly idempotencyKey: string;
}

export interface Reversal {
  readonly exportId: string;
  readonly code: 'misreported';
  readonly reason: string;
  readonly idempotencyKey: string;
}

export interface CountriesQuery extends PointInTime {
  readonly status?: string;
  readonly group?: string;
  /** The views must have reached this position. */
  readonly minPosition?: Position;
}

/** One of them at most. */
export interface PointInTime {
  /** RFC 3339. */
  readonly asOf?: string;
  readonly atPosition?: string;
}

export interface EventsQuery {
  readonly after: Position;
  readonly stream?: string;
  readonly type?: string;
  readonly limit?: number;
}


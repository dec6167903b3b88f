/** A row of a file: where it is and its cells by column. */
export interface Row {
  /** Its first line in the file; the header is line 1. */
  readonly line: number;
  /** Its number in a spreadsheet, where a cell of several lines is one row; the header is row 1. */
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** The body of `POST /v1/reservations` or, with `exportedAt`, of `POST /v1/exports`. */
export interface ShipmentBody {
  readonly destination: string;
  readonly exporter: string;
  readonly route?: string;
  readonly items: readonly [ShipmentItem];
  readonly exportedAt?: string;
  readonly expiresAt?: string;
  readonly itn?: string;
  readonly reference?: string;
}

/** The body without its ITN, which may come later. */
export function unfiled(body: ShipmentBody): ShipmentBody {
  const { itn, ...rest } = body;
  return itn === undefined ? body : rest;
}

export interface ShipmentItem {
  readonly chip?: string;
  readonly description?: string;
  readonly eccn?: string;
  readonly quantity: number;
  readonly tppPerUnit?: number;
  readonly dieAreaMm2?: number;
}

/** What a row asks of the ledger. `date` orders rows, null comes last; `reason` is a stable code, `detail` for people. */
export type RowAction = Shipment | NoShipment;

export interface Shipment {
  readonly action: 'export' | 'reserve';
  readonly date: string | null;
  readonly body: ShipmentBody;
}

export interface NoShipment {
  readonly action: 'skip' | 'reject';
  readonly reason: string;
  readonly detail: string;
}

/** A row's fault: what is missing or wrong in which column. */
export interface Fault {
  readonly reason: string;
  readonly detail: string;
}

/** The first fault gives the reason, all of them the detail: who repairs a file wants to see them at once. */
export function rejected(faults: readonly [Fault, ...Fault[]]): RowAction {
  return { action: 'reject', reason: faults[0].reason, detail: faults.map(({ detail }) => detail).join(' ') };
}

/** An export or reservation as the ledger has recorded it. Amounts are TPP, times RFC 3339. */
export interface RecordedShipment {
  readonly id: string;
  readonly kind: 'export' | 'reservation';
  /** `posted` or `reversed` of exports; of reservations theirs. */
  readonly status: string;
  readonly line: string;
  readonly destination: string;
  readonly items: readonly RecordedItem[];
  /** Size of the shipment. */
  readonly tpp: number;
  /** What it took of its line. */
  readonly debitedTpp: number;
  /** Null for a reservation. */
  readonly exportedAt: string | null;
  readonly itn: string | null;
  readonly reference: string | null;
}

export interface RecordedItem {
  /** Id of the chip, else the description. */
  readonly name: string;
  /** Null where only TPP were reported. */
  readonly quantity: number | null;
  readonly tppPerUnit: number;
  readonly eccn: string;
}

export interface RecordedQuery {
  readonly kind: RecordedShipment['kind'];
  readonly exporter: string;
  readonly status?: 'refused';
}

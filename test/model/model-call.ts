export interface ModelItem {
  readonly chip: string;
  readonly quantity: number;
}

/** A moment, an exporter and a key (null: none), and everything that a body would say. */
export interface Call {
  readonly at: number;
  readonly scope: string;
  readonly key: string | null;
  readonly operation: string;
  readonly body: string;
}

/** An answer in the form in which model and ledger are compared. */
export type Answer = { readonly rejected: string } | Recorded;

export interface Recorded {
  readonly replayed: boolean;
  readonly type: string;
  readonly line: string;
  readonly revision: number;
  readonly balance: string;
  readonly counts: string;
  /** The reservation that the event is about: status, TPP held and exported, revision. */
  readonly reservation: string | null;
}

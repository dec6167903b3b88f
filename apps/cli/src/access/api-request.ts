/** A request to the HTTP API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** As `v1/reservations`; ids in it are encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  readonly idempotencyKey?: string;
  /** Left out: JSON. */
  readonly accept?: string;
}

export interface ApiAnswer {
  readonly text: string;
  /** Whether it was recorded by an earlier request with the same key. */
  readonly replayed: boolean;
}

/** The revision of a stream's last event; the first event has revision 0. */
export type Revision = number;

/** The revision of a stream that does not exist. */
export const noStream: Revision = -1;

/** A place in the whole log: ordered, with gaps; 0 is before everything. */
export type Position = number;

/** An event ready to be stored: `json` is canonical (RFC 8785) and `id` is UUIDv5 of stream, revision and SHA-256 of `json`. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly json: string;
}

export interface StoredEvent extends NewEvent {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

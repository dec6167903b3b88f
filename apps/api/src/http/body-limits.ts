/** What the route of an operation says of its bodies, where it is more than others may have. */
export interface BodyLimits {
  readonly bytesMax?: number;
  readonly isNdjson: boolean;
}

export const ndjson = 'application/x-ndjson';

/** Bytes of a body where its operation says nothing else. */
export const bodyBytesMax = 65_536;
/** A rulebook document is larger than other bodies: the built-in one takes 83 kB. */
export const rulebookBytesMax = 256 * 1024;
export const bulkBytesMax = 8 * 1024 * 1024;

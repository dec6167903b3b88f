import type { StoredEvent } from '#ledger';

/** A log to be moved, wherever it is read from: a store, a file of lines, a server. */
export interface LogSource {
  /** For messages: `the data directory ./data`, `log.ndjson`. */
  readonly name: string;
  /** What the `position` of its events counts. */
  readonly counts: 'position' | 'line';
  /** The `position` of its last event; undefined where that shows only when it is read. */
  readonly head: number | undefined;
  /**
   * Its events in order, up to `head`.
   * @throws UsageError, Unreachable if it cannot be read to its end
   */
  read(): AsyncIterable<readonly StoredEvent[]>;
  close(): Promise<void>;
}

/** Where an event stands, for messages. */
export function placeIn({ name, counts }: LogSource, { stream, revision, position }: StoredEvent): string {
  return `${name}, ${counts} ${position} (${stream}@${revision})`;
}

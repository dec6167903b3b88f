import type { EventPlace } from './known-event.js';

/** What the file of a log is without its -wal, which SQLite reads into whatever file it lies beside. */
export interface FileByItself extends EventPlace {
  /** When it was last written to, in nanoseconds since 1970: a copy of the same content is another file. */
  readonly modifiedNs: string;
}

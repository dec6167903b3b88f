import { freeze, type KnownEvent } from '#ledger';
import { Checkpoint } from '../file/checkpoint.js';
import { Names } from '../tables/names.js';
import { LineTables, type LineView } from '../views/lines/lines.js';
import { liveViews, readViews } from './live-views.js';

/** The lines as the views of a data directory have them, where nobody has these open. */
export interface LinesAtRest {
  /** The event up to which they were folded: the log must have it. */
  readonly known: KnownEvent;
  readonly lines: ReadonlyMap<string, LineView>;
}

/**
 * Reads the views' lines and changes no byte of the data directory.
 * @returns undefined if there are no views
 * @throws Error that says why they cannot be read: the next start makes them anew
 */
export function linesAtRest(dataDir: string): LinesAtRest | undefined {
  const path = liveViews(dataDir);
  if (path === undefined) return undefined;
  const frozen = freeze(path, dataDir);
  try {
    return readViews(frozen.path, (database) => {
      const { position, eventId: id } = new Checkpoint(database).load();
      const folds = new LineTables(database, new Names(database)).folds();
      return { known: { position, id, knownBy: path }, lines: new Map(folds.map(({ view }) => [view.line, view])) };
    });
  } finally {
    frozen.close();
  }
}

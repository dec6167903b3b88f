import type { Database } from 'better-sqlite3';
import { type Position } from '../event-store.js';
import { type NewestEvent } from './head-file.js';
import { digestOfBytes } from './known-event.js';
import { LogUnreadable, restoreAdvice } from './log-unreadable.js';
import { uuidText } from './uuid-text.js';

/**
 * The log's last event, having looked at the whole of it: a torn file shows at its end.
 * @throws LogUnreadable if it is damaged
 */
export function newestEvent(database: Database, file: string): NewestEvent {
  const damaged = `the end of the log is damaged. ${restoreAdvice(file)}`;
  try {
    const last = database
      .prepare(
        `SELECT position, hex(id) AS id, json, json_valid(json) AS valid,
           (SELECT max(revision) FROM events AS other WHERE other.stream = events.stream) = revision
             AND EXISTS (SELECT 1 FROM streams WHERE streams.stream = events.stream) AS linked
         FROM events ORDER BY position DESC LIMIT 1`,
      )
      .get() as { position: Position; id: string; json: string; valid: number; linked: number } | undefined;
    if (last === undefined) return { position: 0, id: '', digest: '' };
    const { position, id, json, valid, linked } = last;
    if (id.length === 32 && valid === 1 && linked === 1) return { position, id: uuidText(id), digest: digestOfBytes(json) };
  } catch (error) {
    throw new LogUnreadable(file, damaged, { cause: error });
  }
  throw new LogUnreadable(file, damaged);
}

/**
 * Of every stream the index has each revision, and all together are as many as there are positions: seen in the index
 * alone, which is a fortieth of the log.
 * @throws LogUnreadable if some are missing
 */
export function assertAllThere(database: Database, file: string, head: Position): void {
  const problem = ((): string | undefined => {
    try {
      const ends = 'SELECT stream, count(*) AS n, min(revision) AS first, max(revision) AS last FROM events GROUP BY stream';
      const { n, broken } = database.prepare(`SELECT total(n) AS n, min(iif(n <> last + 1 OR first <> 0, stream, NULL)) AS broken FROM (${ends})`).get() as {
        n: number;
        broken: number | null;
      };
      if (n === head && broken === null) return undefined;
      const name = database.prepare('SELECT name FROM streams WHERE stream = ?').pluck().get(broken ?? 0) as string | undefined;
      const where = name === undefined ? '' : `, of the stream ${name} among others`;
      return `events are missing in the middle of the log${where}: it has ${n} up to position ${head}`;
    } catch (error) {
      return `the index of the log is damaged (${String(error)})`;
    }
  })();
  if (problem !== undefined) throw new LogUnreadable(file, `${problem}. ${restoreAdvice(file)}`);
}

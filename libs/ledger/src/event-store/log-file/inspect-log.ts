import type { Database } from 'better-sqlite3';
import type { Position } from '../../events/stored-event.js';
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
 * Of every stream the index has each revision, all together are as many as there are positions, and whoever looks for a
 * stream or for its end finds it: seen in the indexes alone, which are a fortieth of the log. SQLite has no checksums: where a
 * bit of an index flipped a stream would seem to be empty, or to end earlier, and be written anew.
 * @throws LogUnreadable if something is missing, or cannot be found
 */
export function assertAllThere(database: Database, file: string, head: Position): void {
  const problem = problemOf(database, head);
  if (problem !== undefined) throw new LogUnreadable(file, `${problem}. ${restoreAdvice(file)}`);
}

const counted = `
  WITH ends AS MATERIALIZED (SELECT stream, count(*) AS n, min(revision) AS first, max(revision) AS last FROM events GROUP BY stream)
  SELECT count(*) AS streams, total(n) AS events, min(iif(n <> last + 1 OR first <> 0, stream, NULL)) AS gap,
    min(iif((SELECT revision FROM events AS e WHERE e.stream = ends.stream ORDER BY revision DESC LIMIT 1) IS last, NULL, stream)) AS lost
  FROM ends`;

interface Counted {
  readonly streams: number;
  readonly events: number;
  /** A stream that lacks revisions, and one whose end is not where it is looked for. */
  readonly gap: number | null;
  readonly lost: number | null;
}

function problemOf(database: Database, head: Position): string | undefined {
  try {
    const checked = database.pragma('integrity_check(streams)', { simple: true });
    if (checked !== 'ok') return `the index of the log is damaged (${String(checked)})`;
    const { streams, events, gap, lost } = database.prepare(counted).get() as Counted;
    const nameOf = (stream: number | null): string | undefined =>
      database.prepare('SELECT name FROM streams WHERE stream = ?').pluck().get(stream ?? 0) as string | undefined;
    if (lost !== null) return `the index of the log is damaged: the end of the stream ${nameOf(lost)} is not found in it`;
    if (gap !== null || events !== head) {
      const where = nameOf(gap) === undefined ? '' : `, of the stream ${nameOf(gap)} among others`;
      return `events are missing in the middle of the log${where}: it has ${events} up to position ${head}`;
    }
    const named = database.prepare('SELECT count(*) FROM streams NOT INDEXED').pluck().get() as number;
    return streams === named ? undefined : `the log has events of ${streams} streams and the names of ${named}`;
  } catch (error) {
    return `the index of the log is damaged (${String(error)})`;
  }
}

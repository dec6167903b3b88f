import { createHash } from 'node:crypto';
import type { ViewsFile } from './views-file.js';

/** What follows from the log, however the batches fell: not the numbers of names, nor where a command waits. */
const contents: readonly string[] = [
  'SELECT position, event_id, recorded_at FROM checkpoint',
  'SELECT position, event FROM rulebooks ORDER BY position',
  'SELECT name, fold FROM lines JOIN names ON id = line ORDER BY name',
  'SELECT name, day, state FROM line_days JOIN names ON id = line ORDER BY name, day',
  `SELECT name, position, critical_since, exhausted_since FROM threshold_times JOIN names ON id = line
    ORDER BY name, position`,
  'SELECT hash, position FROM (SELECT * FROM commands UNION ALL SELECT * FROM newest_commands) ORDER BY hash, position',
  entries('reservations', 'expires'),
  entries('exports', 'reservation'),
  'SELECT position, name, refused FROM weight_exports JOIN names ON id = exporter ORDER BY position',
  'SELECT position, id, level, open, alert FROM alerts ORDER BY position',
  'SELECT crossing FROM crossings ORDER BY position, key',
];

function entries(table: string, column: string): string {
  return `SELECT position, l.name, o.name, d.name, e.name, status, ${column}, state FROM ${table}
    JOIN names AS l ON l.id = line LEFT JOIN names AS o ON o.id = other_line
    JOIN names AS d ON d.id = destination JOIN names AS e ON e.id = exporter ORDER BY position`;
}

/** SHA-256 of all that the views hold. Two files at the same position of the same log have the same. */
export function stateHash({ database }: Pick<ViewsFile, 'database'>): string {
  const sha256 = createHash('sha256');
  for (const sql of contents) {
    sha256.update(`${sql}\n`);
    for (const row of database.prepare(sql).raw().iterate()) sha256.update(`${JSON.stringify(row)}\n`);
  }
  return sha256.digest('hex');
}

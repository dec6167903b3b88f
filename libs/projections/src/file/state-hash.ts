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
  'SELECT key, line, revision FROM uncounted ORDER BY key',
  owned('obligations', 'subject, kind, period, due, route, source, is_done, fulfilled', 'subject, kind, period'),
  owned('duty_series', 'subject, kind, since, route, source', 'subject, kind'),
  'SELECT route, kind FROM duty_kinds ORDER BY route, kind',
  `SELECT g.name, subject, c.name, is_hold, at, position FROM duty_groups AS g JOIN names AS c ON c.id = counted
    LEFT JOIN group_shipments ON duty_group = g.id ORDER BY g.name, is_hold, at, position`,
  'SELECT n.name, milli_tpp FROM received AS r JOIN names AS n ON n.id = r.name ORDER BY n.name',
  'SELECT route, at, position FROM route_exports ORDER BY route, at, position',
  'SELECT name, position FROM attritions JOIN names ON id = line ORDER BY name, position',
  `SELECT l.name, e.name, route, holds, granted, unused, exports, exported, reversals, credited FROM route_usage
    JOIN names AS l ON l.id = line JOIN names AS e ON e.id = exporter ORDER BY l.name, e.name, route`,
];

function entries(table: string, column: string): string {
  return `SELECT position, l.name, o.name, d.name, e.name, status, ${column}, state FROM ${table}
    JOIN names AS l ON l.id = line LEFT JOIN names AS o ON o.id = other_line
    JOIN names AS d ON d.id = destination JOIN names AS e ON e.id = exporter ORDER BY position`;
}

function owned(table: string, columns: string, order: string): string {
  return `SELECT ${columns}, e.name, p.name FROM ${table}
    LEFT JOIN names AS e ON e.id = exporter LEFT JOIN names AS p ON p.id = party ORDER BY ${order}`;
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

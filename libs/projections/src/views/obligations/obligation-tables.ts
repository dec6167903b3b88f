/**
 * Obligations: a row says when one is due, until when it is not overdue, about what it is and which event gives rise to it; all else is
 * in that event and its rulebook. `subject` is the position of the reservation or export it is about, or less than 0 for a group of
 * exports: then minus the position of the first of them. `period` is the begin of what a duty that comes back covers,
 * else 0. `party` is null where the exporter owes it. An obligation that was fulfilled keeps its row for ever.
 * Without a row are the periods of `duty_series` that nobody reported on yet: they follow from the date.
 */
export const obligationSchema = `
  CREATE TABLE obligations (
    subject INTEGER NOT NULL,
    kind TEXT NOT NULL,
    period INTEGER NOT NULL,
    due INTEGER NOT NULL,
    overdue INTEGER NOT NULL,
    route TEXT NOT NULL,
    source INTEGER NOT NULL,
    exporter INTEGER,
    party INTEGER,
    is_done INTEGER NOT NULL,
    fulfilled INTEGER,
    PRIMARY KEY (subject, kind, period)
  ) WITHOUT ROWID;
  CREATE INDEX obligations_by_kind ON obligations (kind, is_done, due, subject, period, overdue);
  CREATE INDEX obligations_by_exporter ON obligations (exporter, is_done, due, subject, overdue) WHERE exporter IS NOT NULL;
  CREATE INDEX obligations_by_party ON obligations (party, is_done, due, subject, overdue) WHERE party IS NOT NULL;
  CREATE TABLE duty_kinds (route TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (route, kind)) WITHOUT ROWID;
  CREATE TABLE duty_series (
    subject INTEGER NOT NULL, kind TEXT NOT NULL, since INTEGER NOT NULL, route TEXT NOT NULL, source INTEGER NOT NULL,
    exporter INTEGER, party INTEGER,
    PRIMARY KEY (subject, kind)
  ) WITHOUT ROWID;
  CREATE TABLE duty_groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, subject INTEGER NOT NULL, counted INTEGER NOT NULL);
  CREATE INDEX groups_by_counted ON duty_groups (counted);
  CREATE TABLE group_shipments (
    duty_group INTEGER NOT NULL, is_hold INTEGER NOT NULL, at INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (duty_group, is_hold, at, position)
  ) WITHOUT ROWID;
  CREATE TABLE received (name INTEGER PRIMARY KEY, milli_tpp INTEGER NOT NULL);`;

export const obligationContents = [
  owned('obligations', 'subject, kind, period, due, route, source, is_done, fulfilled', 'subject, kind, period'),
  owned('duty_series', 'subject, kind, since, route, source', 'subject, kind'),
  'SELECT route, kind FROM duty_kinds ORDER BY route, kind',
  `SELECT g.name, subject, c.name, is_hold, at, position FROM duty_groups AS g JOIN names AS c ON c.id = counted
    LEFT JOIN group_shipments ON duty_group = g.id ORDER BY g.name, is_hold, at, position`,
  'SELECT n.name, milli_tpp FROM received AS r JOIN names AS n ON n.id = r.name ORDER BY n.name',
];

function owned(table: string, columns: string, order: string): string {
  return `SELECT ${columns}, e.name, p.name FROM ${table}
    LEFT JOIN names AS e ON e.id = exporter LEFT JOIN names AS p ON p.id = party ORDER BY ${order}`;
}

import { dutySchema } from './duty-schema.js';

/** Raised when the tables or a fold change: the views are then built anew from the log. */
export const viewsVersion = 7;

/**
 * Integer keys throughout. Positions are those of the log: an entry's key is the position of the event that created
 * it, and what an event says is not stored a second time but read from the log. `state` stays null until an entry
 * first changes. `newest_commands` takes the random hashes of the last commands and is merged into `commands` when it
 * has grown: inserting each of them there would write one page per command.
 */
export const schema = `
  CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    recorded_at TEXT
  );
  CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE rulebooks (position INTEGER PRIMARY KEY, event TEXT NOT NULL);
  CREATE TABLE lines (line INTEGER PRIMARY KEY, fold TEXT NOT NULL);
  CREATE TABLE line_days (
    line INTEGER NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (line, day)
  ) WITHOUT ROWID;
  CREATE TABLE threshold_times (
    line INTEGER NOT NULL, position INTEGER NOT NULL, critical_since TEXT, exhausted_since TEXT,
    PRIMARY KEY (line, position)
  ) WITHOUT ROWID;
  CREATE TABLE commands (
    hash INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (hash, position)
  ) WITHOUT ROWID;
  CREATE TABLE newest_commands (
    hash INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (hash, position)
  ) WITHOUT ROWID;

  CREATE TABLE reservations (
    position INTEGER PRIMARY KEY,
    line INTEGER NOT NULL,
    other_line INTEGER,
    destination INTEGER NOT NULL,
    exporter INTEGER NOT NULL,
    status INTEGER NOT NULL,
    expires INTEGER,
    state TEXT
  );
  CREATE INDEX reservations_by_destination ON reservations (destination, status, position, exporter);
  CREATE INDEX reservations_by_exporter ON reservations (exporter, status, position, destination);
  CREATE INDEX reservations_by_status ON reservations (status, position);
  CREATE INDEX reservations_by_other_line ON reservations (other_line, status, position, exporter)
    WHERE other_line IS NOT NULL;
  CREATE INDEX open_holds ON reservations (line, expires) WHERE status < 2 AND expires IS NOT NULL;

  CREATE TABLE exports (
    position INTEGER PRIMARY KEY,
    line INTEGER NOT NULL,
    other_line INTEGER,
    destination INTEGER NOT NULL,
    exporter INTEGER NOT NULL,
    status INTEGER NOT NULL,
    reservation INTEGER,
    state TEXT
  );
  CREATE INDEX exports_by_destination ON exports (destination, status, position, exporter);
  CREATE INDEX exports_by_exporter ON exports (exporter, status, position, destination);
  CREATE INDEX exports_by_status ON exports (status, position);
  CREATE INDEX exports_by_other_line ON exports (other_line, status, position, exporter) WHERE other_line IS NOT NULL;
  CREATE INDEX exports_by_reservation ON exports (reservation, position) WHERE reservation IS NOT NULL;

  CREATE TABLE weight_exports (position INTEGER PRIMARY KEY, exporter INTEGER NOT NULL, refused INTEGER NOT NULL);
  CREATE INDEX weight_exports_by_exporter ON weight_exports (exporter, position, refused);

  CREATE TABLE alerts (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    line INTEGER NOT NULL,
    level TEXT NOT NULL,
    open INTEGER NOT NULL,
    alert TEXT NOT NULL
  );
  CREATE INDEX alerts_by_line ON alerts (line, position);
  CREATE TABLE crossings (
    position INTEGER NOT NULL, key TEXT NOT NULL, crossing TEXT NOT NULL, PRIMARY KEY (position, key)
  );
  CREATE TABLE uncounted (key TEXT PRIMARY KEY, line TEXT NOT NULL, revision INTEGER NOT NULL);
${dutySchema}`;

const reservationStatuses = ['held', 'partly-exported', 'exported', 'released', 'lapsed', 'refused'] as const;
const exportStatuses = ['posted', 'reversed'] as const;

/** The stored numbers of the statuses, in this order; those below 2 are the open ones (see `open_holds`). */
export const statusNumbers: Readonly<Record<'reservations' | 'exports', readonly string[]>> = {
  reservations: reservationStatuses,
  exports: exportStatuses,
};

const columns = `
    position INTEGER PRIMARY KEY,
    line INTEGER NOT NULL,
    other_line INTEGER,
    destination INTEGER NOT NULL,
    exporter INTEGER NOT NULL,
    status INTEGER NOT NULL`;

/**
 * Integer keys throughout. Positions are those of the log: an entry's key is the position of the event that created
 * it, and what an event says is not stored a second time but read from the log. `state` stays null until an entry
 * first changes.
 */
export const entrySchema = `
  CREATE TABLE reservations (${columns}, expires INTEGER, state TEXT);
  CREATE INDEX reservations_by_destination ON reservations (destination, status, position, exporter);
  CREATE INDEX reservations_by_exporter ON reservations (exporter, status, position, destination);
  CREATE INDEX reservations_by_status ON reservations (status, position);
  CREATE INDEX reservations_by_other_line ON reservations (other_line, status, position, exporter)
    WHERE other_line IS NOT NULL;
  CREATE INDEX open_holds ON reservations (line, expires) WHERE status < 2 AND expires IS NOT NULL;

  CREATE TABLE exports (${columns}, reservation INTEGER, state TEXT);
  CREATE INDEX exports_by_destination ON exports (destination, status, position, exporter);
  CREATE INDEX exports_by_exporter ON exports (exporter, status, position, destination);
  CREATE INDEX exports_by_status ON exports (status, position);
  CREATE INDEX exports_by_other_line ON exports (other_line, status, position, exporter) WHERE other_line IS NOT NULL;
  CREATE INDEX exports_by_reservation ON exports (reservation, position) WHERE reservation IS NOT NULL;`;

export const entryContents = [contents('reservations', 'expires'), contents('exports', 'reservation')];

function contents(table: string, column: string): string {
  return `SELECT position, l.name, o.name, d.name, e.name, status, ${column}, state FROM ${table}
    JOIN names AS l ON l.id = line LEFT JOIN names AS o ON o.id = other_line
    JOIN names AS d ON d.id = destination JOIN names AS e ON e.id = exporter ORDER BY position`;
}

export type EntryTable = 'reservations' | 'exports';

/** The stored numbers of the statuses, in this order; those below 2 are the open ones (see `open_holds`). */
export const statusNumbers: Readonly<Record<EntryTable, readonly string[]>> = {
  reservations: ['held', 'partly-exported', 'exported', 'released', 'lapsed', 'refused'],
  exports: ['posted', 'reversed'],
};

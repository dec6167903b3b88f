import type { Statement } from 'better-sqlite3';
import type { Names } from '../tables/names.js';
import type { Folds, View, ViewParts } from '../views/view.js';

// The view that docs/design.md shows under "Add a view": what stands there compiles and answers.

interface ExporterRow {
  readonly exporter: string;
  readonly exportedMilliTpp: number;
}

class Exporters implements View {
  readonly #names: Names;
  readonly #add: Statement<[number, number]>;
  readonly #most: Statement<[number]>;

  constructor({ database, names }: ViewParts) {
    this.#names = names;
    this.#add = database.prepare(`
      INSERT INTO exporters (id, moved) VALUES (?, ?)
      ON CONFLICT (id) DO UPDATE SET moved = moved + excluded.moved`);
    this.#most = database.prepare(`
      SELECT name AS exporter, moved AS exportedMilliTpp FROM exporters JOIN names USING (id)
      ORDER BY moved DESC, name LIMIT ?`);
  }

  readonly folds: Folds = {
    ExportDebited: ({ exporter, debitedMilliTpp }) =>
      void this.#add.run(this.#names.exporterNumber(exporter), debitedMilliTpp),
  };

  readonly questions = {
    exporters: ({ limit }: { readonly limit: number }) => this.#most.all(limit) as readonly ExporterRow[],
  };
}

export const exporters = {
  name: 'exporters',
  version: 1,
  tables: 'CREATE TABLE exporters (id INTEGER PRIMARY KEY, moved INTEGER NOT NULL);',
  contents: ['SELECT name, moved FROM exporters JOIN names USING (id) ORDER BY name'],
  open: (parts: ViewParts) => new Exporters(parts),
};

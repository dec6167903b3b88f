import type { Folds, View, ViewParts } from '../views/view.js';

// The view that docs/design.md shows under "Add a view": what stands there compiles and answers.

interface ExporterRow {
  readonly exporter: string;
  readonly exportedMilliTpp: number;
}

class Exporters implements View {
  readonly #parts: ViewParts;
  readonly #moved = new Map<number, number>();

  constructor(parts: ViewParts) {
    this.#parts = parts;
  }

  readonly folds: Folds = {
    ExportDebited: ({ exporter, debitedMilliTpp }) => {
      const id = this.#parts.names.exporterNumber(exporter);
      this.#moved.set(id, (this.#moved.get(id) ?? 0) + debitedMilliTpp);
    },
  };

  readonly questions = {
    exporters: ({ limit }: { readonly limit: number }): readonly ExporterRow[] =>
      this.#parts.database
        .prepare('SELECT name AS exporter, moved AS exportedMilliTpp FROM exporters JOIN names USING (id) ORDER BY moved DESC, name LIMIT ?')
        .all(limit) as ExporterRow[],
  };

  flush(): void {
    const add = this.#parts.database.prepare(
      'INSERT INTO exporters (id, moved) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET moved = moved + excluded.moved',
    );
    for (const [id, moved] of this.#moved) add.run(id, moved);
    this.#moved.clear();
  }

  forget(): void {
    this.#moved.clear();
  }
}

export const exporters = {
  name: 'exporters',
  version: 1,
  tables: 'CREATE TABLE exporters (id INTEGER PRIMARY KEY, moved INTEGER NOT NULL);',
  contents: ['SELECT name, moved FROM exporters JOIN names USING (id) ORDER BY name'],
  open: (parts: ViewParts) => new Exporters(parts),
};

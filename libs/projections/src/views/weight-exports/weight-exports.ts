import type { Statement } from 'better-sqlite3';
import { decodeEvent, type Position, type StoredEvent, type WeightsEvent } from '#ledger';
import { normalName } from '#rulebook';
import { newestFirst, type Page, type PageQuery } from '../../tables/page.js';
import { commands, type CommandPlaces } from '../commands/commands.js';
import type { Folds, View, ViewParts } from '../view.js';

export interface WeightExportQuery extends PageQuery {
  readonly exporter?: string;
  readonly status?: 'recorded' | 'refused';
}

/** What became of a request to record an export of model weights; it never changes. */
export interface WeightExportRow {
  readonly event: WeightsEvent;
  readonly revision: number;
  readonly position: Position;
}

/** Where the exports of model weights stand in the log: their events say everything and never change. */
class WeightExports implements View {
  readonly #parts: ViewParts;
  readonly #places: CommandPlaces;
  readonly #insert: Statement<[Position, number, number]>;

  constructor(parts: ViewParts) {
    this.#parts = parts;
    this.#places = parts.of(commands).places;
    this.#insert = parts.database.prepare('INSERT INTO weight_exports (position, exporter, refused) VALUES (?, ?, ?)');
  }

  readonly #add = ({ exporter, type }: WeightsEvent, { position }: StoredEvent): void => {
    this.#insert.run(position, this.#parts.names.exporterNumber(exporter), type === 'WeightExportRefused' ? 1 : 0);
  };

  readonly folds: Folds = { WeightExportRecorded: this.#add, WeightExportRefused: this.#add };

  readonly questions = {
    /** Newest first. */
    weightExports: ({ exporter, status, ...query }: WeightExportQuery): Page<WeightExportRow> => {
      const { database, names, position } = this.#parts;
      const where = { exporter: names.sought(exporter && normalName(exporter)), refused: status && Number(status === 'refused') };
      const { rows, nextCursor } = newestFirst(database, 'weight_exports', where, query);
      return { items: rows.flatMap((row) => this.#rowAt(row.position) ?? []), nextCursor, position: position() };
    },
    weightExport: (id: string): WeightExportRow | undefined =>
      this.#places.of(id).map((position) => this.#rowAt(position)).find((row) => row?.event.weightExportId === id),
  };

  #rowAt(position: Position): WeightExportRow | undefined {
    const stored = this.#parts.readEvent(position);
    return stored && rowOf(stored);
  }
}

/** Undefined for an event of another kind: its command may share the hash of the one that is looked for. */
function rowOf({ type, json, revision, position }: StoredEvent): WeightExportRow | undefined {
  if (type !== 'WeightExportRecorded' && type !== 'WeightExportRefused') return undefined;
  return { event: decodeEvent(json) as WeightsEvent, revision, position };
}

export const weightExports = {
  name: 'weightExports',
  version: 1,
  tables: `
    CREATE TABLE weight_exports (position INTEGER PRIMARY KEY, exporter INTEGER NOT NULL, refused INTEGER NOT NULL);
    CREATE INDEX weight_exports_by_exporter ON weight_exports (exporter, position, refused);`,
  contents: ['SELECT position, name, refused FROM weight_exports JOIN names ON id = exporter ORDER BY position'],
  open: (parts: ViewParts) => new WeightExports(parts),
};

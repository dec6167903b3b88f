import type { Database } from 'better-sqlite3';
import { decodeEvent, type Position, type StoredEvent, type WeightsEvent } from '#ledger';
import type { Page, WeightExportQuery, WeightExportRow } from '../views.js';
import { cursorAt, positionOf } from './cursor.js';
import type { ReadEvent } from './entry-reader.js';
import type { Names } from './names.js';
import { RowInserter } from './row-inserter.js';

type Row = readonly [position: Position, exporter: number, refused: 0 | 1];

/** Where the exports of model weights stand in the log: their events say everything and never change. */
export class WeightExportTable {
  readonly #database: Database;
  readonly #names: Names;
  readonly #readEvent: ReadEvent;
  readonly #insert: RowInserter;
  #added: Row[] = [];

  constructor(database: Database, names: Names, readEvent: ReadEvent) {
    this.#database = database;
    this.#names = names;
    this.#readEvent = readEvent;
    this.#insert = new RowInserter(database, 'weight_exports', ['position', 'exporter', 'refused']);
  }

  fold({ exporter, type }: WeightsEvent, position: Position): void {
    this.#added.push([position, this.#names.exporterNumber(exporter), type === 'WeightExportRefused' ? 1 : 0]);
  }

  /** Writes what was folded. */
  flush(): void {
    this.#insert.insert(this.#added);
    this.#added = [];
  }

  /** After a rollback. */
  forget(): void {
    this.#added = [];
  }

  /** The export that one of these events is about; undefined if none is. */
  find(id: string, positions: readonly Position[]): WeightExportRow | undefined {
    for (const position of positions) {
      const row = this.#rowAt(position);
      if (row?.event.weightExportId === id) return row;
    }
    return undefined;
  }

  /** Newest first. @throws InvalidCursor */
  page({ limit, cursor, exporter, status }: WeightExportQuery, position: Position): Page<WeightExportRow> {
    const where = ['position < ?'];
    const values: number[] = [positionOf(cursor)];
    if (exporter !== undefined) {
      where.push('exporter = ?');
      values.push(this.#names.findExporter(exporter) ?? -1);
    }
    if (status !== undefined) where.push(status === 'refused' ? 'refused = 1' : 'refused = 0');
    const sql = `SELECT position FROM weight_exports WHERE ${where.join(' AND ')} ORDER BY position DESC LIMIT ?`;
    const found = this.#database.prepare<number[]>(sql).pluck().all(...values, limit + 1) as Position[];
    const shown = found.slice(0, limit);
    const items = shown.flatMap((at) => this.#rowAt(at) ?? []);
    return { items, nextCursor: found.length > limit ? cursorAt(shown.at(-1)) : null, position };
  }

  #rowAt(position: Position): WeightExportRow | undefined {
    const stored = this.#readEvent(position);
    return stored && rowOf(stored);
  }
}

/** Undefined for an event of another kind: its command may share the hash of the one that is looked for. */
function rowOf({ type, json, revision, position }: StoredEvent): WeightExportRow | undefined {
  if (type !== 'WeightExportRecorded' && type !== 'WeightExportRefused') return undefined;
  return { event: decodeEvent(json) as WeightsEvent, revision, position };
}

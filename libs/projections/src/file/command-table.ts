import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '#ledger';
import { commandHash } from './command-hash.js';
import { RowInserter } from './row-inserter.js';

const newestMax = 32_768;

/** Where the event stands that answers a command, or that created an entry: by the hash of its identity. */
export class CommandTable {
  readonly #insert: RowInserter;
  readonly #count: Statement<[]>;
  readonly #merge: Statement<[]>;
  readonly #clear: Statement<[]>;
  #newest: number;
  #added: (readonly [hash: number, position: Position])[] = [];

  constructor(database: Database) {
    this.#insert = new RowInserter(database, 'newest_commands', ['hash', 'position']);
    this.#merge = database.prepare<[]>(
      'INSERT INTO commands (hash, position) SELECT hash, position FROM newest_commands',
    );
    this.#clear = database.prepare<[]>('DELETE FROM newest_commands');
    this.#count = database.prepare<[]>('SELECT count(*) FROM newest_commands').pluck();
    this.#newest = this.#count.get() as number;
  }

  add(id: string, position: Position): void {
    this.#added.push([commandHash(id), position]);
  }

  /** Writes what was added, in the order of the table. */
  flush(): void {
    this.#added.sort(([hashA, positionA], [hashB, positionB]) => hashA - hashB || positionA - positionB);
    this.#insert.insert(this.#added);
    this.#newest += this.#added.length;
    this.#added = [];
  }

  get mergeIsDue(): boolean {
    return this.#newest >= newestMax;
  }

  /** To be called in a transaction. */
  merge(): void {
    this.#merge.run();
    this.#clear.run();
    this.#newest = 0;
  }

  /** After a rollback. */
  forget(): void {
    this.#added = [];
    this.#newest = this.#count.get() as number;
  }
}

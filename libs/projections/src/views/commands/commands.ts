import type { Statement } from 'better-sqlite3';
import { commandIdOf, type Position } from '#ledger';
import { RowInserter } from '../../tables/row-inserter.js';
import type { Folds, View, ViewParts } from '../view.js';
import { CommandPlaces, commandHash } from './command-places.js';

export { CommandPlaces } from './command-places.js';

const newestMax = 32_768;

/** Where the event stands that answers a command, or that created an entry: by the hash of its identity. */
class Commands implements View {
  readonly places: CommandPlaces;
  readonly #insert: RowInserter;
  readonly #count: Statement<[]>;
  readonly #merge: () => void;
  #newest: number;
  #added: (readonly [hash: number, position: Position])[] = [];

  constructor({ database, readEvent }: ViewParts) {
    this.places = new CommandPlaces(database, readEvent);
    this.#insert = new RowInserter(database, 'newest_commands', ['hash', 'position']);
    const merge = database.prepare<[]>('INSERT INTO commands (hash, position) SELECT hash, position FROM newest_commands');
    const clear = database.prepare<[]>('DELETE FROM newest_commands');
    this.#merge = () => database.transaction(() => [merge.run(), clear.run()]).immediate();
    this.#count = database.prepare<[]>('SELECT count(*) FROM newest_commands').pluck();
    this.#newest = this.#count.get() as number;
  }

  readonly folds: Folds = {
    // Whatever stream it stands in: a command is found by its identity alone.
    everyEvent: (event, { position }) => {
      const id = commandIdOf(event);
      if (id !== null) this.add(id, position);
    },
  };

  /** What is known by this id, besides by its command's, is found in the event at this position. */
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

  forget(): void {
    this.#added = [];
    this.#newest = this.#count.get() as number;
  }

  tidy(): boolean {
    if (this.#newest < newestMax) return false;
    this.#merge();
    this.#newest = 0;
    return true;
  }
}

/**
 * `newest_commands` takes the random hashes of the last commands and is merged into `commands` when it has grown:
 * inserting each of them there would write one page per command.
 */
export const commands = {
  name: 'commands',
  version: 1,
  tables: ['commands', 'newest_commands']
    .map((table) => `CREATE TABLE ${table} (hash INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (hash, position)) WITHOUT ROWID;`)
    .join('\n'),
  contents: ['SELECT hash, position FROM (SELECT * FROM commands UNION ALL SELECT * FROM newest_commands) ORDER BY hash, position'],
  open: (parts: ViewParts) => new Commands(parts),
};

import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { makeDirectory, readRegularFile } from '#ledger';
import { fileVersion } from '../file/checkpoint.js';

const inMemory = ':memory:';
const currentName = 'current';

/**
 * The folder of the views files. It may be deleted whenever nobody uses it. `current` names the file that is live: a
 * rebuild replaces it in one step. Without a folder every file is in memory.
 */
export class ViewsDirectory {
  readonly #path: string | undefined;

  constructor(path: string | undefined) {
    this.#path = path;
    if (path !== undefined) makeDirectory(path);
  }

  /** The live file; undefined if there is none. */
  live(): string | undefined {
    if (this.#path === undefined) return undefined;
    try {
      const name = readRegularFile(join(this.#path, currentName)).toString().trim();
      return isViewsFile(name) && readdirSync(this.#path).includes(name) ? join(this.#path, name) : undefined;
    } catch {
      return undefined;
    }
  }

  /** A path that no file has. */
  unused(): string {
    if (this.#path === undefined) return inMemory;
    const numbers = readdirSync(this.#path).map((name) => Number(/^views-\d+-(\d+)\.sqlite/.exec(name)?.[1] ?? 0));
    return join(this.#path, `views-${fileVersion}-${Math.max(0, ...numbers) + 1}.sqlite`);
  }

  /** Makes a file the live one, durably. */
  makeLive(path: string): void {
    if (this.#path === undefined) return;
    const unfinished = join(this.#path, `${currentName}.new`);
    const descriptor = openSync(unfinished, 'w');
    try {
      writeSync(descriptor, `${path.slice(this.#path.length + 1)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, join(this.#path, currentName));
  }

  /** Removes every views file but these. */
  removeAllBut(...kept: readonly (string | undefined)[]): void {
    if (this.#path === undefined) return;
    for (const name of readdirSync(this.#path)) {
      const views = join(this.#path, name.replace(/-(wal|shm|journal)$|\.(sha256|pages)$/, ''));
      if (isViewsFile(basename(views)) && !kept.includes(views)) rmSync(join(this.#path, name), { force: true });
    }
  }
}

function isViewsFile(name: string): boolean {
  return /^views-\d+-\d+\.sqlite$/.test(name);
}

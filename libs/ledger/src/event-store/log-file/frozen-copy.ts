import { constants, copyFileSync, linkSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { hasContent } from './log-file.js';
import { LogUnreadable } from './log-unreadable.js';

/** The content of a database file that nobody has open, to be read without a trace beside it. */
export interface FrozenCopy {
  readonly path: string;
  close(): void;
}

/**
 * SQLite makes files beside the one that it reads. So the file gets a second name in a folder of its own, where its -wal is
 * copied to: nothing in its own folder is made or changed, which may be one that cannot be written to. Read it read-only: a
 * second name is not another file.
 * @param outside a folder that the copy must not be in
 * @throws LogUnreadable if there is no place for it
 */
export function freeze(file: string, outside: string): FrozenCopy {
  const problems: unknown[] = [];
  // A second name must be on the disk of the first; only where no place is, the content is copied.
  for (const [place, put] of [[tmpdir(), linkSync], [dirname(resolve(outside)), linkSync], [tmpdir(), copy]] as const) {
    let folder: string | undefined;
    try {
      folder = mkdtempSync(join(place, 'quota-read-'));
      const path = join(folder, basename(file));
      put(file, path);
      if (hasContent(`${file}-wal`)) copyFileSync(`${file}-wal`, `${path}-wal`);
      const made = folder;
      return { path, close: () => rmSync(made, { recursive: true, force: true }) };
    } catch (error) {
      problems.push(error);
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    }
  }
  throw new LogUnreadable(file, `it cannot be read without changing anything (${problems.map(String).join('; ')}). Set TMPDIR to a folder with room for a copy.`);
}

function copy(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
}

import { closeSync, existsSync, fdatasync, fdatasyncSync, fsyncSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileByItself } from './known-file.js';
import { type EventPlace, type KnownEvent, digestOfBytes } from './known-event.js';
import { LogUnreadable } from './log-unreadable.js';
import { readRegularFile } from './regular-file.js';
import { syncDirectory } from './sync-directory.js';

/** One sector: a power cut leaves the old content or the new one. */
const fileBytes = 512;
const syncEveryMs = 1_000;

/** The newest event that was acknowledged, and its content. */
export interface NewestEvent extends EventPlace {
  /** SHA-256 (base64url) of its bytes. */
  readonly digest: string;
}

export interface Head {
  readonly newest: NewestEvent;
  /** What the log's file is by itself; null while pages are being moved into it. */
  readonly file: FileByItself | null;
  /** Of the head file itself (`identityOf`): another one in a copy of it. */
  readonly self: string;
}

/** Where the head of a log is kept. */
export function headFileOf(logFile: string): string {
  return logFile.replace(/\.sqlite$/, '.head');
}

/**
 * What the ledger last knew of the log beside it.
 * @returns undefined if there is none: a log from before there were head files, or one that was put here alone
 * @throws LogUnreadable if it is damaged
 */
export function readHead(logFile: string): Head | undefined {
  const path = headFileOf(logFile);
  let text: string;
  try {
    text = readRegularFile(path).toString();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new LogUnreadable(path, `the head of the log cannot be read (${String(error)}). It must be a file that this user may read and write.`, { cause: error });
  }
  const [content = '', digest] = text.trimEnd().split('\n');
  if (digest === undefined || digestOfBytes(content) !== digest) {
    const problem = 'the head of the log is damaged, so it cannot be seen whether the log beside it has all that was acknowledged';
    throw new LogUnreadable(path, `${problem}. Check the disk. If you are sure of the log, delete this file: the next start writes it anew.`);
  }
  return JSON.parse(content) as Head;
}

/** Tells a file from a copy of it. */
export function identityOf(path: string): string {
  const { ino, birthtimeNs } = statSync(path, { bigint: true });
  return `${ino}-${birthtimeNs}`;
}

/** What a log must have after this. */
export function knownByHead(logFile: string, head: Head | undefined): readonly KnownEvent[] {
  return head === undefined ? [] : [{ ...head.newest, knownBy: headFileOf(logFile) }];
}

/**
 * The head of the log in a small file beside it, by which the next start sees that the log lost something or was
 * replaced. It is written before a commit is acknowledged, so it outlives the process; it is synced once a second, so
 * after a power cut it may lack the last second, and what the log lost of that is not seen.
 */
export class HeadFile {
  /** For threads that have to sync it. */
  readonly descriptor: number;
  #head: Head;
  #syncing: NodeJS.Timeout | undefined;

  /** @param sync starts to make the file durable, without waiting for it */
  constructor(
    logFile: string,
    { newest, file }: Omit<Head, 'self'>,
    private readonly sync: (descriptor: number) => void = (descriptor) => fdatasync(descriptor, () => undefined),
  ) {
    const path = headFileOf(logFile);
    if (!existsSync(path)) create(path, { newest, file, self: '' });
    this.#head = { newest, file, self: identityOf(path) };
    this.descriptor = openSync(path, 'r+');
    this.#write(this.#head);
  }

  advance(newest: NewestEvent): void {
    this.#write({ ...this.#head, newest });
  }

  /** Before pages are moved into the log's file, and durable before the first one is (`descriptor`); then with what it holds. */
  setFile(file: FileByItself | null): void {
    this.#write({ ...this.#head, file });
  }

  close(): void {
    clearTimeout(this.#syncing);
    fdatasyncSync(this.descriptor);
    closeSync(this.descriptor);
  }

  #write(head: Head): void {
    this.#head = head;
    try {
      writeSync(this.descriptor, bytesOf(head), 0, fileBytes, 0);
    } catch (error) {
      // Where even overwriting takes room: what is written next says this, too.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
    this.#syncing ??= setTimeout(() => {
      this.#syncing = undefined;
      this.sync(this.descriptor);
    }, syncEveryMs).unref();
  }
}

/** Under another name first, so that a file called by its name is whole. */
function create(path: string, head: Head): void {
  const unfinished = `${path}.new`;
  const descriptor = openSync(unfinished, 'w');
  try {
    writeSync(descriptor, bytesOf(head));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, path);
  syncDirectory(dirname(path));
}

function bytesOf(head: Head): Buffer {
  const content = JSON.stringify(head);
  return Buffer.from(`${content}\n${digestOfBytes(content)}`.padEnd(fileBytes - 1) + '\n');
}

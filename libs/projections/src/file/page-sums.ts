import { hash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { walFrames } from './wal-frames.js';

/** Of the file of the sums, beside that of the views. */
export const sumsSuffix = '.pages';
const headerBytes = 32;
const sumBytes = 8;
const pageBytes = 4096;
const pagesAtOnce = 256;

/** What the sums are of. */
interface SumsHeader {
  /** Of the write-ahead log that was copied last; `''` for none. */
  readonly salts: string;
  /** So many of its frames are in the file, or may be. */
  readonly frames: number;
  /** All of them are. */
  readonly isComplete: boolean;
}

/**
 * A sum of each page of a views file. SQLite has none, and a bit that flips on the disk would show as another amount. The
 * file changes only when its write-ahead log is copied into it, and that log has sums of its own; so the sums are as new as the
 * file, also where its process was killed.
 */
export class PageSums {
  readonly #path: string;
  #descriptor: number | undefined;

  /** @param path of the views file, which exists */
  constructor(path: string) {
    this.#path = path;
    const isNew = !existsSync(path + sumsSuffix);
    this.#try(() => {
      this.#descriptor = openSync(path + sumsSuffix, isNew ? 'w+' : 'r+');
      if (!isNew) return;
      this.#write({ salts: '', frames: 0, isComplete: true });
      this.#sum((visit) => eachPage(path, visit));
    });
  }

  /** @param copy copies the write-ahead log into the file; answers whether all of it is copied */
  whileCopying(copy: () => boolean): void {
    const { salts, frames, pages } = walFrames(`${this.#path}-wal`);
    this.#try(() => this.#write({ salts, frames, isComplete: false }));
    const isComplete = copy();
    this.#try(() => {
      this.#sum((visit) => {
        const file = openSync(this.#path, 'r');
        try {
          const page = Buffer.alloc(pageBytes);
          for (const number of pages) visit(number, page.subarray(0, readSync(file, page, 0, pageBytes, (number - 1) * pageBytes)));
        } finally {
          closeSync(file);
        }
      });
      this.#write({ salts, frames, isComplete });
    });
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #sum(visitPages: (visit: (number: number, page: Buffer) => void) => void): void {
    visitPages((number, page) => {
      if (this.#descriptor !== undefined) writeSync(this.#descriptor, sumOf(page), 0, sumBytes, headerBytes + (number - 1) * sumBytes);
    });
  }

  #write({ salts, frames, isComplete }: SumsHeader): void {
    if (this.#descriptor === undefined) return;
    const header = Buffer.alloc(headerBytes);
    header.write(salts, 0, 'hex');
    header.writeUInt32BE(frames, 8);
    header.writeUInt32BE(isComplete ? 1 : 0, 12);
    header.set(sumOf(header.subarray(0, 16)), 16);
    writeSync(this.#descriptor, header, 0, headerBytes, 0);
  }

  /** Where the disk has no room for them there are none: then nothing is known. */
  #try(work: () => void): void {
    try {
      work();
    } catch {
      this.close();
      rmSync(this.#path + sumsSuffix, { force: true });
    }
  }
}

/** Whether a views file that nobody has open is what was written to it. Also where nothing is known of it. */
export function isAsWritten(path: string): boolean {
  let sums: number;
  try {
    sums = openSync(path + sumsSuffix, 'r');
  } catch {
    return true;
  }
  try {
    const header = Buffer.alloc(headerBytes);
    if (readSync(sums, header, 0, headerBytes, 0) < headerBytes || !sumOf(header.subarray(0, 16)).equals(header.subarray(16, 16 + sumBytes))) return false;
    const wal = walFrames(`${path}-wal`);
    const isSameWal = wal.salts !== '' && header.toString('hex', 0, 8) === wal.salts;
    // What was copied must be there still, or all of it in the file.
    if (isSameWal ? wal.frames < header.readUInt32BE(8) : header.readUInt32BE(12) !== 1) return false;
    return pagesMatch(path, sums, wal.pages);
  } finally {
    closeSync(sums);
  }
}

/** @param inWal SQLite reads these from the write-ahead log */
function pagesMatch(path: string, sums: number, inWal: ReadonlySet<number>): boolean {
  const known = Buffer.alloc(fstatSync(sums).size - headerBytes);
  readSync(sums, known, 0, known.length, headerBytes);
  let isSame = true;
  const seen = eachPage(path, (number, page) => {
    const at = (number - 1) * sumBytes;
    if (!inWal.has(number) && !sumOf(page).equals(known.subarray(at, at + sumBytes))) isSame = false;
  });
  for (let number = seen + 1; number <= known.length / sumBytes; number += 1) if (!inWal.has(number)) isSame = false;
  return isSame;
}

/** @returns how many pages there are */
function eachPage(path: string, visit: (number: number, page: Buffer) => void): number {
  const file = openSync(path, 'r');
  try {
    const part = Buffer.allocUnsafe(pagesAtOnce * pageBytes);
    let number = 0;
    for (let read = readSync(file, part); read > 0; read = readSync(file, part)) {
      for (let start = 0; start < read; start += pageBytes) visit((number += 1), part.subarray(start, Math.min(start + pageBytes, read)));
    }
    return number;
  } finally {
    closeSync(file);
  }
}

function sumOf(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer').subarray(0, sumBytes);
}

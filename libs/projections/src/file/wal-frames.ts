import { closeSync, openSync, readSync } from 'node:fs';

// Of the write-ahead log of SQLite (sqlite.org/fileformat2.html, section 4).
const headerBytes = 32;
const frameHeaderBytes = 24;
const framesAtOnce = 256;

/** What a write-ahead log holds that was committed. */
export interface WalFrames {
  /** Differs from one use of the file to the next, in hexadecimal. */
  readonly salts: string;
  /** So many frames, up to the last commit, are whole. */
  readonly frames: number;
  /** Numbers of the pages that they are of. */
  readonly pages: ReadonlySet<number>;
}

const nothing: WalFrames = { salts: '', frames: 0, pages: new Set() };

/** Reads a write-ahead log as SQLite does: up to the first frame whose salts or checksum are wrong. A file that is missing holds nothing. */
export function walFrames(path: string): WalFrames {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return nothing;
  }
  try {
    const header = Buffer.alloc(headerBytes);
    return readSync(descriptor, header, 0, headerBytes, 0) === headerBytes ? framesBehind(descriptor, header) : nothing;
  } finally {
    closeSync(descriptor);
  }
}

function framesBehind(descriptor: number, header: Buffer): WalFrames {
  const salts = header.toString('hex', 16, 24);
  const pageBytes = header.readUInt32BE(8);
  const sum = new RunningSum((header.readUInt32BE(0) & 1) === 1);
  sum.add(header, 0, 24);
  if (pageBytes < 512 || pageBytes > 65_536 || !sum.is(header, 24)) return nothing;
  const frameBytes = frameHeaderBytes + pageBytes;
  const part = Buffer.allocUnsafe(framesAtOnce * frameBytes);
  const pages = new Set<number>();
  const sinceCommit: number[] = [];
  let frames = 0;
  for (let at = headerBytes; ; at += part.length) {
    const read = readSync(descriptor, part, 0, part.length, at);
    for (let start = 0; start + frameBytes <= read; start += frameBytes) {
      if (part.toString('hex', start + 8, start + 16) !== salts) return { salts, frames, pages };
      sum.add(part, start, 8);
      sum.add(part, start + frameHeaderBytes, pageBytes);
      if (!sum.is(part, start + 16)) return { salts, frames, pages };
      sinceCommit.push(part.readUInt32BE(start));
      if (part.readUInt32BE(start + 4) === 0) continue;
      for (const page of sinceCommit) pages.add(page);
      frames += sinceCommit.length;
      sinceCommit.length = 0;
    }
    if (read < part.length) return { salts, frames, pages };
  }
}

/** The checksum of a write-ahead log, which goes on from frame to frame. */
class RunningSum {
  readonly #isBigEndian: boolean;
  #first = 0;
  #second = 0;

  constructor(isBigEndian: boolean) {
    this.#isBigEndian = isBigEndian;
  }

  add(bytes: Buffer, start: number, length: number): void {
    let first = this.#first;
    let second = this.#second;
    for (let at = start; at < start + length; at += 8) {
      first = (first + this.#word(bytes, at) + second) >>> 0;
      second = (second + this.#word(bytes, at + 4) + first) >>> 0;
    }
    this.#first = first;
    this.#second = second;
  }

  is(bytes: Buffer, at: number): boolean {
    return bytes.readUInt32BE(at) === this.#first && bytes.readUInt32BE(at + 4) === this.#second;
  }

  #word(bytes: Buffer, at: number): number {
    return this.#isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
  }
}

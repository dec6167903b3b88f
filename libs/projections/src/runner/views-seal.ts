import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Of the file that keeps the hash of a views file while that is closed. */
export const sealSuffix = '.sha256';
const readBytes = 2 ** 20;

/**
 * Writes down what a views file is after it was closed in order: SQLite has no checksums, and a bit that flips on the disk
 * would show as another amount. Not where somebody has it open still, nor where the disk has no room: then nothing is known.
 */
export function sealViews(path: string): void {
  if (statSync(`${path}-wal`, { throwIfNoEntry: false }) !== undefined) return;
  try {
    writeFileSync(path + sealSuffix, hashOf(path));
  } catch {
    rmSync(path + sealSuffix, { force: true });
  }
}

/**
 * Whether a views file is as it was when it was closed; also where nobody closed it in order. It is about to change, so what
 * was written down is forgotten.
 */
export function breakSeal(path: string): boolean {
  let sealed: string;
  try {
    sealed = readFileSync(path + sealSuffix, 'utf8');
  } catch {
    return true;
  }
  const isWhole = sealed === hashOf(path);
  rmSync(path + sealSuffix, { force: true });
  return isWhole;
}

function hashOf(path: string): string {
  const sha256 = createHash('sha256');
  const descriptor = openSync(path, 'r');
  try {
    const part = Buffer.allocUnsafe(readBytes);
    for (let read = readSync(descriptor, part); read > 0; read = readSync(descriptor, part)) sha256.update(part.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
  return sha256.digest('hex');
}

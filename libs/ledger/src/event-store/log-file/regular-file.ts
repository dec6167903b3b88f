import { readFileSync, statSync } from 'node:fs';

/**
 * Reading a pipe that nobody writes to, or a device, may never end, and cannot be ended by a signal.
 * @throws Error that says what it is instead, or NodeJS.ErrnoException as of `stat`
 */
export function assertRegularFile(path: string): void {
  const file = statSync(path);
  if (file.isFile()) return;
  const kind = file.isFIFO() ? 'a pipe' : file.isDirectory() ? 'a directory' : file.isSocket() ? 'a socket' : 'a device';
  throw new Error(`it is ${kind}, not a regular file`);
}

/** @throws as `assertRegularFile`, and NodeJS.ErrnoException */
export function readRegularFile(path: string): Buffer {
  assertRegularFile(path);
  return readFileSync(path);
}

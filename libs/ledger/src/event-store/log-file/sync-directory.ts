import { closeSync, fsyncSync, openSync } from 'node:fs';

/** A rename is durable only once its directory is. */
export function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

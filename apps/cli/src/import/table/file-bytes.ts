import { readFile, stat } from 'node:fs/promises';
import { UsageError } from '../../exit-code.js';

const bytesMax = 256 * 1024 * 1024;

/** The bytes of a file to import. @throws UsageError if it cannot be read or is larger than 256 MiB. */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > bytesMax) throw new UsageError(`${file} is larger than ${bytesMax / 1024 / 1024} MiB: split it.`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`Cannot read ${file}: ${(error as Error).message}.`);
  }
}

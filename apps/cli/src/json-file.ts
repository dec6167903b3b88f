import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { JsonFault, parseStrictJson } from '#wire';
import { UsageError } from './exit-code.js';
import { systemErrorText } from './system-error.js';

/**
 * The parsed JSON of a file in UTF-8; `-` is standard input.
 * @throws UsageError that names the file if it cannot be read, is longer than `bytesMax` or is not JSON without
 *   duplicate members
 */
export async function readJsonFile(file: string, bytesMax: number): Promise<unknown> {
  const name = file === '-' ? 'Standard input' : file;
  let bytes: Buffer;
  try {
    bytes = await buffer(file === '-' ? process.stdin : createReadStream(file, { end: bytesMax }));
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${systemErrorText(error)}.`);
  }
  if (bytes.length > bytesMax) throw new UsageError(`${name} is larger than ${bytesMax / 1024 ** 2} MiB, the limit for this file.`);
  if (!isUtf8(bytes)) throw new UsageError(`${name} is not in UTF-8.`);
  try {
    return parseStrictJson(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof JsonFault) throw new UsageError(error.about(name));
    throw error;
  }
}

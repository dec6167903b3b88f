import { createReadStream, statSync } from 'node:fs';
import type { StoredEvent } from '#ledger';
import { numberedLinesOf } from '../access/text-lines.js';
import { UsageError } from '../exit-code.js';
import { eventOfLine, LineUnreadable } from './event-line.js';
import type { LogSource } from './log-source.js';

/** A file of events, one a line. It can be read more than once. @throws UsageError if there is none */
export function linesFile(path: string): LogSource {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new UsageError(`There is no file ${path}.`);
  return linesSource(path, () => createReadStream(path, { highWaterMark: 2 ** 20 }));
}

/** Events that come in by a pipe: they can be read once. */
export function linesStream(name: string, bytes: AsyncIterable<Uint8Array>): LogSource {
  return linesSource(name, () => bytes);
}

function linesSource(name: string, open: () => AsyncIterable<Uint8Array>): LogSource {
  return {
    name,
    counts: 'line',
    head: undefined,
    read: () => eventsOf(name, open()),
    close: () => Promise.resolve(),
  };
}

async function* eventsOf(name: string, bytes: AsyncIterable<Uint8Array>): AsyncIterable<readonly StoredEvent[]> {
  try {
    for await (const lines of numberedLinesOf(bytes)) {
      const events: StoredEvent[] = [];
      for (const { number, text } of lines) {
        try {
          events.push(eventOfLine(text, number));
        } catch (error) {
          if (!(error instanceof LineUnreadable)) throw error;
          // What comes before it is good, and is not to be lost to whoever cannot read it twice.
          yield events;
          throw new UsageError(`${name}, line ${number}: ${error.message}.`);
        }
      }
      yield events;
    }
  } catch (error) {
    if (error instanceof RangeError || isFileError(error)) throw new UsageError(`${name} cannot be read: ${error.message}.`);
    throw error;
  }
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

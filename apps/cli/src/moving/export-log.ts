import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { cloudEvent } from '#wire';
import { UsageError } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { LogAccount } from './log-account.js';
import type { LogSource } from './log-source.js';
import { count } from './move-log.js';

/** Characters that are gathered before they are written. */
const flushLength = 2 ** 20;

/** Where lines are written to; nothing is there until `finish`, except in a pipe. */
export interface LineSink {
  /** For messages; undefined for a pipe. */
  readonly name: string | undefined;
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  /** After `finish`, or in its place. */
  close(): Promise<void>;
}

/** Writes a log as one CloudEvent a line, checking it on the way. @throws UnsoundEvent; UsageError if it cannot be written */
export async function exportLog(
  source: LogSource,
  sink: LineSink,
  onExported: (position: number, events: number) => void,
): Promise<LogAccount> {
  const account = new LogAccount();
  let lines = '';
  for await (const batch of source.read()) {
    for (const event of batch) {
      count(account, source, event);
      lines += `${cloudEvent(event)}\n`;
    }
    if (lines.length >= flushLength) {
      await sink.write(lines);
      lines = '';
    }
    onExported(batch.at(-1)?.position ?? 0, account.events);
  }
  await sink.write(lines);
  await sink.finish();
  return account;
}

/**
 * A file that is there whole or not at all: it is written under another name first.
 * @throws UsageError if there is one already, or it cannot be written
 */
export async function fileSink(path: string): Promise<LineSink> {
  if (existsSync(path)) throw new UsageError(`${path} exists. Name another file, or delete it.`);
  const unfinished = `${path}.unfinished`;
  const file = await writable(path, () => open(unfinished, 'w'));
  return {
    name: path,
    write: (text) => writable(path, () => writeAll(file, text)),
    finish: () =>
      writable(path, async () => {
        await file.sync();
        await rename(unfinished, path);
      }),
    close: async () => {
      await file.close();
      await rm(unfinished, { force: true });
    },
  };
}

export function pipeSink(terminal: Terminal): LineSink {
  return {
    name: undefined,
    write: async (text) => {
      terminal.out.write(text);
      await terminal.out.flushed();
    },
    finish: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

async function writeAll(file: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

async function writable<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw new UsageError(`Cannot write to ${path}: ${(error as Error).message}. Free space, or name another file with --out.`);
  }
}

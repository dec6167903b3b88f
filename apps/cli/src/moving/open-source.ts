import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LogUnreadable, openLogFile, type LogFile, type StoredEvent } from '#ledger';
import { HttpLedger } from '../access/http-ledger.js';
import { Unreachable } from '../exit-code.js';
import type { LogSource } from './log-source.js';

const readAtOnce = 1000;

/**
 * Opens a log for reading: a data directory or a copy of its log file, also while a server works on it, or the address
 * of a server. What is written to it from now on is left out.
 * @throws Unreachable, UsageError
 */
export async function openSource(where: string): Promise<LogSource> {
  return /^https?:\/\//i.test(where) ? serverSource(where) : fileSource(where);
}

async function serverSource(url: string): Promise<LogSource> {
  const ledger = new HttpLedger(url, 'Start the server, or name another one or a data directory with --from.');
  const head = Number((await ledger.countries()).position);
  return {
    name: ledger.where,
    counts: 'position',
    head,
    async *read() {
      for await (const batch of ledger.log(0)) yield upTo(head, batch);
    },
    close: () => ledger.close(),
  };
}

function fileSource(path: string): LogSource {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Unreachable(`There is no data directory ${path}.`);
  const log = reachable(() => openLogFile(found.isDirectory() ? { dataDir: path } : { file: path }));
  const head = reachable(() => log.head());
  return {
    name: found.isDirectory() ? `the data directory ${path}` : path,
    counts: 'position',
    head,
    read: () => pagesOf(log, head),
    close: async () => log.close(),
  };
}

async function* pagesOf(log: LogFile, head: number): AsyncIterable<readonly StoredEvent[]> {
  for (let after = 0; after < head; ) {
    const page = reachable(() => log.readAll({ after, limit: readAtOnce }));
    const last = page.at(-1);
    if (last === undefined) return;
    yield upTo(head, page);
    after = last.position;
    // Reading is synchronous: what was written meanwhile wants to be heard of.
    await nextTurn();
  }
}

function upTo(head: number, page: readonly StoredEvent[]): readonly StoredEvent[] {
  return (page.at(-1)?.position ?? 0) <= head ? page : page.filter(({ position }) => position <= head);
}

function reachable<Result>(open: () => Result): Result {
  try {
    return open();
  } catch (error) {
    if (error instanceof LogUnreadable) throw new Unreachable(error.message);
    throw error;
  }
}

import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LogUnreadable, openLogFile, StoreUnavailable, type LogRange, type StoredEvent } from '#ledger';
import { HttpLedger } from '../access/http-ledger.js';
import { Unreachable } from '../exit-code.js';
import type { ClusterAccess } from './cluster-access.js';
import type { LogSource } from './log-source.js';
import { openCluster, type ClusterOptions } from './open-cluster.js';
import type { Place } from './place.js';

const readAtOnce = 1000;

/**
 * Opens a log for reading: a data directory or a copy of its log file, also while a server works on it, a server, or a
 * cluster. What is written to it from now on is left out.
 * @throws Unreachable, UsageError
 */
export function openSource(place: Place, access: ClusterAccess): Promise<LogSource> {
  switch (place.kind) {
    case 'path':
      return fileSource(place.path);
    case 'server':
      return serverSource(place.url);
    case 'cluster':
      return clusterSource({ ...place, ...access });
  }
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

async function fileSource(path: string): Promise<LogSource> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Unreachable(`There is no data directory ${path}.`);
  const isDirectory = found.isDirectory();
  const log = await reachable(() => openLogFile(isDirectory ? { dataDir: path } : { file: path }));
  return {
    name: isDirectory ? `the data directory ${path}` : path,
    ...(await asSource(log)),
    close: () => Promise.resolve(log.close()),
  };
}

async function clusterSource(options: ClusterOptions): Promise<LogSource> {
  const cluster = await openCluster(options);
  try {
    return { ...cluster, ...(await asSource(cluster.store)) };
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

/** A log that is read page by page, in this thread or another. */
interface PagedLog {
  head(): number | Promise<number>;
  readAll(range: LogRange): readonly StoredEvent[] | Promise<readonly StoredEvent[]>;
}

async function asSource(log: PagedLog): Promise<Pick<LogSource, 'counts' | 'head' | 'read'>> {
  const head = await reachable(() => log.head());
  return { counts: 'position', head, read: () => pagesOf(log, head) };
}

async function* pagesOf(log: PagedLog, head: number): AsyncIterable<readonly StoredEvent[]> {
  for (let after = 0; after < head; ) {
    const page = await reachable(() => log.readAll({ after, limit: readAtOnce }));
    const last = page.at(-1);
    if (last === undefined) return;
    yield upTo(head, page);
    after = last.position;
    // Where reading is synchronous: what was written meanwhile wants to be heard of.
    await nextTurn();
  }
}

function upTo(head: number, page: readonly StoredEvent[]): readonly StoredEvent[] {
  return (page.at(-1)?.position ?? 0) <= head ? page : page.filter(({ position }) => position <= head);
}

async function reachable<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LogUnreadable || error instanceof StoreUnavailable) throw new Unreachable(error.message);
    throw error;
  }
}

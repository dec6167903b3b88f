import { parentPort, workerData } from 'node:worker_threads';
import type { LogRange, StreamRange } from '../event-store.js';
import type { Position } from '../../events/stored-event.js';
import { LogReader, type EventRow } from './log-reader.js';
import { LogUnreadable } from './log-unreadable.js';

export interface ReaderThreadData {
  readonly file: string;
}

/** Answered in order, one `FromReader` each. */
export type ToReader = PageRequest | { readonly countAfter: Position; readonly max: number };

export type PageRequest = { readonly all: LogRange } | { readonly stream: string; readonly range: StreamRange };

export type FromReader = { readonly rows: EventRow[] } | { readonly count: number } | { readonly failed: string };

const { file } = workerData as ReaderThreadData;
let reader: LogReader | undefined;

function read(request: ToReader): FromReader {
  try {
    reader ??= new LogReader(file);
    if ('countAfter' in request) return { count: reader.countAfter(request.countAfter, request.max) };
    return { rows: 'all' in request ? reader.readAll(request.all) : reader.readStream(request.stream, request.range) };
  } catch (error) {
    return { failed: error instanceof LogUnreadable ? error.message : `${file} cannot be read (${String(error)}). Check the disk.` };
  }
}

parentPort?.on('message', (request: ToReader | 'close') => {
  if (request !== 'close') {
    parentPort?.postMessage(read(request));
    return;
  }
  reader?.close();
  parentPort?.close();
});

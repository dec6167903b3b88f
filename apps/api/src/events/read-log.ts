import type { EventStore, Position, Revision, StoredEvent } from '#ledger';
import { newestBy } from '#projections';
import type { ReadingTurns } from '../http/reading-turns.js';

/** Events read and worked on in one turn. */
const readAtOnce = 100;

/** The part of the log that is read: `after` exclusive, `until` inclusive; of one stream, or whole. */
export interface LogPart {
  readonly after: Position;
  readonly until: Position;
  readonly stream: string | undefined;
}

export interface LogReading {
  readonly store: EventStore;
  readonly turns: ReadingTurns;
  /** Whether the reader has left: then no further page is read. */
  readonly isOver?: () => boolean;
}

/** The events of a part of the log, in order, read in pages as they are asked for and as their turn comes. */
export async function* readLog(reading: LogReading, part: LogPart): AsyncGenerator<StoredEvent> {
  const pages = part.stream === undefined ? wholeLog(reading, part) : ofStream(reading, part.stream, part.after);
  for await (const page of pages) {
    for (const event of page) {
      if (event.position > part.until) return;
      yield event;
    }
  }
}

async function* wholeLog({ store, turns, isOver }: LogReading, { after, until }: LogPart): AsyncGenerator<readonly StoredEvent[]> {
  let position = after;
  while (position < until) {
    await turns.next();
    if (isOver?.() === true) return;
    const page = await store.readAll({ after: position, limit: readAtOnce });
    yield page;
    const last = page.at(-1);
    if (last === undefined) return;
    position = last.position;
  }
}

async function* ofStream({ store, turns, isOver }: LogReading, stream: string, after: Position): AsyncGenerator<readonly StoredEvent[]> {
  let from = await firstAfter(store, stream, after);
  for (;;) {
    await turns.next();
    if (isOver?.() === true) return;
    const page = await store.readStream(stream, { from, limit: readAtOnce });
    yield page;
    if (page.length < readAtOnce) return;
    from += page.length;
  }
}

/** The first revision of a stream past a position: positions grow with the revision. */
async function firstAfter(store: EventStore, stream: string, after: Position): Promise<Revision> {
  if (after === 0) return 0;
  const [newest] = await store.readStream(stream, { limit: 1, backwards: true });
  const known = newest && (await newestBy(store, stream, newest.revision, ({ position }) => position <= after));
  return (known?.revision ?? -1) + 1;
}

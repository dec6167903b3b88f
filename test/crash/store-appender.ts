import { writeSync } from 'node:fs';
import { noStream, openEventStore, OutcomeUnknown, StoreUnavailable } from '#ledger';
import { someEvents } from '../contract/event-store.contract.js';

// A process for store-kill.spec.ts: appends to ten streams at once and prints a line for everything it was promised.

const [dataDir = ''] = process.argv.slice(2);

/** The line is out when this returns: a kill that comes later finds it said. */
function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      // The pipe does not block: it is full until the parent reads on.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

const store = await openEventStore({ dataDir, onFatal: (reason) => say(`fatal ${reason.message}`) });
const first = (await store.head()) === 0;
const ends = await Promise.all(
  Array.from({ length: 10 }, async (_, index) => {
    const stream = `s-${index}`;
    const [last] = await store.readStream(stream, { limit: 1, backwards: true });
    return { stream, revision: last?.revision ?? noStream };
  }),
);
say(first ? 'created' : 'recovered');

const reasons = await Promise.all(
  ends.map(async (end) => {
    for (;;) {
      try {
        const result = await store.append(end.stream, end.revision, someEvents(end.stream, end.revision, 3));
        if (!result.appended) return `conflict ${end.stream} ${result.actual}`;
        for (const position of result.positions) say(`stored ${end.stream} ${(end.revision += 1)} ${position}`);
      } catch (error) {
        if (error instanceof OutcomeUnknown) return 'unknown';
        if (error instanceof StoreUnavailable) return error.code;
        throw error;
      }
    }
  }),
);
say(`stopped ${[...new Set(reasons)].join(' ')}`);
const later = await store.append('s-0', 0, someEvents('s-0', 0, 1)).catch((error: unknown) => String(error));
say(`later ${JSON.stringify(later)}`);
await store.close();

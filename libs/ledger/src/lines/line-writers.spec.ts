import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { Appends } from '../appending/appends.js';
import { EntryCache } from './entry-cache.js';
import { LineWriters, writersMax, type LineWritersOptions } from './line-writers.js';
import { LogIndex } from '../testing/log-index.js';
import { Tail } from '../once/tail.js';
import { SingleProcess } from '../shared-log/single-process.js';

function writers(): LineWriters {
  const store = new MemoryEventStore();
  const index = new LogIndex();
  const tail = new Tail(index);
  const entries = new EntryCache({ store, index, tail, entriesMax: 10 });
  const limits = { capOf: () => null, under: (_line: string, state: unknown) => state };
  const options = { store, index, tail, entries, limits, appends: new Appends(store, 1_000), clock: () => 0, queueMax: 10, processes: new SingleProcess() };
  return new LineWriters(options as unknown as LineWritersOptions);
}

describe('the writers of lines', () => {
  it('are bounded, whatever names come, and those in use stay', () => {
    const all = writers();
    const used = all.of('country:AE');
    for (let name = 0; name < 5 * writersMax; name += 1) {
      all.of(`lpp:name-${name}:2026`);
      expect(all.of('country:AE')).toBe(used);
      expect(all.size).toBeLessThanOrEqual(writersMax);
    }
    expect(all.has('lpp:name-0:2026')).toBe(false);
    expect(all.has(`lpp:name-${5 * writersMax - 1}:2026`)).toBe(true);
  });

  it('are kept while they have something to do', async () => {
    const all = writers();
    const busy = all.of('country:AE');
    const loading = busy.recordedState();
    for (let name = 0; name < 2 * writersMax; name += 1) all.of(`lpp:name-${name}:2026`);
    expect(all.of('country:AE')).toBe(busy);
    await loading;
    for (let name = 0; name < 2 * writersMax; name += 1) all.of(`lpp:other-${name}:2026`);
    expect(all.has('country:AE')).toBe(false);
  });
});

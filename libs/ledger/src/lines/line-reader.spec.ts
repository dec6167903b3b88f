import type { EventStore } from '../event-store/event-store.js';
import type { StoredEvent } from '../events/stored-event.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import type { LineEvent } from '../events/line-event.js';
import { digestOf, seal, type Draft } from '../events/seal.js';
import { EntryCache } from './entry-cache.js';
import { LineHolds } from './line-holds.js';
import { LineReader } from './line-reader.js';
import { LogIndex } from '../testing/log-index.js';
import { MemoryLedger } from '../testing/memory-ledger.js';
import { Tail } from '../once/tail.js';

const line = 'country:AE';

function reading(store: EventStore, memory: MemoryLedger): { readonly reader: LineReader; readonly tail: Tail; readonly index: LogIndex } {
  const index = new LogIndex();
  const tail = new Tail(index);
  const entries = new EntryCache({ store, index, tail, entriesMax: 10 });
  const holds = new LineHolds({ line, index, entries, onNext: () => undefined });
  const { reference: rulebook } = memory.ledger.rulebook;
  const reader = new LineReader({ line, store, tail, entries, holds, rulebook, onOtherRulebook: () => Promise.reject(new Error('no other')) });
  return { reader, tail, index };
}

describe('a reader of what others write on a line', () => {
  it('remembers no command that the index knows', async () => {
    const store = new MemoryEventStore([], { isShared: true });
    const memory = await MemoryLedger.open({}, store);
    await memory.reserve(1);
    const { reader, tail, index } = reading(store, memory);
    let head = await reader.load();
    for (let written = 1; written < 10; written += 1) {
      await memory.reserve(1);
      if (head) head = await reader.catchUp(head);
      expect(tail.size).toBeLessThanOrEqual(2);
      await index.reach(store);
    }
    expect(head?.end.revision).toBe(9);
  });
});

describe('a reader of a line whose events do not continue each other', () => {
  it('gives nothing to decide on', async () => {
    const memory = await MemoryLedger.open({}, new MemoryEventStore());
    for (let index = 0; index < 3; index += 1) await memory.reserve(1);
    const log = (await memory.log()) as [StoredEvent, StoredEvent, StoredEvent, StoredEvent];
    const whole = reading(new MemoryEventStore(log), memory).reader;
    expect(await whole.load()).toMatchObject({ end: { revision: 2, digest: digestOf(log[3].json) } });

    // Whole by itself, but written behind another event: as where one of two copies of a log went on.
    const forked = { ...log[2], ...seal<LineEvent>('quota-country:AE', { revision: 0, digest: 'another' }, JSON.parse(log[2].json) as Draft<LineEvent>) };
    const { reader } = reading(new MemoryEventStore([log[0], log[1], forked, log[3]]), memory);
    await expect(reader.load()).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: expect.stringMatching(/^The log is damaged: quota-country:AE@1 does not continue quota-country:AE@0: .+restore a backup\.$/),
    });
  });
});

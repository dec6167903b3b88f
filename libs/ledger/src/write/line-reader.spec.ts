import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { EntryCache } from './entry-cache.js';
import { LineHolds } from './line-holds.js';
import { LineReader } from './line-reader.js';
import { LogIndex } from './log-index.js';
import { MemoryLedger } from './memory-ledger.js';
import { Tail } from './tail.js';

describe('a reader of what others write on a line', () => {
  it('remembers no command that the index knows', async () => {
    const store = new MemoryEventStore([], { isShared: true });
    const memory = await MemoryLedger.open({}, store);
    await memory.reserve(1);
    const line = 'country:AE';
    const index = new LogIndex();
    const tail = new Tail(index);
    const entries = new EntryCache({ store, index, tail, entriesMax: 10 });
    const holds = new LineHolds({ line, index, entries, onNext: () => undefined });
    const { reference: rulebook } = memory.ledger.rulebook;
    const reader = new LineReader({ line, store, tail, entries, holds, rulebook, onOtherRulebook: () => Promise.reject(new Error('no other')) });
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

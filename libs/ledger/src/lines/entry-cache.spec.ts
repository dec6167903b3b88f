import { dayMs, idOf, MemoryLedger, smallCaps, word } from '../testing/memory-ledger.js';

const roomy = { rulebook: smallCaps({}, { AE: 1_000 }), entriesMax: 2 };

/** Drives what is kept in memory to its bound: other reservations are loaded from the index, and nothing is written. */
async function crowdOut(memory: MemoryLedger, others: readonly string[]): Promise<void> {
  const tooEarly = { exportedAt: memory.now + 2 * dayMs };
  for (const id of others) expect(word(await memory.exportHold(id, 1, tooEarly))).toBe('invalid-request');
}

describe('an entry that was crowded out of memory', () => {
  it('is found as it stands, by an index that follows at any distance', async () => {
    for (const lag of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
      const memory = await MemoryLedger.open(roomy);
      const others = [idOf(await memory.reserve(1)), idOf(await memory.reserve(1)), idOf(await memory.reserve(1))];
      await memory.index.reach(memory.store);
      const id = idOf(await memory.reserve(10));
      await memory.exportHold(id, 4);
      await memory.release(id);
      await memory.index.reach(memory.store, (await memory.store.head()) - lag);
      await crowdOut(memory, others);
      expect(word(await memory.release(id))).toBe('reservation-closed');
      expect(word(await memory.exportHold(id, 1))).toBe('reservation-closed');
    }
  });

  it('is an export that was reversed once', async () => {
    for (const lag of [0, 1, 2]) {
      const memory = await MemoryLedger.open(roomy);
      const others = [idOf(await memory.exportDirect(1)), idOf(await memory.exportDirect(1)), idOf(await memory.exportDirect(1))];
      await memory.index.reach(memory.store);
      const reverse = (id: string) => memory.ledger.reverse(id, { code: 'duplicate', reason: 'test' }, memory.caller());
      const id = idOf(await memory.exportDirect(1));
      expect(word(await reverse(id))).toBe('ExportReversed');
      await memory.index.reach(memory.store, (await memory.store.head()) - lag);
      for (const other of others) expect(word(await reverse(other))).toBe('ExportReversed');
      expect(word(await reverse(id))).toBe('already-reversed');
    }
  });

  it('stays while a command waits that names it', async () => {
    const memory = await MemoryLedger.open(roomy);
    const ids = await Promise.all(Array.from({ length: 20 }, () => memory.reserve(5).then(idOf)));
    await memory.index.reach(memory.store);
    const words = await Promise.all(ids.flatMap((id) => [memory.exportHold(id, 2), memory.exportHold(id, 2), memory.release(id)]));
    expect(words.map(word)).toEqual(ids.flatMap(() => ['ExportDebited', 'ExportDebited', 'ReservationReleased']));
  });
});

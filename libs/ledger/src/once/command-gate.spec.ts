import { decided, idOf, MemoryLedger, word } from '../testing/memory-ledger.js';
import type { LogIndex } from '../testing/log-index.js';

/** An index that names these places for every command: all have the same hash. */
function collide(index: LogIndex, positions: readonly number[]): void {
  index.findCommands = (ids) => ids.map(() => positions);
}

describe('a command whose identity shares its hash with others', () => {
  it('is new where none of them is it', async () => {
    const memory = await MemoryLedger.open();
    await memory.reserve(1);
    await memory.ledger.suspend('country:SA', { reason: 'test' }, memory.caller());
    await memory.index.reach(memory.store);
    await memory.restart();
    collide(memory.index, [1, 2, 3, 99]);
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
  });

  it('gets its own first answer among theirs', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller();
    await memory.reserve(1);
    const first = await memory.reserve(2, {}, caller);
    await memory.restart();
    collide(memory.index, [1, 2, 3]);
    expect(await memory.reserve(2, {}, caller)).toEqual({ ...first, replayed: true });
  });
});

describe('an index that cannot be read', () => {
  it('fails the commands of that turn, and those of the next go on', async () => {
    const memory = await MemoryLedger.open();
    const { findCommands } = memory.index;
    memory.index.findCommands = () => {
      throw new Error('The file is unreadable.');
    };
    const callers = [memory.caller(), memory.caller()];
    const failed = await Promise.allSettled(callers.map((caller) => memory.reserve(1, {}, caller)));
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    memory.index.findCommands = findCommands;
    const again = await Promise.all(callers.map((caller) => memory.reserve(1, {}, caller)));
    expect(again.map((outcome) => decided(outcome).replayed)).toEqual([false, false]);
    expect(idOf(again[0] as (typeof again)[number])).not.toBe('');
    expect(memory.ledger.inFlight).toBe(0);
  });
});

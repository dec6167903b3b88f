import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Ledger } from '../ledger.js';
import { dayMs, MemoryLedger, start } from '../testing/memory-ledger.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function closedLedger(): Promise<WeakRef<Ledger>> {
  const memory = await MemoryLedger.open();
  await memory.reserve(1, { expiresAt: start + dayMs });
  await memory.ledger.close();
  return new WeakRef(memory.ledger);
}

describe('a ledger that is closed', () => {
  it('leaves nothing in memory, whatever holds it waited for', async () => {
    const closed: WeakRef<Ledger>[] = [];
    for (let count = 0; count < 20; count += 1) closed.push(await closedLedger());
    await new Promise((resolve) => setTimeout(resolve, 1));
    collectGarbage();
    // The last one may still be on the stack.
    expect(closed.filter((ledger) => ledger.deref() !== undefined).length).toBeLessThanOrEqual(1);
  });
});

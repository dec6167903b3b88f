import fc from 'fast-check';
import { MemoryEventStore } from '../../libs/ledger/src/event-store/memory/memory-event-store.js';
import { smallCaps } from '../../libs/ledger/src/testing/memory-ledger.js';
import { openPlainIndex, openViewsIndex, type IndexKeeper } from './index-keeper.js';
import { ModelRun } from './model-run.js';
import { step } from './model-steps.js';
import type { EventStore } from '#ledger';

const long = process.env['LONG'] === '1';
const seed = Number(process.env['SEED'] ?? '4544');
const rulebook = smallCaps();

const indexes: readonly [string, number, (store: EventStore) => Promise<IndexKeeper>][] = [
  ['an index that lags at will', long ? 20_000 : 500, openPlainIndex],
  ['the index of the views', long ? 2_000 : 100, openViewsIndex],
];

describe('the ledger answers as its model does', () => {
  it.each(indexes)(
    `with %s, over %s random histories (SEED=${seed})`,
    async (what, histories, openIndex) => {
      process.stderr.write(`model with ${what}: ${histories} histories, SEED=${seed}\n`);
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async (steps) => {
          await new ModelRun(new MemoryEventStore(), rulebook, openIndex).run(steps);
        }),
        // Shrinking takes minutes: SHRINK=1 where a failure is looked into.
        { seed, numRuns: histories, endOnFailure: process.env['SHRINK'] !== '1' },
      );
    },
  );
});

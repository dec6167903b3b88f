import fc from 'fast-check';
import { MemoryEventStore } from '../../libs/ledger/src/event-store/memory/memory-event-store.js';
import { smallCaps } from '../../libs/ledger/src/write/memory-ledger.js';
import { ModelRun } from './model-run.js';
import { step } from './model-steps.js';

const long = process.env['LONG'] === '1';
const seed = Number(process.env['SEED'] ?? '4544');
const sequences = long ? 20_000 : 500;
const rulebook = smallCaps();

describe('the ledger', () => {
  it(
    `answers as its model does, over ${sequences} random histories (SEED=${seed})`,
    async () => {
      process.stderr.write(`model: ${sequences} histories, SEED=${seed}\n`);
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async (steps) => {
          await new ModelRun(new MemoryEventStore(), rulebook).run(steps);
        }),
        { seed, numRuns: sequences, timeout: 5_000, endOnFailure: process.env['SHRINK'] !== '1' },
      );
    },
    long ? 7_200_000 : 120_000,
  );
});

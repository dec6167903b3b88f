import fc from 'fast-check';
import { MemoryLedger } from '../../libs/ledger/src/testing/memory-ledger.js';
import { TwinRun, twinStep } from './twin-run.js';

const long = process.env['LONG'] === '1';
const seed = Number(process.env['SEED'] ?? '4544');
const histories = long ? 10_000 : 200;

describe(`two instances over one log, by ${histories} random histories (SEED=${seed})`, () => {
  it(
    'write a sound log, whatever their indexes know, and stand by every answer',
    async () => {
      process.stderr.write(`two instances: ${histories} histories, SEED=${seed}\n`);
      await fc.assert(
        fc.asyncProperty(fc.array(twinStep, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
          const one = await MemoryLedger.shared();
          const run = new TwinRun([one, await one.another()]);
          await run.run(steps);
          await run.check();
          await Promise.all(run.instances.map(({ ledger }) => ledger.close()));
        }),
        { seed, numRuns: histories, endOnFailure: process.env['SHRINK'] !== '1' },
      );
    },
  );
});

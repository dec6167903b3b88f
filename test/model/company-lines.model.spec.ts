import fc from 'fast-check';
import { CompanyLinesRun } from './company-lines-run.js';
import { moves } from './company-lines-moves.js';

const long = process.env['LONG'] === '1';
const seed = Number(process.env['SEED'] ?? '4544');
const histories = long ? 10_000 : 150;

describe(`lines of companies, by ${histories} random histories (SEED=${seed})`, () => {
  it(
    'give out no more than their limits of that instant, one line for each shipment, through mergers and restarts',
    async () => {
      process.stderr.write(`lines of companies: ${histories} histories, SEED=${seed}\n`);
      const seen = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(moves, async (chosen) => {
          const run = await CompanyLinesRun.start();
          await run.play(chosen);
          await run.check();
          await run.memory.ledger.close();
          for (const [kind, count] of run.seen) seen.set(kind, (seen.get(kind) ?? 0) + count);
        }),
        { seed, numRuns: histories, endOnFailure: process.env['SHRINK'] !== '1' },
      );
      const often = ['country', 'lpp', 'nveu', 'uveu', 'LineClosed', 'AmountsTakenOver', 'ShipmentCounted', 'HoldingsDeclared', 'AttritionRecorded', 'AllocationSet', 'ReservationLapsed'];
      for (const what of often) expect([what, (seen.get(what) ?? 0) > histories / 10]).toEqual([what, true]);
    },
  );
});

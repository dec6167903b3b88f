import fc from 'fast-check';
import { moves } from './company-instances-moves.js';
import { CompanyInstancesRun } from './company-instances-run.js';

const long = process.env['LONG'] === '1';
const seed = Number(process.env['SEED'] ?? '4544');
const histories = long ? 2_000 : 40;

describe(`instances over one log with lines of companies, by ${histories} random histories (SEED=${seed})`, () => {
  it(
    'decide each command once on all lines together, keep every limit, and stand by every answer',
    async () => {
      process.stderr.write(`instances with companies: ${histories} histories, SEED=${seed}\n`);
      const seen = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(moves, async (chosen) => {
          const run = await CompanyInstancesRun.start();
          await run.play(chosen);
          await run.check();
          await run.close();
          for (const [kind, count] of run.seen) seen.set(kind, (seen.get(kind) ?? 0) + count);
        }),
        { seed, numRuns: histories, endOnFailure: process.env['SHRINK'] !== '1' },
      );
      const often = ['quota-country', 'quota-lpp', 'quota-nveu', 'quota-uveu', 'LineChosen', 'LineClosed', 'the same of several'];
      for (const what of often) expect([what, (seen.get(what) ?? 0) > histories / 10]).toEqual([what, true]);
    },
  );
});

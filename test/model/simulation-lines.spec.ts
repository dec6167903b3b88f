import fc from 'fast-check';
import { CompanyLinesRun } from './company-lines-run.js';
import { moves } from './company-lines-moves.js';
import { replayedUnder, short } from './replayed-draft.js';

const long = process.env['LONG'] === '1';
const seed = Number(process.env['SEED'] ?? '4544');
const histories = long ? 2_000 : 30;

describe(`lines of companies under the rulebook in force, over ${histories} random histories (SEED=${seed})`, () => {
  it(
    'stand as they do, through amendments, attrition, mergers and ends of years',
    async () => {
      await fc.assert(
        fc.asyncProperty(moves, async (chosen) => {
          const run = await CompanyLinesRun.start({ lapsesAtOnce: true });
          await run.play(chosen);
          const { rulebook } = run.memory.ledger;
          const log = await run.memory.log();
          await run.memory.ledger.close();
          const result = replayedUnder(rulebook, log, run.memory.now);
          expect(short(result)).toEqual([]);
          for (const { line, recorded, simulated } of result.lines) expect([line, simulated]).toEqual([line, recorded]);
        }),
        { seed, numRuns: histories, endOnFailure: process.env['SHRINK'] !== '1' },
      );
    },
  );
});

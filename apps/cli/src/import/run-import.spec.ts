import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerAccess, Submission, SubmitAnswer } from '../access/ledger-access.js';
import { parseCsv } from './csv-file.js';
import { summarize } from './import-summary.js';
import { planImport, type PlannedRow } from './plan-import.js';
import { renderReport } from './report-file.js';
import { runImport } from './run-import.js';
import { shipmentAction } from './shipments.js';

const header = 'destination,chip,quantity,exportedAt\n';

function plan(text: string): readonly PlannedRow[] {
  return planImport('shipments', parseCsv(header + text, 'x.csv'), (row) => shipmentAction(row, { exporter: 'import', home: new Set(['US']) }));
}

/** A ledger that remembers keys, as the real one does. */
class FakeLedger {
  readonly submissions: Submission[] = [];
  readonly #keys = new Set<string>();

  constructor(private readonly answer: (submission: Submission) => SubmitAnswer | undefined = () => undefined) {}

  async submit(submission: Submission): Promise<SubmitAnswer> {
    await sleep(1);
    this.submissions.push(submission);
    const replayed = this.#keys.has(submission.idempotencyKey);
    this.#keys.add(submission.idempotencyKey);
    return this.answer(submission) ?? { outcome: 'recorded', replayed, id: submission.idempotencyKey };
  }

  get access(): LedgerAccess {
    return this as unknown as LedgerAccess;
  }
}

describe('the plan of an import', () => {
  it('sends the oldest first, rows of one day as they stand, rows without a date last', () => {
    const rows = plan('AE,c,1,2026-01-01\nAE,c,2,\nAE,c,3,2025-01-01\nIN,c,4,2025-01-01\n');
    expect(rows.map(({ line }) => line)).toEqual([4, 5, 2, 3]);
  });

  it('gives equal rows keys of their own, by their occurrence', () => {
    const keys = plan('AE,c,1,2026-01-01\nAE,c,2,2026-01-01\nAE,c,1,2026-01-01\n').map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe(keys[0]?.replace(/:1$/, ':2'));
    for (const key of keys) expect(key).toMatch(/^[\x20-\x7e]{8,200}$/);
  });

  it('gives a row the same key wherever it stands and in whatever order its columns are', () => {
    const [, moved] = plan('IN,c,9,2025-05-05\nAE,c,1,2026-01-01\n');
    const reordered = planImport('shipments', parseCsv('chip,exportedAt,destination,quantity\nc,2026-01-01,AE,1\n', 'y.csv'), () => {
      return { action: 'skip', reason: '', detail: '' };
    });
    expect(moved?.idempotencyKey).toBe(reordered[0]?.idempotencyKey);
  });
});

describe('an import', () => {
  it('accounts for every row, ragged ones too', async () => {
    const rows = plan('AE,c,1,2026-01-01\nUS,c,1,2026-01-01\nAE,,1,2026-01-01\nAE,c\nIN,c,5,2026-01-01\nIN,c,6,2026-01-01\nIN,c,7,2026-01-01\n');
    const ledger = new FakeLedger(({ body }) => {
      switch (body.items[0].quantity) {
        case 5:
          return { outcome: 'refused', replayed: false, id: 'r', code: 'insufficient-quota', detail: 'Nothing left.' };
        case 6:
          return { outcome: 'rejected', code: 'classification-unknown', detail: 'Give the die area.' };
        case 7:
          return { outcome: 'rejected', code: 'not-an-export', detail: 'Home.' };
        default:
          return undefined;
      }
    });
    const results = await runImport(rows, ledger.access, { concurrencyMax: 4 });
    expect(results.map(({ line, outcome, reason }) => [line, outcome, reason])).toEqual([
      [2, 'exported', ''],
      [3, 'skipped', 'home-country'],
      [4, 'rejected', 'no-chip'],
      [5, 'rejected', 'bad-row'],
      [6, 'refused', 'insufficient-quota'],
      [7, 'rejected', 'classification-unknown'],
      [8, 'skipped', 'home-country'],
    ]);
    expect(summarize(results)).toEqual({
      rows: 7, exported: 1, reserved: 0, refused: 1, skipped: 2, rejected: 3, alreadyRecorded: 0, recorded: 2,
      reasons: {
        refused: { 'insufficient-quota': 1 },
        skipped: { 'home-country': 2 },
        rejected: { 'no-chip': 1, 'bad-row': 1, 'classification-unknown': 1 },
      },
    });
    expect(renderReport(results).split('\n')[2]).toBe('3,skipped,home-country,US is home: not an export.,,');
  });

  it('keeps the order within a destination while destinations run side by side', async () => {
    const rows = plan(Array.from({ length: 40 }, (_, index) => `${index % 2 === 0 ? 'AE' : 'IN'},c,${index + 1},2025-01-01`).join('\n'));
    const ledger = new FakeLedger();
    await runImport(rows, ledger.access, { concurrencyMax: 8 });
    for (const country of ['AE', 'IN']) {
      const quantities = ledger.submissions.filter(({ body }) => body.destination === country).map(({ body }) => body.items[0].quantity);
      expect(quantities).toEqual([...quantities].sort((a, b) => a - b));
      expect(quantities).toHaveLength(20);
    }
  });

  it('records nothing new the second time', async () => {
    const rows = plan('AE,c,1,2026-01-01\nAE,c,1,2026-01-01\nIN,c,5,2026-01-01\n');
    const ledger = new FakeLedger();
    const first = summarize(await runImport(rows, ledger.access, { concurrencyMax: 2 }));
    const second = summarize(await runImport(rows, ledger.access, { concurrencyMax: 2 }));
    expect([first.recorded, first.alreadyRecorded, second.recorded, second.alreadyRecorded]).toEqual([3, 0, 0, 3]);
    expect(second.exported).toBe(3);
  });

  it('stops at the first row that the ledger cannot take', async () => {
    const rows = plan(Array.from({ length: 20 }, (_, index) => `AE,c,${index + 1},2025-01-01`).join('\n'));
    const ledger = new FakeLedger(({ body }) => {
      if (body.items[0].quantity === 3) throw new Error('The disk is full.');
      return undefined;
    });
    await expect(runImport(rows, ledger.access, { concurrencyMax: 2 })).rejects.toThrow('The disk is full.');
    expect(ledger.submissions).toHaveLength(3);
  });

  it('quotes cells of the report that need it', () => {
    const report = renderReport([{ line: 2, outcome: 'rejected', replayed: false, reason: 'bad-date', detail: 'Say "when", please.', id: '' }]);
    expect(report).toBe('line,action,reason,detail,id,recorded\n2,rejected,bad-date,"Say ""when"", please.",,\n');
  });
});

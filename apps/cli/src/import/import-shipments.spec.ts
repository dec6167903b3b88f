import { commandIdFor } from '#ledger';
import { FakeLedger } from '../testing/fake-ledger.js';
import { importShipments } from './import-shipments.js';
import { renderSummary, summarize } from './import-summary.js';
import { full, header, imported, plan, results, usual } from '../testing/import-under-test.js';
import { renderReport } from './report-file.js';

describe('an import', () => {
  it('accounts for every row, ragged ones too', async () => {
    const text = `${header}\nAE,c,1,2026-01-01\nUS,c,1,2026-01-01\nAE,,1,2026-01-01\nAE,c\nIN,c,5,2026-01-01\nIN,c,6,2026-01-01\nIN,c,7,2026-01-01\n`;
    const ledger = new FakeLedger(({ body }) => {
      switch (body.items[0].quantity) {
        case 5:
          return { outcome: 'refused', replayed: false, id: 'r', tpp: 5, code: 'insufficient-quota', detail: 'Nothing left.' };
        case 6:
          return { outcome: 'rejected', code: 'classification-unknown', detail: 'Give the die area.' };
        case 7:
          return { outcome: 'rejected', code: 'not-an-export', detail: 'Home.' };
        default:
          return undefined;
      }
    });
    const found = await results(ledger, text);
    expect(found.map(({ line, outcome, reason }) => [line, outcome, reason])).toEqual([
      [2, 'exported', ''],
      [3, 'skipped', 'home-country'],
      [4, 'rejected', 'no-chip'],
      [5, 'rejected', 'bad-row'],
      [6, 'refused', 'insufficient-quota'],
      [7, 'rejected', 'classification-unknown'],
      [8, 'skipped', 'home-country'],
    ]);
    expect(summarize(found)).toMatchObject({
      rows: 7, exported: 1, reserved: 0, refused: 1, notSent: 0, skipped: 2, rejected: 3, alreadyRecorded: 0, recorded: 2,
      reasons: {
        refused: { 'insufficient-quota': 1 },
        skipped: { 'home-country': 2 },
        rejected: { 'no-chip': 1, 'bad-row': 1, 'classification-unknown': 1 },
      },
    });
    const [head, first, second] = renderReport(found).split('\n');
    expect(head).toBe('line,action,reason,detail,id,recorded,row,exporter,destination,quantity,tpp');
    expect(first).toMatch(/^2,exported,,,[0-9a-f-]{36},now,2,acme,AE,1,1$/);
    expect(second).toBe('3,skipped,home-country,US is home: not an export.,,,3,,,,');
  });

  it('keeps the order within a destination while destinations run side by side', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `${index % 2 === 0 ? 'AE' : 'IN'},c,${index + 1},2025-01-01`);
    const ledger = new FakeLedger();
    await results(ledger, [header, ...rows].join('\n'), { concurrencyMax: 8 });
    for (const country of ['AE', 'IN']) {
      const quantities = ledger.submissions.filter(({ body }) => body.destination === country).map(({ body }) => body.items[0].quantity);
      expect(quantities).toEqual([...quantities].sort((a, b) => a - b));
      expect(quantities).toHaveLength(20);
    }
  });

  it('stops at the first row that the ledger cannot take', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => `AE,c,${index + 1},2025-01-01`);
    const ledger = new FakeLedger(({ body }) => {
      if (body.items[0].quantity === 3) throw new Error('The disk is full.');
      return undefined;
    });
    await expect(results(ledger, [header, ...rows].join('\n'))).rejects.toThrow('The disk is full.');
    expect(ledger.submissions).toHaveLength(3);
  });
});

describe('a row is known by what it means', () => {
  const row = `${header},exporter\nEG,c,100,2026-03-31,acme\n`;

  it.each([
    ['an empty column more', `${full}\nEG,c,100,2026-03-31,acme,,\n`],
    ['the action spelled out', `${header},action\nEG,c,100,2026-03-31,export\n`],
    ['blanks', `${header},exporter\n EG , c,100 ,2026-03-31 , acme \n`],
    ['a quantity with a fraction of nothing', `${header}\nEG,c,100.0,2026-03-31\n`],
    ['a code in small letters', `${header}\neg,c,100,2026-03-31\n`],
    ['a name', `${header}\nEgypt,c,100,2026-03-31\n`],
    ['an instant', `${header}\nEG,c,100,2026-03-31T00:00:00Z\n`],
    ['another zone', `${header}\nEG,c,100,2026-03-31T02:00:00+02:00\n`],
    ['another order of columns', 'exporter,exportedAt,quantity,chip,destination\nacme,2026-03-31,100,c,EG\n'],
    ['a default exporter', `${header}\nEG,c,100,2026-03-31\n`],
    ['another spelling of the exporter', `${header},exporter\nEG,c,100,2026-03-31,acme\u200a\n`],
  ])('with %s it is the same row', async (_, again) => {
    const ledger = new FakeLedger();
    expect(await imported(ledger, row)).toMatchObject({ recorded: 1 });
    expect(await imported(ledger, again)).toMatchObject({ exported: 1, recorded: 0, alreadyRecorded: 1 });
    expect(ledger.debited).toBe(100);
  });

  it('with texts whose blanks and accents are encoded otherwise it is the same row', async () => {
    const described = (text: string): string => `${full},description,tppPerUnit\nEG,,100,2026-03-31,acme,,${text},${text},1\n`;
    const ledger = new FakeLedger();
    expect(await imported(ledger, described('Caf\u00e9 1'))).toMatchObject({ recorded: 1 });
    expect(await imported(ledger, described('Cafe\u0301 1'))).toMatchObject({ recorded: 0, alreadyRecorded: 1 });
    expect(await imported(ledger, described('Caf\u00e9\u00a0 1'))).toMatchObject({ recorded: 0, alreadyRecorded: 1 });
    expect(ledger.debited).toBe(100);
  });

  it.each(['released', 'lapsed'])('says that its reservation is %s by now, and reserves nothing anew', async (status) => {
    const ledger = new FakeLedger();
    const hold = 'action,destination,chip,quantity\nreserve,BR,c,100\n';
    await imported(ledger, hold);
    for (const [id, shipment] of ledger.shipments) ledger.shipments.set(id, { ...shipment, status });
    expect(await imported(ledger, hold)).toMatchObject({ recorded: 0, reasons: { reserved: { 'ended-since': 1 } } });
  });

  it('equal rows of a file are as many shipments, and stay as many', async () => {
    const ledger = new FakeLedger();
    const text = `${header}\nAE,c,1,2026-01-01\nAE,c,1,2026-01-01\n`;
    expect(await imported(ledger, text)).toMatchObject({ recorded: 2 });
    expect(await imported(ledger, `${header}\nAE,c,1.0,2026-01-01\nAE,c,1,2026-01-01T00:00:00Z\n`)).toMatchObject({ recorded: 0 });
    expect(await imported(ledger, `${text}AE,c,1,2026-01-01\n`)).toMatchObject({ recorded: 1, alreadyRecorded: 2 });
    expect(ledger.debited).toBe(3);
  });

  it('an import that broke off goes on where it stood', async () => {
    let left = 2;
    const ledger = new FakeLedger(() => {
      left -= 1;
      if (left < 0) throw new Error('No answer.');
      return undefined;
    });
    const text = `${header}\n${'AE,c,1,2026-01-01\n'.repeat(4)}`;
    await expect(results(ledger, text)).rejects.toThrow('No answer.');
    left = 100;
    expect(await imported(ledger, text)).toMatchObject({ recorded: 2, alreadyRecorded: 2, notSent: 0 });
    expect(ledger.debited).toBe(4);
  });

  it('what was imported when rows were known by their text changes nothing when it is imported again', async () => {
    const ledger = new FakeLedger();
    const text = `${full}\nAE,c,1,2026-01-01,acme,X1,\nAE,c,1,2026-01-01,acme,X1,\nAE,c,2,2026-01-01,ac  me,,PO-1\nAE,c,2000000,2026-01-02,acme,,\n`;
    for (const { action, textKey, writtenExporter: exporter } of plan(text)) {
      if (!('body' in action)) throw new Error('Not a shipment.');
      const { outcome } = await ledger.submit({ operation: 'export', body: { ...action.body, exporter }, idempotencyKey: textKey });
      expect(outcome).not.toBe('rejected');
    }
    // The list of an exporter finds every spelling of its name.
    const spelled = ledger.shipments.get(commandIdFor('ac  me', plan(text)[2]?.textKey ?? ''));
    if (spelled) ledger.shipments.set(spelled.id, { ...spelled, exporter: 'ac me' });
    const before = ledger.shipments.size;
    expect(await imported(ledger, text)).toMatchObject({ exported: 3, refused: 1, recorded: 0, alreadyRecorded: 4, itnsRecorded: 0 });
    expect(ledger.shipments.size).toBe(before);
  });
});

describe('a row that has its ITN by now', () => {
  const before = `${full}\nBR,c,100,2026-03-31,acme,,\nBR,c,100,2026-03-31,acme,,\n`;

  it('files the export that it is known by, once', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, before);
    const after = before.replace('acme,,', 'acme,X1,');
    expect(await imported(ledger, after)).toMatchObject({ exported: 2, recorded: 0, alreadyRecorded: 2, itnsRecorded: 1 });
    expect(await imported(ledger, after)).toMatchObject({ itnsRecorded: 0, recorded: 0 });
    expect([...ledger.shipments.values()].map(({ itn }) => itn)).toEqual(['X1', null]);
    expect(ledger.debited).toBe(200);
  });

  it('is the row with that ITN, wherever it stands among equal ones', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, `${full}\nBR,c,1,2026-03-31,acme,X1,\nBR,c,1,2026-03-31,acme,X2,\nBR,c,1,2026-03-31,acme,,\n`);
    const moved = `${full}\nBR,c,1,2026-03-31,acme,X3,\nBR,c,1,2026-03-31,acme,X2,\nBR,c,1,2026-03-31,acme,X1,\n`;
    expect(await imported(ledger, moved)).toMatchObject({ recorded: 0, itnsRecorded: 1 });
    expect(await imported(ledger, `${full}\nBR,c,1,2026-03-31,acme,X2,\n`)).toMatchObject({ recorded: 0, itnsRecorded: 0 });
    expect(ledger.debited).toBe(3);
  });

  it('files the export of another import that came in between', async () => {
    const ledger = new FakeLedger();
    const [row] = plan(`${full}\nBR,c,100,2026-03-31,acme,,\n`);
    const between = new FakeLedger(() => undefined);
    if (!row || !('body' in row.action)) throw new Error('Not a shipment.');
    await ledger.submit({ operation: 'export', body: row.action.body, idempotencyKey: `${row.meaningKey}:1` });
    const unread = Object.assign(ledger.access, { recorded: between.recorded.bind(between) });
    const found = await importShipments(plan(`${full}\nBR,c,100,2026-03-31,acme,X1,\n`), unread, usual);
    expect(found).toMatchObject([{ outcome: 'exported', recorded: 'earlier', filed: true }]);
    expect(ledger.debited).toBe(100);
  });
});

describe('refused rows', () => {
  const text = `${header}\nBR,c,100,2026-03-31\nBR,c,100,2026-03-31\n`;

  it('stay refused, and say why, until they are retried; then they are debited once', async () => {
    const ledger = new FakeLedger();
    ledger.available = 0;
    expect(await imported(ledger, text)).toMatchObject({ refused: 2, recorded: 2 });
    ledger.available = 1_000_000;
    expect(await imported(ledger, text)).toMatchObject({ refused: 2, recorded: 0, reasons: { refused: { 'insufficient-quota': 2 } } });
    expect(await imported(ledger, text, { retryRefused: true })).toMatchObject({ exported: 2, recorded: 2 });
    for (const retryRefused of [true, false]) {
      expect(await imported(ledger, text, { retryRefused })).toMatchObject({ exported: 2, recorded: 0, alreadyRecorded: 2 });
    }
    expect(ledger.debited).toBe(200);
  });

  it('may be refused again, and retried again', async () => {
    const ledger = new FakeLedger();
    ledger.available = 0;
    await imported(ledger, text);
    expect(await imported(ledger, text, { retryRefused: true })).toMatchObject({ refused: 2, recorded: 2 });
    ledger.available = 150;
    expect(await imported(ledger, text, { retryRefused: true })).toMatchObject({ exported: 1, refused: 1, recorded: 2 });
    ledger.available = 150;
    expect(await imported(ledger, text, { retryRefused: true })).toMatchObject({ exported: 2, recorded: 1, alreadyRecorded: 1 });
  });

  it('do not let a row that passed and was reversed pass again', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, text);
    for (const exportId of ledger.shipments.keys()) await ledger.reverse({ exportId, code: 'misreported', reason: '', idempotencyKey: '' });
    expect(await imported(ledger, text, { retryRefused: true })).toMatchObject({ exported: 2, recorded: 0, alreadyRecorded: 2 });
    expect(ledger.debited).toBe(0);
  });
});

describe('a dry run', () => {
  it('says what would happen, one row after another, and records nothing', async () => {
    const ledger = new FakeLedger();
    ledger.available = 150;
    const text = `${full}\nBR,c,100,2026-03-30,acme,,\nBR,c,100,2026-03-31,acme,,\nBR,c,50,2026-03-31,acme,,\nUS,c,1,2026-03-31,acme,,\n`;
    const summary = await imported(ledger, text, { dryRun: true });
    expect(summary).toMatchObject({ exported: 2, refused: 1, skipped: 1, recorded: 3, alreadyRecorded: 0 });
    expect(renderSummary(summary, { file: 'x.csv', reportFile: 'r.csv', dryRun: true })).toContain('Nothing was recorded');
    expect([ledger.submissions, ledger.shipments.size, ledger.available]).toEqual([[], 0, 150]);
    expect(await imported(ledger, text)).toMatchObject({ exported: 2, refused: 1, skipped: 1, recorded: 3 });
  });

  it('foresees ITNs, corrections and retries', async () => {
    const ledger = new FakeLedger();
    ledger.available = 100;
    await imported(ledger, `${full}\nBR,c,100,2026-03-31,acme,X1,\nBR,d,5,2026-03-31,acme,,\n`);
    ledger.available = 10;
    const text = `${full}\nBR,c,105,2026-03-31,acme,X1,\nBR,d,5,2026-03-31,acme,,\n`;
    const options = { dryRun: true, correct: 'clear', retryRefused: true } as const;
    expect(await imported(ledger, text, options)).toMatchObject({ exported: 2, corrected: 1, recorded: 2 });
    expect(await imported(ledger, text, { ...options, dryRun: false })).toMatchObject({ exported: 2, corrected: 1, recorded: 2 });
    expect(await imported(ledger, text.replace('acme,,', 'acme,X2,'), { dryRun: true })).toMatchObject({ itnsRecorded: 1, recorded: 0 });
  });
});

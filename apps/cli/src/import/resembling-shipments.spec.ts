import { FakeLedger } from '../testing/fake-ledger.js';
import { renderSummary, type ImportSummary } from './import-summary.js';
import { full, imported } from '../testing/import-under-test.js';

/** The report's detail of a row that was not sent. @param line in the file; 2 is the first below the header */
function detailOf({ undecided }: ImportSummary, line = 2): string | undefined {
  return undecided.find((each) => each.line === line)?.detail;
}

describe('a row that looks like a shipment recorded before', () => {
  const row = `${full}\nBR,c,100,2026-03-31T08:00:00Z,acme,,\n`;

  it('is counted and not sent, but with --again', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, row);
    const later = row.replace('08:00', '09:00');
    const summary = await imported(ledger, later);
    expect(summary).toMatchObject({ notSent: 1, recorded: 0, reasons: { 'not-sent': { 'looks-recorded': 1 } } });
    const said = renderSummary(summary, { file: 'x.csv', reportFile: 'r.csv', dryRun: false });
    expect(said).toContain('looks like a shipment recorded before');
    expect(said).toContain([...ledger.shipments.keys()][0]);
    expect(ledger.debited).toBe(100);
    expect(await imported(ledger, later, { again: true })).toMatchObject({ notSent: 0, recorded: 1 });
    expect(await imported(ledger, later)).toMatchObject({ notSent: 0, recorded: 0, alreadyRecorded: 1 });
    expect(ledger.debited).toBe(200);
  });

  it('may be that very shipment, whose ITN is known by now: the message says how to record it', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, row);
    const [id] = [...ledger.shipments.keys()];
    const summary = await imported(ledger, row.replace('08:00', '09:00').replace('acme,', 'acme,X1'));
    expect(detailOf(summary)).toContain(`quota filing ${id} --itn X1`);
  });

  it('has the ITN of the export of its own reference; which of several that have none is for people to say', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, `${row}BR,c,100,2026-03-31T08:00:00Z,acme,,PO-1\n`);
    const [, id] = [...ledger.shipments.keys()];
    const later = `${full}\nBR,c,100,2026-03-31T09:00:00Z,acme,X1,PO-1\nBR,c,100,2026-03-31T09:00:00Z,acme,X2,\n`;
    const summary = await imported(ledger, later);
    expect(detailOf(summary)).toContain(`quota filing ${id} --itn X1`);
    expect(detailOf(summary, 3)).toContain('quota filing <export id> --itn X2');
  });

  it.each([
    ['another ITN', 'X1,', 'X2,', 1],
    ['a reference that came later', ',', ',PO-1', 1],
    ['a reference that is gone', ',PO-1', ',', 1],
    ['another reference', ',PO-1', ',PO-2', 0],
  ])('with %s (%s, then %s): %i not sent', async (_, first, second, notSent) => {
    const ledger = new FakeLedger();
    await imported(ledger, `${full}\nBR,c,100,2026-03-31,acme,${first}\n`);
    expect(await imported(ledger, `${full}\nBR,c,100,2026-03-31,acme,${second}\n`)).toMatchObject({ notSent, recorded: 1 - notSent });
  });

  it('compares texts whatever their blanks and accents are encoded as', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, `${full}\nBR,c,100,2026-03-31,acme,,Caf\u00e9 1\n`);
    const other = `${full}\nBR,c,100,2026-03-31T08:00:00Z,acme,,Cafe\u0301\u00a0 1\n`;
    expect(await imported(ledger, other)).toMatchObject({ notSent: 1, recorded: 0 });
  });

  it.each([
    ['exporter', 'BR,c,100,2026-03-31,globex,,'],
    ['item', 'BR,d,100,2026-03-31,acme,,'],
    ['quantity', 'BR,c,101,2026-03-31,acme,,'],
    ['destination', 'MX,c,100,2026-03-31,acme,,'],
    ['day', 'BR,c,100,2026-04-01,acme,,'],
  ])('does not with another %s', async (_, other) => {
    const ledger = new FakeLedger();
    await imported(ledger, row);
    expect(await imported(ledger, `${full}\n${other}\n`)).toMatchObject({ notSent: 0, recorded: 1 });
  });

  it('does not once that one is reversed, or if it is a row of this file', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, row);
    expect(await imported(ledger, `${row}BR,c,100,2026-03-31T09:00:00Z,acme,,\n`)).toMatchObject({ notSent: 0, recorded: 1 });
    for (const exportId of ledger.shipments.keys()) await ledger.reverse({ exportId, code: 'misreported', reason: '', idempotencyKey: '' });
    expect(await imported(ledger, row.replace('08:00', '10:00'))).toMatchObject({ notSent: 0, recorded: 1 });
  });

  it('may be a hold', async () => {
    const ledger = new FakeLedger();
    const hold = (more: string): string => `action,destination,chip,quantity,exporter,expiresAt\nreserve,BR,c,100,acme,${more}\n`;
    await imported(ledger, hold('2027-01-01'));
    expect(await imported(ledger, hold('2027-02-01'))).toMatchObject({ notSent: 1, recorded: 0 });
  });
});

describe('a row that corrects a recorded one', () => {
  const byItn = `${full}\nBR,c,100,2026-03-31,acme,X1,PO-1\n`;
  const byReference = `${full}\nBR,c,100,2026-03-31,acme,,PO-1\n`;

  it.each([
    ['its quantity, by the ITN', byItn, byItn.replace('100', '120')],
    ['its day, by the ITN', byItn, byItn.replace('03-31', '03-30')],
    ['its destination, by the ITN', byItn, byItn.replace('BR', 'MX')],
    ['its reference, by the ITN', byItn, byItn.replace('PO-1', 'PO-2')],
    ['its quantity, by the reference', byReference, byReference.replace('100', '120')],
    ['its destination, by the reference', byReference, byReference.replace('BR', 'MX')],
  ])('%s, is named and not sent, but with --correct', async (_, first, second) => {
    const ledger = new FakeLedger();
    await imported(ledger, first);
    const [id] = [...ledger.shipments.keys()];
    const summary = await imported(ledger, second);
    expect(summary).toMatchObject({ notSent: 1, recorded: 0, reasons: { 'not-sent': { correction: 1 } } });
    expect(detailOf(summary)).toContain(`export ${id}`);
    expect(detailOf(summary)).toContain('--correct');
    expect(detailOf(summary)).toContain('/reversal');
    expect(await imported(ledger, second, { correct: 'clear' })).toMatchObject({ notSent: 0, recorded: 1, corrected: 1 });
    expect(ledger.shipments.get(id ?? '')?.status).toBe('reversed');
    expect(ledger.debited).toBe(second.includes('120') ? 120 : 100);
    expect(await imported(ledger, second, { correct: 'clear' })).toMatchObject({ recorded: 0, corrected: 0, alreadyRecorded: 1 });
  });

  it.each([
    ['another item of the same ITN', byItn, byItn.replace(',c,', ',d,')],
    ['another item of the same reference', byReference, byReference.replace(',c,', ',d,')],
    ['another day of the same reference', byReference, byReference.replace('03-31', '04-01')],
    ['another quantity of a row whose ITN is not the same', byItn, byItn.replace('100', '120').replace('X1', 'X2')],
    ['another quantity where only one has an ITN', byReference, byItn.replace('100', '120')],
  ])('is not one with %s: that is a further shipment', async (_, first, second) => {
    const ledger = new FakeLedger();
    await imported(ledger, first);
    expect(await imported(ledger, second)).toMatchObject({ notSent: 0, recorded: 1 });
  });

  it('is not one if what it would correct is a row of this file, too', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, byItn);
    expect(await imported(ledger, `${byItn}BR,c,20,2026-03-31,acme,X1,PO-1\n`)).toMatchObject({ notSent: 0, recorded: 1 });
    expect(ledger.debited).toBe(120);
  });

  it('may bring back what was corrected before', async () => {
    const ledger = new FakeLedger();
    const other = byItn.replace('100', '120');
    await imported(ledger, byItn);
    for (const text of [other, byItn, other, byItn]) {
      expect(await imported(ledger, text)).toMatchObject({ notSent: 1, recorded: 0 });
      expect(await imported(ledger, text, { correct: 'clear' })).toMatchObject({ corrected: 1, recorded: 1 });
      expect(await imported(ledger, text, { correct: 'clear' })).toMatchObject({ corrected: 0, recorded: 0, alreadyRecorded: 1 });
      expect(ledger.debited).toBe(text === other ? 120 : 100);
    }
  });

  it('brings back with --correct only: once its correction is reversed by hand the row is known, and says so', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, byItn);
    await imported(ledger, byItn.replace('100', '120'), { correct: 'clear' });
    const summary = await imported(ledger, byItn);
    expect(detailOf(summary)).toContain('with --correct only');
    expect(detailOf(summary)).not.toContain('reverse it yourself');
    for (const exportId of ledger.shipments.keys()) await ledger.reverse({ exportId, code: 'misreported', reason: '', idempotencyKey: '' });
    expect(await imported(ledger, byItn)).toMatchObject({ recorded: 0, reasons: { exported: { 'reversed-since': 1 } } });
  });

  it('with several candidates names them all, and corrects the one that is named', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, `${byItn}BR,c,20,2026-03-31,acme,X1,PO-1\n`);
    const [first, second] = [...ledger.shipments.keys()];
    const row = `${full}\nBR,c,25,2026-03-31,acme,X1,PO-1\n`;
    for (const correct of [false, 'clear', new Set(['00000000-0000-0000-0000-000000000000'])] as const) {
      const summary = await imported(ledger, row, { correct });
      expect(summary).toMatchObject({ notSent: 1, recorded: 0, reasons: { 'not-sent': { 'ambiguous-correction': 1 } } });
      for (const id of [first, second]) expect(detailOf(summary)).toContain(id);
    }
    expect(await imported(ledger, row, { correct: new Set([second ?? '']) })).toMatchObject({ corrected: 1 });
    expect(ledger.debited).toBe(125);
  });

  it('may be two rows that divide it: it is reversed once', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, byItn);
    const divided = `${full}\nBR,c,60,2026-03-31,acme,X1,PO-1\nMX,c,40,2026-03-31,acme,X1,PO-1\n`;
    expect(await imported(ledger, divided, { correct: 'clear' })).toMatchObject({ corrected: 2, recorded: 2 });
    expect(ledger.debited).toBe(100);
  });

  it('gives back once what two rows divide, in a dry run, too', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, byItn);
    ledger.available = 10;
    const divided = `${full}\nBR,c,60,2026-03-31,acme,X1,PO-1\nBR,c,60,2026-03-31T08:00:00Z,acme,X1,PO-1\n`;
    expect(await imported(ledger, divided, { correct: 'clear', dryRun: true })).toMatchObject({ exported: 1, refused: 1 });
    expect(await imported(ledger, divided, { correct: 'clear' })).toMatchObject({ exported: 1, refused: 0, notSent: 1 });
    expect(ledger.available).toBe(50);
  });

  it('reverses nothing for a row that would be refused, but counts what the reversal gives back', async () => {
    const ledger = new FakeLedger();
    await imported(ledger, byItn);
    ledger.available = 10;
    const tooMuch = await imported(ledger, byItn.replace('100', '111'), { correct: 'clear' });
    expect(tooMuch).toMatchObject({ notSent: 1, corrected: 0, reasons: { 'not-sent': { 'insufficient-quota': 1 } } });
    expect([...ledger.shipments.values()].map(({ status }) => status)).toEqual(['posted']);
    expect(await imported(ledger, byItn.replace('100', '110'), { correct: 'clear' })).toMatchObject({ corrected: 1 });
    expect(ledger.available).toBe(0);
  });
});

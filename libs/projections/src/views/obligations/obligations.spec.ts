import { builtInRulebook } from '#rulebook';
import { obligationId } from './duty.js';
import { SampleLog } from '../../testing/sample-log.js';
import { acm, aia, lpp, nac, uveu } from '../../testing/sample-shipments.js';
import type { ObligationQuery, ObligationRow } from './obligations.js';
import { stateHash } from '../../testing/state-hash.js';
import { ViewsFile } from '../../file/views-file.js';

const tpp = (amount: number): number => amount * 1000;
const nextYear = '2027-03-01T00:00:00.000Z';

function viewsOf(log: SampleLog): ViewsFile {
  const file = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
  file.apply(log.events);
  return file;
}

async function owed(log: SampleLog, query: Partial<ObligationQuery> = {}): Promise<readonly ObligationRow[]> {
  const file = viewsOf(log);
  const nowMs = Date.parse(log.now);
  const found = await file.ask('obligations', { limit: 200, nowMs, ...query });
  for (const row of found.items) expect(await file.ask('obligation', { id: row.id, nowMs: query.nowMs ?? nowMs })).toEqual(row);
  return found.items;
}

const started = (): SampleLog => new SampleLog().adopt();
/** A rulebook that asks something of each licence. */
function withLicenceDuty(): SampleLog {
  const { licence, ...routes } = builtInRulebook().document.routes ?? {};
  const paper = { kind: 'licence-paper', text: 'Keep it at hand.', citation: 'none', due: { when: 'before-export' } } as const;
  return new SampleLog().adopt(undefined, { ...routes, ...(licence && { licence: { ...licence, obligations: [paper] } }) });
}
const shown = (rows: readonly ObligationRow[]): readonly (readonly unknown[])[] =>
  rows.map(({ kind, dueAt, status }) => [kind, dueAt, status]);
const kinds = (rows: readonly ObligationRow[]): readonly string[] => rows.map(({ kind }) => kind).sort();

describe('what an export owes', () => {
  it('is due before, with and after it, and says who owes it, why and since which event', async () => {
    const rows = await owed(started().export('x', tpp(4_000_000), null, { ...lpp, exportedAt: '2026-02-20T10:00:00.000Z' }));
    expect(shown(rows)).toEqual([
      ['lpp-certification', '2026-02-20T10:00:00.000Z', 'open'],
      ['lpp-notice', '2026-02-20T10:00:00.000Z', 'open'],
      ['lpp-certification-copy', '2026-03-22T23:59:59.999Z', 'open'],
      ['lpp-records', '2031-02-20T23:59:59.999Z', 'open'],
    ]);
    expect(rows[2]).toMatchObject({
      text: expect.stringContaining('LPP Shipment') as string,
      citation: '15 CFR 740.29(g)(1)',
      party: { role: 'exporter', id: 'acme', name: 'acme' },
      exporter: 'acme',
      consignee: 'Falcon Cloud',
      route: 'lpp',
      line: 'lpp:falcon-holding:2026',
      exportId: SampleLog.id('x'),
      reservationId: null,
      period: null,
      raisedBy: { position: 2 },
      fulfilment: null,
    });
  });

  it('is no notice below 3,200,000 TPP', async () => {
    expect(kinds(await owed(started().export('x', tpp(3_199_999), null, lpp)))).not.toContain('lpp-notice');
  });

  it('is nothing under a licence, and where none is needed', async () => {
    const log = started().reserve('held', 5).export('x', 1, null).export('free', 1, null, { route: 'none' });
    expect(await owed(log)).toEqual([]);
  });

  it('is owed once for a reservation that leaves in parts, by its first part', async () => {
    const log = withLicenceDuty().reserve('r', 10);
    log.export('late', 3, 'r', { exportedAt: '2026-02-11T00:00:00.000Z' });
    log.export('early', 3, 'r', { exportedAt: '2026-02-10T00:00:00.000Z' });
    expect(await owed(log, { kind: 'licence-paper' })).toMatchObject([
      { dueAt: '2026-02-10T00:00:00.000Z', exportId: SampleLog.id('early'), reservationId: SampleLog.id('r') },
    ]);
    log.reverse('early', 3);
    expect(await owed(log, { kind: 'licence-paper' })).toMatchObject([{ exportId: SampleLog.id('late') }]);
    log.reverse('late', 3);
    expect(await owed(log)).toEqual([]);
  });

  it('is withdrawn with an export that never took place, and stays with one that came back', async () => {
    const log = started().export('x', tpp(1), null, lpp).export('y', tpp(1), null, lpp);
    log.reverse('x', tpp(1), 'duplicate').reverse('y', 0, 'returned');
    const rows = await owed(log);
    expect(new Set(rows.map(({ exportId }) => exportId))).toEqual(new Set([SampleLog.id('y')]));
  });

  it('is nothing that could be named under a rulebook that the log does not have', async () => {
    expect(await owed(new SampleLog().export('x', tpp(1), null, lpp))).toEqual([]);
  });
});

describe('what an open hold owes', () => {
  it('is due when it must have left at the latest, and ends with it', async () => {
    const log = started().reserve('r', tpp(5_000_000), { ...lpp, days: 30 });
    const until = new Date(Date.parse(log.now) - 1000 + 30 * 86_400_000).toISOString();
    expect(shown(await owed(log))).toEqual([
      ['lpp-certification', until, 'open'],
      ['lpp-notice', until, 'open'],
    ]);
    expect(await owed(log.release('r'))).toEqual([]);
  });

  it('is overdue after its date, but not on the day on which a late shipment is recorded; records are never overdue', async () => {
    const log = started().export('x', tpp(4_000_000), null, { ...lpp, exportedAt: '2026-01-20T10:00:00.000Z' });
    const endOfToday = Date.parse(`${log.now.slice(0, 10)}T23:59:59.999Z`);
    expect(await owed(log, { status: 'overdue', nowMs: endOfToday })).toEqual([]);
    expect(await owed(log, { status: 'open', nowMs: endOfToday })).toHaveLength(4);
    const late = ['lpp-certification', 'lpp-certification-copy', 'lpp-notice'];
    expect(kinds(await owed(log, { status: 'overdue', nowMs: endOfToday + 1 }))).toEqual(late);
    expect(kinds(await owed(log, { status: 'overdue', nowMs: Date.parse('2040-01-01T00:00:00Z') }))).toEqual(late);
    expect(kinds(await owed(log, { status: 'open', nowMs: Date.parse('2040-01-01T00:00:00Z') }))).toEqual(['lpp-records']);
  });

  it('becomes what its export owes, and a notice is owed only for a part of that size', async () => {
    const log = started().reserve('r', tpp(5_000_000), lpp).export('x', tpp(2_500_000), 'r');
    expect(kinds(await owed(log))).toEqual(['lpp-certification', 'lpp-certification-copy', 'lpp-records']);
    expect((await owed(log, { kind: 'lpp-certification' }))[0]).toMatchObject({ exportId: SampleLog.id('x'), raisedBy: { position: 3 } });
  });

  it('is done where the notice was given in time, with the event that says so', async () => {
    const log = started().reserve('r', 5, { ...nac, days: 60, facts: { noticeGivenAt: '2026-03-01T00:00:00Z' } });
    expect(await owed(log, { status: 'done' })).toMatchObject([
      { kind: 'nac-notification', fulfilment: { position: 2, fulfilledAt: '2026-03-01T00:00:00.000Z', reference: null } },
    ]);
    log.export('x', 5, 'r', { exportedAt: '2026-03-20T00:00:00.000Z' });
    const tomorrow = Date.parse(log.now) + 86_400_000;
    expect(shown(await owed(log, { nowMs: tomorrow }))).toEqual([['nac-notification', '2026-02-23T23:59:59.999Z', 'overdue']]);
  });
});

describe('what is owed once', () => {
  it('is a certification for each exporter and consignee, by the first export that stands', async () => {
    const log = started().export('a', 1, null, aia).export('b', 1, null, aia);
    log.export('c', 1, null, { ...aia, exporter: 'beta' }).export('d', 1, null, { ...aia, consignee: { name: 'Other', country: 'DE' } });
    const of = async (): Promise<readonly (string | null)[]> =>
      (await owed(log, { kind: 'aia-certification' })).map(({ exportId }) => exportId);
    expect(await of()).toEqual([SampleLog.id('a'), SampleLog.id('c'), SampleLog.id('d')]);
    log.reverse('a', 1);
    expect(await of()).toEqual([SampleLog.id('b'), SampleLog.id('c'), SampleLog.id('d')]);
  });

  it('is the filing of an AIA certification by the export with which the consignee has received 253,000,000 TPP', async () => {
    const log = started().export('a', tpp(200_000_000), null, aia).export('b', tpp(52_999_999), null, aia);
    expect(await owed(log, { kind: 'aia-certification-filing' })).toEqual([]);
    log.export('c', tpp(1), null, { ...aia, exporter: 'beta' });
    expect(await owed(log, { kind: 'aia-certification-filing' })).toMatchObject([{ exporter: 'beta', exportId: SampleLog.id('c') }]);
    log.reverse('b', tpp(52_999_999));
    expect(await owed(log, { kind: 'aia-certification-filing' })).toEqual([]);
    log.export('d', tpp(60_000_000), null, aia);
    expect(await owed(log, { kind: 'aia-certification-filing' })).toMatchObject([{ exporter: 'acme', exportId: SampleLog.id('d') }]);
  });

  it('is the word that the LPP limit of a year was reached, by the parent, over all exporters', async () => {
    const log = started().export('a', tpp(20_000_000), null, lpp).export('b', tpp(6_900_000), null, { ...lpp, exporter: 'beta' });
    expect(await owed(log, { parties: ['falcon-holding'] })).toMatchObject([
      { kind: 'lpp-limit-reached', exporter: null, party: { role: 'consignee', id: 'falcon-holding', name: 'Falcon Holding' }, exportId: SampleLog.id('b') },
    ]);
    expect(await owed(log.reverse('a', tpp(20_000_000)), { parties: ['falcon-holding'] })).toEqual([]);
  });

  it('is the word of a parent whose line takes over enough of another one, when companies are merged', async () => {
    const log = started();
    const takeOver = (exported: number): SampleLog => {
      const { reference } = builtInRulebook();
      const event = {
        type: 'AmountsTakenOver', v: 1, recordedAt: log.now, principal: 'system', nonce: '', prev: '', commandId: null,
        idempotencyKey: null, requestHash: null, rulebook: reference, fromLine: 'lpp:heron:2026', fromRevision: 0,
        exportedMilliTpp: exported, reservedMilliTpp: 0, counts: { exports: 0, openReservations: 0, refusals: 0 },
        balanceMilliTpp: { allocation: tpp(26_900_000), exported, reserved: 0 },
      };
      return log.put('quota-lpp:falcon-holding:2026', JSON.stringify(event), event.type);
    };
    expect(await owed(takeOver(tpp(26_899_999)))).toEqual([]);
    expect(await owed(takeOver(tpp(26_900_000)))).toMatchObject([
      { kind: 'lpp-limit-reached', exporter: null, exportId: null, party: { id: 'falcon-holding' }, raisedBy: { position: 3 } },
    ]);
    expect(await owed(takeOver(tpp(1)))).toEqual([]);
  });

  it('passes on to another export when the one that reached the amount is reversed and the amount stays reached', async () => {
    const log = started().export('a', tpp(250_000_000), null, aia).export('b', tpp(3_000_000), null, aia).export('c', tpp(3_000_000), null, aia);
    expect(await owed(log.reverse('b', tpp(3_000_000)), { kind: 'aia-certification-filing' })).toMatchObject([{ exportId: SampleLog.id('c') }]);
  });
});

describe('what comes back', () => {
  it('is a report of each half-year since the first shipment, whoever exported, for as long as time goes on', async () => {
    const log = started().export('a', 1, null, uveu).export('b', 1, null, { ...uveu, exporter: 'beta' });
    const rows = await owed(log, { kind: 'veu-report', nowMs: Date.parse(nextYear) });
    expect(rows.map(({ period, dueAt, status }) => [period?.from, period?.until, dueAt, status])).toEqual([
      ['2026-01-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z', '2026-07-15T23:59:59.999Z', 'overdue'],
      ['2026-07-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', '2027-01-15T23:59:59.999Z', 'overdue'],
      ['2027-01-01T00:00:00.000Z', '2027-07-01T00:00:00.000Z', '2027-07-15T23:59:59.999Z', 'open'],
    ]);
    expect(rows[0]).toMatchObject({ exporter: null, exportId: null, party: { role: 'veu', id: 'falcon-cloud', name: 'Falcon Cloud' } });
    expect(kinds(await owed(log, { parties: ['falcon-cloud'] }))).toEqual([
      'veu-certification', 'veu-chip-accounting', 'veu-disposal', 'veu-records', 'veu-records', 'veu-report', 'veu-security-attestation',
      'veu-security-certification', 'veu-shipment-plan', 'veu-shipment-plan', 'veu-ties', 'veu-weight-storage',
    ]);
  });

  it('is an account every six months of each facility', async () => {
    const log = started().export('a', 1, null, acm).export('b', 1, null, { ...acm, consignee: { name: 'Penang Packaging', country: 'VN' } });
    expect(shown(await owed(log, { kind: 'acm-accounting', nowMs: Date.parse('2026-10-01T00:00:00Z') }))).toEqual([
      ['acm-accounting', '2026-09-01T23:59:59.999Z', 'overdue'],
      ['acm-accounting', '2026-09-01T23:59:59.999Z', 'overdue'],
      ['acm-accounting', '2027-03-01T23:59:59.999Z', 'open'],
      ['acm-accounting', '2027-03-01T23:59:59.999Z', 'open'],
    ]);
    expect(await owed(log.reverse('a', 1).reverse('b', 1), { nowMs: Date.parse(nextYear) })).toEqual([]);
  });

  it('is fulfilled period by period', async () => {
    const log = started().export('a', 1, null, uveu);
    const nowMs = Date.parse(nextYear);
    const [first, second] = await owed(log, { kind: 'veu-report', nowMs });
    log.fulfil(second as ObligationRow);
    const rows = await owed(log, { kind: 'veu-report', nowMs });
    expect(rows.map(({ id, status }) => [id, status]).slice(0, 2)).toEqual([[first?.id, 'overdue'], [second?.id, 'done']]);
  });
});

describe('what was fulfilled', () => {
  it('is done for ever, with its evidence, whatever happens to the export', async () => {
    const log = started().export('x', tpp(1), null, lpp);
    const [copy] = await owed(log, { kind: 'lpp-certification-copy' });
    log.fulfil(copy as ObligationRow, { reference: 'EARReports 2026-17' }).reverse('x', tpp(1));
    expect(await owed(log)).toEqual([
      { ...copy, status: 'done', position: 3, fulfilment: expect.objectContaining({ position: 3, reference: 'EARReports 2026-17' }) as unknown },
    ]);
  });

  it('stays done when its hold leaves', async () => {
    const log = started().reserve('r', tpp(1), lpp);
    const [certification] = await owed(log);
    log.fulfil(certification as ObligationRow).export('x', tpp(1), 'r');
    expect(shown(await owed(log, { kind: 'lpp-certification' }))).toEqual([['lpp-certification', certification?.dueAt, 'done']]);
  });

  it('comes to the same whether its events come one by one or together', async () => {
    const log = started().export('x', tpp(1), null, lpp).export('a', 1, null, uveu).reserve('r', tpp(1), lpp);
    for (const row of await owed(log)) log.fulfil(row);
    log.reverse('x', tpp(1)).reverse('a', 1).export('y', tpp(1), 'r').export('z', tpp(1), null, lpp);
    const oneByOne = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
    for (const event of log.events) oneByOne.apply([event]);
    expect(stateHash(oneByOne)).toBe(stateHash(viewsOf(log)));
    expect((await owed(log, { status: 'done' })).length).toBeGreaterThan(8);
  });
});

describe('an exporter in another spelling', () => {
  const nfd = 'Socie\u0301te\u0301 Puces';
  const nfc = 'Soci\u00e9t\u00e9 Puces';

  it('owes once what it owes for each consignee, and is found by any spelling', async () => {
    const log = started().export('x', 10, null, { ...aia, exporter: nfd }).export('y', 10, null, { ...aia, exporter: nfc });
    const rows = await owed(log, { kind: 'aia-certification' });
    expect(rows).toMatchObject([{ exporter: nfc, party: { id: nfc }, raisedBy: { position: 2 } }]);
    for (const exporter of [nfd, nfc, ` ${nfc}`]) {
      expect(await owed(log, { exporter })).toEqual(await owed(log));
      expect((await owed(log, { exporter })).length).toBeGreaterThan(0);
    }
    expect(await owed(log, { parties: [nfc] })).toEqual(await owed(log));
  });

  it('has done what it did before its name had a normal form, by the id of then', async () => {
    const log = started().export('x', 10, null, { ...aia, exporter: nfd });
    const [row] = await owed(log, { kind: 'aia-certification' });
    if (row === undefined) throw new Error('Nothing is owed.');
    const about = `aia from ${nfd} to rhein-rechner`;
    const id = obligationId({ kind: row.kind, about });
    log.fulfil({ ...row, id, exporter: nfd, party: { role: 'exporter', id: nfd, name: nfd } });
    const rows = await owed(log, { kind: 'aia-certification' });
    expect(rows).toMatchObject([{ id, status: 'done', exporter: nfd }]);
    expect(await owed(log, { kind: 'aia-certification', exporter: nfc })).toEqual(rows);
    log.export('y', 10, null, { ...aia, exporter: nfc });
    expect(await owed(log, { kind: 'aia-certification' })).toEqual(rows);
  });
});

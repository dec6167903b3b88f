import { SampleLog, type ShipmentOptions } from '../../testing/sample-log.js';
import { ViewsFile } from '../../file/views-file.js';
import type { ReportRow } from './report.js';

// What reports say is compared with a recount of the bare log that shares no code with them.

/** An event as it stands in the log, read by the recount alone. */
interface Plain {
  readonly type: string;
  readonly line: string;
  readonly at: number;
  readonly reservationId: string;
  readonly exportId: string;
  readonly exporter: string;
  readonly route: string;
  readonly exportedAt: string;
  readonly code: string;
  readonly milliTpp: number;
  readonly debitedMilliTpp: number;
  readonly releasedMilliTpp: number;
  readonly lapsedMilliTpp: number;
  readonly heldMilliTpp: number;
  readonly previousHeldMilliTpp: number;
  readonly creditedMilliTpp: number;
  readonly consignee: { readonly name: string } | null;
}

const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
const nowMs = Date.parse('2027-02-10T00:00:00Z');
const consignee = (name: string, country = 'AE') => ({ name, country, ultimateParent: { name: `${name} Holding`, headquarters: country } });
const ways: readonly ShipmentOptions[] = [
  { route: 'licence', destination: 'IN' },
  { route: 'licence', destination: 'AE' },
  { route: 'lpp', line: 'lpp:falcon-holding:2026', consignee: consignee('Falcon') },
  { route: 'lpp', line: 'lpp:heron-holding:2026', consignee: consignee('Heron') },
  { route: 'aia', destination: 'DE', consignee: consignee('Rhein', 'DE') },
  { route: 'aia', destination: 'FR', consignee: consignee('Seine', 'FR') },
  { route: 'acm', destination: 'MY', consignee: consignee('Penang', 'MY') },
  { route: 'nac', destination: 'CN', facts: { noticeGivenAt: '2026-01-01T00:00:00Z' } },
  { route: 'uveu', line: 'uveu:falcon', consignee: consignee('Falcon') },
  { route: 'nveu', line: 'nveu:heron:AE', consignee: consignee('Heron') },
];

/** A year of reservations, exports and reversals in random order; the same for the same seed. */
function randomLog(seed: number): SampleLog {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const log = new SampleLog({ startAt: '2026-01-02T00:00:00.000Z' }).adopt();
  const held: { name: string; left: number }[] = [];
  const posted: { name: string; amount: number }[] = [];
  for (let step = 0; step < 150; step += 1) {
    log.pass((1 + random(4)) * 86_400_000);
    const amount = (1 + random(90)) * 1_000_000_000;
    const options = { ...ways[random(ways.length)], exporter: random(2) ? 'acme' : 'beta' };
    const hold = held[random(Math.max(1, held.length))];
    const made = posted[random(Math.max(1, posted.length))];
    switch (random(7)) {
      case 0:
      case 1:
        held.push({ name: `r${step}`, left: amount });
        log.reserve(`r${step}`, amount, options);
        break;
      case 2:
        if (hold === undefined) break;
        held.splice(held.indexOf(hold), 1);
        if (random(2)) log.release(hold.name);
        else log.lapse(hold.name);
        break;
      case 3: {
        if (hold === undefined) break;
        const part = random(2) ? hold.left : Math.ceil(hold.left / 2);
        hold.left -= part;
        log.export(`x${step}`, part, hold.name);
        posted.push({ name: `x${step}`, amount: part });
        if (hold.left === 0) held.splice(held.indexOf(hold), 1);
        break;
      }
      case 4: {
        if (made === undefined) break;
        posted.splice(posted.indexOf(made), 1);
        const isBack = random(3) === 0;
        log.reverse(made.name, isBack ? 0 : made.amount, isBack ? 'returned' : 'misreported');
        break;
      }
      default:
        log.export(`x${step}`, amount, null, options);
        posted.push({ name: `x${step}`, amount });
    }
  }
  return log;
}

function recordsOf(log: SampleLog): readonly Plain[] {
  return log.events
    .filter(({ stream }) => stream.startsWith('quota-'))
    .map(({ stream, json, position }) => ({ ...(JSON.parse(json) as Plain), line: stream.slice('quota-'.length), at: position }));
}

/** Exports that took place, by the log alone. */
function standing(events: readonly Plain[]): readonly Plain[] {
  const gone = new Set(events.filter(({ type, code }) => type === 'ExportReversed' && code !== 'returned').map(({ exportId }) => exportId));
  return events.filter(({ type, exportId }) => type === 'ExportDebited' && !gone.has(exportId));
}

function sumBy(events: readonly Plain[], keyOf: (event: Plain) => string, amountOf = ({ milliTpp }: Plain): number => milliTpp): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const event of events) sums.set(keyOf(event), (sums.get(keyOf(event)) ?? 0) + amountOf(event));
  return sums;
}

async function reportOf(log: SampleLog, name: string): Promise<readonly ReportRow[]> {
  const file = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
  for (let at = 0; at < log.position; at += 17) file.apply(log.events.slice(at, at + 17));
  const made = await file.ask('report', { name, nowMs });
  return made?.pages?.flatMap((page) => JSON.parse(new TextDecoder().decode(page)) as ReportRow[]) ?? [];
}

const thousandths = (row: ReportRow, column: string): number => Math.round(Number(row[column]) * 1000);

describe.each(seeds)('a recount of random log %d', (seed) => {
  const log = randomLog(seed);
  const events = recordsOf(log);
  const exportsOf = (...routes: string[]): readonly Plain[] => standing(events).filter(({ route }) => routes.includes(route));

  it('finds the shipments under LPP and what each parent had received by each', async () => {
    const received = new Map<string, number>();
    const expected = exportsOf('lpp').map(({ line, exportId, milliTpp }) => {
      received.set(line, (received.get(line) ?? 0) + milliTpp);
      return [exportId, milliTpp, received.get(line), (received.get(line) ?? 0) >= 26_900_000_000];
    });
    const rows = await reportOf(log, 'lpp-shipments');
    expect(rows.map((row) => [row['exportId'], thousandths(row, 'tpp'), thousandths(row, 'receivedTpp'), row['limitReached']])).toEqual(expected);
    for (const row of rows) if (thousandths(row, 'tpp') >= 3_200_000_000) expect(row['noticeStatus']).not.toBe('not-required');
  });

  it('finds what consignees received under AIA', async () => {
    const pair = ({ consignee: to, exporter }: Plain): string => `${to?.name ?? ''} ${exporter}`;
    const rows = await reportOf(log, 'aia-consignees');
    expect(new Map(rows.map((row) => [`${String(row['consignee'])} ${String(row['exporter'])}`, thousandths(row, 'tpp')]))).toEqual(sumBy(exportsOf('aia'), pair));
    const all = sumBy(exportsOf('aia'), ({ consignee: to }) => to?.name ?? '');
    for (const row of rows) expect(thousandths(row, 'consigneeTpp')).toBe(all.get(String(row['consignee'])));
  });

  it('finds what entered facilities under ACM, and every notice under NAC', async () => {
    const accounts = await reportOf(log, 'acm-accounts');
    expect(accounts.reduce((sum, row) => sum + thousandths(row, 'tppIn'), 0)).toBe(exportsOf('acm').reduce((sum, { milliTpp }) => sum + milliTpp, 0));
    expect(accounts.reduce((sum, row) => sum + Number(row['quantityIn']), 0)).toBe(exportsOf('acm').length);
    const notices = await reportOf(log, 'nac-notices');
    expect(notices.map((row) => row['exportId'])).toEqual(exportsOf('nac').map(({ exportId }) => exportId));
  });

  it('finds what each validated end-user received and has', async () => {
    const back = new Set(events.filter(({ type, code }) => type === 'ExportReversed' && code === 'returned').map(({ exportId }) => exportId));
    const veu = exportsOf('uveu', 'nveu');
    const received = sumBy(veu, ({ line }) => line);
    const has = sumBy(veu, ({ line }) => line, ({ exportId, milliTpp }) => (back.has(exportId) ? 0 : milliTpp));
    const accounting = await reportOf(log, 'veu-chip-accounting');
    const last = new Map(accounting.map((row) => [String(row['line']), row]));
    expect(new Map([...last].map(([line, row]) => [line, thousandths(row, 'tppReceived')]))).toEqual(received);
    expect(new Map([...last].map(([line, row]) => [line, thousandths(row, 'tppInstalled')]))).toEqual(has);
    const semiannual = await reportOf(log, 'veu-semiannual');
    const inAll = new Map<string, number>();
    for (const row of semiannual) inAll.set(String(row['line']), (inAll.get(String(row['line'])) ?? 0) + thousandths(row, 'tppReceived'));
    expect(inAll).toEqual(received);
  });

  it('finds what was licensed and what left', async () => {
    const byReservation = new Map(events.filter(({ type }) => type === 'QuotaReserved').map((event) => [event.reservationId, event]));
    const byExport = new Map(events.filter(({ type }) => type === 'ExportDebited').map((event) => [event.exportId, event]));
    const expected = new Map<string, { licensed: number; unused: number; shipped: number }>();
    for (const event of events) {
      const of = event.type === 'ExportReversed' ? byExport.get(event.exportId) : (byReservation.get(event.reservationId) ?? event);
      if (of?.route !== 'licence') continue;
      const key = `${of.line} ${of.exporter}`;
      const sum = expected.get(key) ?? { licensed: 0, unused: 0, shipped: 0 };
      expected.set(key, sum);
      const isDirect = event.type === 'ExportDebited' && !byReservation.has(event.reservationId);
      if (event.type === 'QuotaReserved' || isDirect) sum.licensed += event.debitedMilliTpp;
      if (event.type === 'ReservationReleased') sum.unused += event.releasedMilliTpp;
      if (event.type === 'ReservationLapsed') sum.unused += event.lapsedMilliTpp;
      if (event.type === 'ExportDebited') sum.shipped += event.debitedMilliTpp;
      if (event.type === 'ExportReversed') sum.shipped -= event.creditedMilliTpp;
    }
    const rows = await reportOf(log, 'licence-usage');
    const found = rows.map((row) => {
      const amounts = { licensed: thousandths(row, 'licensedTpp'), unused: thousandths(row, 'unusedTpp'), shipped: thousandths(row, 'shippedTpp') };
      return [`${String(row['line'])} ${String(row['exporter'])}`, amounts] as const;
    });
    expect(new Map(found)).toEqual(expected);
  });

  it('is of a log in which something of everything happened', () => {
    for (const type of ['QuotaReserved', 'ExportDebited', 'ExportReversed', 'ReservationReleased', 'ReservationLapsed']) {
      expect(events.filter((event) => event.type === type).length).toBeGreaterThan(0);
    }
    for (const { route } of ways) expect(exportsOf(route ?? '').length).toBeGreaterThan(0);
  });

  it('finds what every export owes and nothing else', async () => {
    const file = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
    file.apply(log.events);
    const { items } = await file.ask('obligations', { limit: 100_000, nowMs });
    const owed = (kind: string): readonly (string | null)[] => items.filter((row) => row.kind === kind).map(({ exportId }) => exportId).sort();
    const ids = (...routes: string[]): readonly string[] => exportsOf(...routes).map(({ exportId }) => exportId).sort();
    for (const kind of ['lpp-certification-copy', 'lpp-records']) expect(owed(kind)).toEqual(ids('lpp'));
    for (const kind of ['aia-shipment-notice', 'aia-records']) expect(owed(kind)).toEqual(ids('aia'));
    expect(owed('acm-records')).toEqual(ids('acm'));
    expect(owed('veu-records')).toEqual(ids('uveu', 'nveu'));
    const shipped = new Set(exportsOf('aia').map(({ consignee: to, exporter }) => `${to?.name ?? ''} ${exporter}`));
    const certified = items.filter(({ kind, exportId }) => kind === 'aia-certification' && exportId !== null);
    expect(new Set(certified.map(({ consignee: to, exporter }) => `${to ?? ''} ${exporter ?? ''}`))).toEqual(shipped);
    const reached = new Set([...sumBy(exportsOf('aia'), ({ consignee: to }) => to?.name ?? '')].filter(([, sum]) => sum >= 253_000_000_000).map(([name]) => name));
    expect(new Set(items.filter(({ kind }) => kind === 'aia-certification-filing').map(({ consignee: to }) => to))).toEqual(reached);
    const full = [...sumBy(exportsOf('lpp'), ({ line }) => line)].filter(([, sum]) => sum >= 26_900_000_000).map(([line]) => line).sort();
    expect(items.filter(({ kind }) => kind === 'lpp-limit-reached').map(({ line }) => line).sort()).toEqual(full);
  });
});

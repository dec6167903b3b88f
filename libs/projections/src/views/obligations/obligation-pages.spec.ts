import { SampleLog } from '../../testing/sample-log.js';
import { acm, aia, lpp, nac, uveu } from '../../testing/sample-shipments.js';
import type { ObligationQuery, ObligationRow } from './obligations.js';
import { stateHash } from '../../testing/state-hash.js';
import { ViewsFile } from '../../file/views-file.js';

const tpp = (amount: number): number => amount * 1000;

function viewsOf(log: SampleLog): ViewsFile {
  const file = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
  file.apply(log.events);
  return file;
}

describe('the list of obligations', () => {
  const mixed = (): SampleLog => {
    const log = new SampleLog().adopt();
    for (let at = 1; at <= 40; at += 1) {
      const route = [lpp, aia, uveu, acm, nac, {}][at % 6];
      log.export(`x${at}`, tpp(1_000_000), null, { ...route, exporter: at % 2 ? 'acme' : 'beta' });
      if (at % 7 === 0) log.reverse(`x${at - 3}`, tpp(1_000_000));
      if (at % 5 === 0) log.reserve(`r${at}`, tpp(1), { ...route }).export(`y${at}`, tpp(0.5), `r${at}`);
    }
    return log;
  };

  it.each<Partial<ObligationQuery>>([
    {},
    { exporter: 'beta' },
    { parties: ['falcon-cloud'] },
    { parties: ['Beta Ltd', 'beta', 'falcon-cloud', 'falcon-holding'], status: 'overdue' },
    { parties: ['acme'], status: 'overdue' },
    { kind: 'lpp-records', exporter: 'acme' },
    { route: 'uveu' },
    { status: 'open', dueBeforeMs: Date.parse('2026-09-01T00:00:00Z') },
    { status: 'done' },
    { exporter: 'nobody' },
    { kind: 'nothing' },
  ])('shows in pages of any size what it shows at once: %j', async (query) => {
    const log = mixed();
    const file = viewsOf(log);
    const nowMs = Date.parse('2026-08-01T00:00:00Z');
    const page = (limit: number, cursor?: string) =>
      file.ask('obligations', { limit, nowMs, ...query, ...(cursor && { cursor }) });
    const whole = (await page(10_000)).items;
    const all = (await file.ask('obligations', { limit: 10_000, nowMs })).items;
    expect(all.length).toBeGreaterThan(60);
    expect(whole).toEqual(
      all.filter(
        (row) =>
          (query.exporter ?? row.exporter) === row.exporter && (query.parties ?? [row.party.id]).includes(row.party.id) &&
          (query.kind ?? row.kind) === row.kind && (query.route ?? row.route) === row.route &&
          (query.status ?? row.status) === row.status && Date.parse(row.dueAt) < (query.dueBeforeMs ?? Infinity),
      ),
    );
    for (const limit of [1, 7]) {
      const paged: ObligationRow[] = [];
      for (let cursor: string | undefined; ;) {
        const { items, nextCursor } = await page(limit, cursor);
        paged.push(...items);
        if (nextCursor === null) break;
        cursor = nextCursor;
      }
      expect(paged).toEqual(whole);
    }
  });

  it('comes to the same however the batches fall', () => {
    const log = mixed();
    const whole = viewsOf(log);
    for (const size of [1, 3, 8]) {
      const file = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
      for (let at = 0; at < log.position; at += size) file.apply(log.events.slice(at, at + size));
      expect(stateHash(file)).toBe(stateHash(whole));
    }
  });
});

import fc from 'fast-check';
import { SampleLog } from '../../testing/sample-log.js';
import type { Page } from '../../tables/page.js';
import { entries, type ExportQuery, type ReservationQuery, type ReservationRow } from './entries.js';
import { InvalidCursor } from '../../tables/cursor.js';
import { ViewsFile } from '../../file/views-file.js';

const destinations = ['AE', 'SA', 'IN'];
const exporters = ['acme', 'beta'];
const lines = ['country:AE', 'country:SA', 'lpp:falcon:2026'];

function fileOf(log: SampleLog): ViewsFile {
  const file = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
  file.apply(log.events);
  return file;
}

/** Reservations of all kinds of destination, exporter, line and status. */
function mixedLog(count: number): SampleLog {
  const log = new SampleLog({ capMilliTpp: 1e9 });
  for (let n = 0; n < count; n += 1) {
    const of = { destination: destinations[n % 3] ?? 'AE', exporter: exporters[(n >> 1) % 2] ?? 'acme' };
    if (n % 7 === 3) log.refuse(`r${n}`, 5, of);
    else log.reserve(`r${n}`, 10, n % 11 === 5 ? { ...of, line: 'lpp:falcon:2026' } : of);
    if (n % 5 === 4 && n % 11 !== 5 && n % 7 !== 3) log.release(`r${n}`);
    if (n % 5 === 1 && n % 11 !== 5 && n % 7 !== 3) log.export(`x${n}`, 4, `r${n}`);
  }
  return log;
}

async function allOf(
  file: ViewsFile,
  filter: ReservationQuery,
  between: () => void = () => undefined,
): Promise<ReservationRow[]> {
  const rows: ReservationRow[] = [];
  for (let cursor: string | undefined; ;) {
    const asked = cursor === undefined ? filter : { ...filter, cursor };
    const page: Page<ReservationRow> = await file.ask('reservations', asked);
    rows.push(...page.items);
    if (page.nextCursor === null) return rows;
    expect(page.items).toHaveLength(filter.limit);
    cursor = page.nextCursor;
    between();
  }
}

describe('an exporter in any spelling', () => {
  const spelled = ['Soci\u00e9t\u00e9 Puces', 'Socie\u0301te\u0301 Puces', 'Soci\u00e9t\u00e9  Puces ', 'Soci\u00e9t\u00e9\u200b Puces'];

  it('is found with what was recorded in all of them, each as it was recorded', async () => {
    const log = new SampleLog({ capMilliTpp: 1e9 });
    for (const [n, exporter] of spelled.entries()) log.reserve(`r${n}`, 10, { exporter }).export(`x${n}`, 4, null, { exporter });
    log.reserve('other', 10, { exporter: 'Societe Puces' });
    const file = fileOf(log);
    for (const exporter of spelled) {
      const found = await allOf(file, { exporter, limit: 10 });
      expect(found.map(({ reservation }) => reservation.exporter)).toEqual([...spelled].reverse());
      const exported = await file.ask('exports', { exporter, limit: 10 });
      expect(exported.items).toHaveLength(spelled.length);
    }
  });
});

describe('pages of reservations', () => {
  const log = mixedLog(400);
  const file = fileOf(log);
  const everything: readonly ReservationRow[] = log.events
    .flatMap(({ position }) => file.of(entries).reader.reservationAt(position) ?? [])
    .reverse();

  it('answer every combination of filters with exactly what fits, newest first', async () => {
    const maybe = (values: readonly string[]) => fc.option(fc.constantFrom(...values, 'nobody'), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        maybe(destinations),
        maybe(exporters),
        maybe(lines),
        maybe(['held', 'partly-exported', 'released', 'refused', 'exported']),
        fc.integer({ min: 1, max: 60 }),
        async (destination, exporter, line, status, limit) => {
          const filter = {
            ...(destination && { destination }),
            ...(exporter && { exporter }),
            ...(line && { line }),
            ...(status && { status }),
          };
          const fitting = everything.filter(({ reservation }) =>
            Object.entries(filter).every(([name, value]) => reservation[name as keyof typeof filter] === value),
          );
          expect(await allOf(file, { ...filter, limit })).toEqual(fitting);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('miss nothing and repeat nothing while reservations are added', async () => {
    const growing = mixedLog(100);
    const live = fileOf(growing);
    const before = new Set(
      (await allOf(live, { limit: 200, destination: 'AE' })).map(({ reservation }) => reservation.id),
    );
    let n = 0;
    const rows = await allOf(live, { limit: 3, destination: 'AE' }, () => {
      growing.reserve(`new${(n += 1)}`, 1, { destination: 'AE' });
      live.apply(growing.events);
    });
    const ids = rows.map(({ reservation }) => reservation.id);
    expect(n).toBeGreaterThan(5);
    expect(new Set(ids)).toEqual(before);
    expect(ids).toHaveLength(before.size);
  });

  it('give way to other work in a long search for destination and exporter', async () => {
    const sparse = new SampleLog({ capMilliTpp: 1e9 }).reserve('first', 1, { exporter: 'rare' });
    const far = { ...sparse.reserve('last', 1).events[1], position: 350_000 } as (typeof sparse.events)[number];
    let pauses = 0;
    const sparseFile = new ViewsFile({
      path: ':memory:',
      readEvent: (position) => (position === 1 ? sparse.events[0] : far),
      pause: async () => void (pauses += 1),
    });
    sparseFile.apply([sparse.events[0] as (typeof sparse.events)[number], far]);
    const page = await sparseFile.ask('reservations', { destination: 'AE', exporter: 'rare', limit: 10 });
    expect(page.items.map(({ reservation }) => reservation.id)).toEqual([SampleLog.id('first')]);
    expect(pauses).toBe(3);
  });

  it('end before the first entry', async () => {
    const cursor = Buffer.from('<1').toString('base64url');
    await expect(file.ask('reservations', { limit: 1, cursor })).resolves.toMatchObject({ items: [], nextCursor: null });
  });

  it.each(['', 'x', 'PDEK', Buffer.from('<0').toString('base64url'), Buffer.from('<1e3').toString('base64url')])(
    'refuse the cursor %p, which no list handed out',
    async (cursor) => {
      await expect(file.ask('reservations', { limit: 1, cursor })).rejects.toThrow(InvalidCursor);
    },
  );
});

describe('pages of exports', () => {
  it('are those of one reservation, newest first', async () => {
    const log = new SampleLog()
      .reserve('a', 100)
      .export('x', 10, 'a')
      .export('y', 20)
      .export('z', 30, 'a')
      .reverse('x', 10);
    const file = fileOf(log);
    const reservationId = SampleLog.id('a');
    const exportsOf = async (filter: Partial<ExportQuery>): Promise<string[]> => {
      const page = await file.ask('exports', { limit: 10, ...filter });
      return page.items.map(({ posted }) => posted.id);
    };
    expect(await exportsOf({ reservationId })).toEqual(['z', 'x'].map(SampleLog.id));
    expect(await exportsOf({ reservationId, status: 'posted' })).toEqual([SampleLog.id('z')]);
    expect(await exportsOf({ status: 'reversed' })).toEqual([SampleLog.id('x')]);
    expect(await exportsOf({})).toEqual(['z', 'y', 'x'].map(SampleLog.id));
  });
});

import { SampleLog } from '../../testing/sample-log.js';
import { reportShipmentsMax } from './report.js';
import { lpp } from '../../testing/sample-shipments.js';
import { ViewsFile } from '../../file/views-file.js';

const nowMs = Date.parse('2026-08-01T00:00:00Z');

function viewsOf(log: SampleLog, pause = (): Promise<void> => Promise.resolve()): ViewsFile {
  const file = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1], pause });
  file.apply(log.events);
  return file;
}

const rowsOf = (page: Uint8Array): readonly unknown[] => JSON.parse(new TextDecoder().decode(page)) as readonly unknown[];

describe('a report', () => {
  it('is refused above the number of shipments that one may be made of, before any is read', async () => {
    const file = viewsOf(new SampleLog().adopt());
    file.database.exec(`INSERT INTO route_exports (route, at, position)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= ${reportShipmentsMax}) SELECT 'lpp', i, i FROM n`);
    const made = await file.ask('report', { name: 'lpp-shipments', nowMs });
    expect(made).toEqual({ pages: null, shipments: reportShipmentsMax, position: file.position });
  });

  it('stands at one position although events come in while it is made', async () => {
    const log = new SampleLog().adopt();
    for (let at = 0; at < 450; at += 1) log.export(`x${at}`, 1000, null, lpp);
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses += 1;
      if (pauses > 3) return;
      log.reverse(`x${pauses}`, 1000);
      file.apply(log.events.slice(-1));
    };
    const file = viewsOf(log, pause);
    const made = await file.ask('report', { name: 'lpp-shipments', nowMs });
    expect(made?.position).toBe(file.position);
    const rows = made?.pages?.flatMap((page) => rowsOf(page) as readonly { receivedTpp: number }[]);
    expect(rows?.at(-1)?.receivedTpp).toBe(447);
    expect(rows).toHaveLength(447);
  });

  it('is begun when the one before it is made, or failed', async () => {
    const log = new SampleLog().adopt();
    for (let at = 0; at < 450; at += 1) log.export(`x${at}`, 1000, null, lpp);
    let under: string | undefined;
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses += 1;
      await new Promise((resolve) => setImmediate(resolve));
      if (pauses === 2) throw new Error('The disk is full.');
      order.push(String(under));
    };
    const order: string[] = [];
    const file = viewsOf(log, pause);
    const make = async (exporter: string): Promise<void> => {
      const query = { name: 'lpp-shipments', nowMs, get exporter() { return (under = exporter); } };
      await file.ask('report', query).catch(() => (order.push(`${exporter} failed`)));
    };
    await Promise.all([make('one'), make('two'), make('three')]);
    expect(order.filter((each, index) => each !== order[index - 1])).toEqual(['one', 'one failed', 'two', 'three']);
  });

  it('has pages of 200 rows, as bytes', async () => {
    const log = new SampleLog().adopt();
    for (let at = 0; at < 450; at += 1) log.export(`x${at}`, 1000, null, lpp);
    const { pages } = (await viewsOf(log).ask('report', { name: 'lpp-shipments', nowMs })) ?? {};
    expect(pages?.map((page) => rowsOf(page).length)).toEqual([200, 200, 50]);
  });

  it('is none where there is none of this name', async () => {
    const file = viewsOf(new SampleLog().adopt());
    expect(await file.ask('report', { name: 'profits', nowMs })).toBeUndefined();
  });
});

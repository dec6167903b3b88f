import { SampleLog } from '../testing/sample-log.js';
import { reportShipmentsMax } from '../reports/report.js';
import { lpp } from '../testing/sample-shipments.js';
import { ViewsFile } from './views-file.js';

const nowMs = Date.parse('2026-08-01T00:00:00Z');
const noPause = (): Promise<void> => Promise.resolve();

function viewsOf(log: SampleLog): ViewsFile {
  const file = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
  file.apply(log.events);
  return file;
}

describe('a report', () => {
  it('is refused above the number of shipments that one may be made of, before any is read', async () => {
    const file = viewsOf(new SampleLog().adopt());
    file.database.exec(`INSERT INTO route_exports (route, at, position)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= ${reportShipmentsMax}) SELECT 'lpp', i, i FROM n`);
    const made = await file.reports.make({ name: 'lpp-shipments', nowMs }, () => file.position, noPause);
    expect(made?.rows).toBeNull();
  });

  it('stands at one position although events come in while it is made', async () => {
    const log = new SampleLog().adopt();
    for (let at = 0; at < 450; at += 1) log.export(`x${at}`, 1000, null, lpp);
    const file = viewsOf(log);
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses += 1;
      if (pauses > 3) return;
      log.reverse(`x${pauses}`, 1000);
      file.apply(log.events.slice(-1));
    };
    const made = await file.reports.make({ name: 'lpp-shipments', nowMs }, () => file.position, pause);
    expect(made?.position).toBe(file.position);
    expect(made?.rows?.at(-1)?.['receivedTpp']).toBe(447);
    expect(made?.rows).toHaveLength(447);
  });

  it('is none where there is none of this name', async () => {
    const file = viewsOf(new SampleLog().adopt());
    expect(await file.reports.make({ name: 'profits', nowMs }, () => file.position, noPause)).toBeUndefined();
  });
});

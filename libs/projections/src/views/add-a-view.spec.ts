import { readFileSync } from 'node:fs';
import { ViewsFile } from '../file/views-file.js';
import { exporters } from '../testing/exporters.js';
import { SampleLog } from '../testing/sample-log.js';
import { registry } from './registry.js';

describe('the view that docs/design.md shows', () => {
  it('is this one, word for word', () => {
    const shown = /### Add a view.*?```ts\n(.*?)```/s.exec(readFileSync('docs/design.md', 'utf8'))?.[1] ?? 'nothing';
    expect(readFileSync('libs/projections/src/testing/exporters.ts', 'utf8').endsWith(shown)).toBe(true);
  });

  it('answers what it is asked, and forgets a batch that is rolled back', async () => {
    const log = new SampleLog().adopt().reserve('a', 100).export('x', 40, 'a').export('y', 7, null, { exporter: 'beta' });
    const file = new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1], kinds: [...registry, exporters] });
    file.apply(log.events.slice(0, 2));
    const broken = { ...log.events[0], position: 9, json: '{"type":"Odd"}' } as (typeof log.events)[number];
    expect(() => file.apply([...log.events, broken])).toThrow('Odd');
    file.apply(log.events);
    const ask = file.ask.bind(file) as unknown as (name: 'exporters', query: { limit: number }) => Promise<unknown>;
    expect(await ask('exporters', { limit: 5 })).toEqual([
      { exporter: 'acme', exportedMilliTpp: 40 },
      { exporter: 'beta', exportedMilliTpp: 7 },
    ]);
  });
});

import { ledgerNames } from '../../apps/api/src/config.js';
import { anchorsOf } from '../e2e/documented-examples.js';
import { read } from './deployment.js';
import { settingsOfEventStoreDb } from './eventstoredb-settings.js';
import { metricsOfInstance } from './instance-metrics.js';
import { chapterOf, firstColumn } from './manual.js';

const manual = read('docs/operations.md');

describe('docs/operations.md', () => {
  it('says under each heading once what is to be said, so that links to it lead there', () => {
    const anchors = anchorsOf(manual);
    expect(anchors.length).toBeGreaterThan(20);
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  it('explains every setting, and none that there is not', () => {
    const settings = ['HOST', 'PORT', ...ledgerNames];
    expect([...firstColumn(chapterOf(manual, 'Settings'))].sort()).toEqual(settings.sort());
  });

  it('explains every exit code of the server', () => {
    const [, codes = ''] = /const exits = \{(.*)\}/.exec(read('apps/api/src/main.ts')) ?? [];
    const known = ['0', ...[...codes.matchAll(/: (\d+)/g)].map(([, code = '']) => code)];
    const explained = [...chapterOf(manual, 'Starting and stopping').matchAll(/^\| (\d+) \|/gm)].map(([, code = '']) => code);
    expect(explained).toEqual(known);
  });

  it('speaks of settings of EventStoreDB that there are', () => {
    const named = [...manual.matchAll(/\bEVENTSTORE_[A-Z_]+\b/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(3);
    for (const name of named) expect([name, settingsOfEventStoreDb.has(name)]).toEqual([name, true]);
  });

  it('explains every metric of ours, and none that there is not', async () => {
    const text = await metricsOfInstance();
    const metrics = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
    const explained = firstColumn(chapterOf(manual, 'Metrics'));
    expect(metrics).toEqual(expect.arrayContaining([...explained]));
    expect(explained).toEqual(expect.arrayContaining(metrics.filter((name) => name.startsWith('ledger_'))));
  });
});

import { decodeEvent, MemoryEventStore, type LineEvent } from '#ledger';
import { ViewsFile } from '../../file/views-file.js';
import { addedUses, useOnLastDay } from '../../past-states/past-use.js';
import { UseLog } from '../../forecast/use-log.js';
import { openInlineViews } from '../../testing/inline-views.js';
import { SampleLog } from '../../testing/sample-log.js';

const dayMs = 86_400_000;
const line = 'country:AE';
const whole = { lines: [line], from: '2020-01-01', to: '2030-01-01', before: '2030-01-02' };

function opened(log: SampleLog): ViewsFile {
  return new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
}

describe('the use of a line, day by day', () => {
  const log = new SampleLog({ capMilliTpp: 10_000, startAt: '2026-03-01T10:00:00.000Z' }).adopt();
  log.reserve('a', 100).reserve('b', 50).pass(dayMs);
  log.export('x', 100, 'a').release('b').pass(dayMs);
  log.export('back', 30, null, { exportedAt: '2026-02-10T00:00:00.000Z' }).export('ahead', 7, null, { exportedAt: '2026-03-04T09:00:00.000Z' });
  log.refuse('no', 99_999).pass(dayMs).reverse('x', 100);

  it('is what exported and reserved changed by; a direct export counts on its own day, never on a day that has not come', async () => {
    const file = opened(log);
    file.apply(log.events);
    expect(await file.ask('dailyUse', whole)).toEqual([
      [
        { day: '2026-02-10', milliTpp: 30, debits: 1 },
        { day: '2026-03-01', milliTpp: 150, debits: 2 },
        { day: '2026-03-02', milliTpp: -50, debits: 0 },
        { day: '2026-03-03', milliTpp: 7, debits: 1 },
        { day: '2026-03-04', milliTpp: -100, debits: 0 },
      ],
    ]);
    // On 3 March it was not known yet what that day would record about February.
    expect(await file.ask('dailyUse', { ...whole, before: '2026-03-03' })).toEqual([
      [
        { day: '2026-03-01', milliTpp: 150, debits: 2 },
        { day: '2026-03-02', milliTpp: -50, debits: 0 },
      ],
    ]);
    expect(await file.ask('dailyUse', { ...whole, lines: ['country:ZZ'] })).toEqual([[]]);
  });

  it('is the same however the log is cut, and after a batch that was rolled back', async () => {
    const file = opened(log);
    const broken = { ...log.events[0], position: 99, json: '{"type":"Odd"}' } as (typeof log.events)[number];
    for (const event of log.events) {
      expect(() => file.apply([event, broken])).toThrow('Odd');
      file.apply([event]);
    }
    const once = opened(log);
    once.apply(log.events);
    expect(await file.ask('dailyUse', whole)).toEqual(await once.ask('dailyUse', whole));
  });

  it('was at every event what its log up to there says', async () => {
    const store = new MemoryEventStore(log.events);
    const views = await openInlineViews({ store });
    await views.ready();
    for (const { stream, revision, position, json } of log.events.filter((event) => event.stream === 'quota-country:AE')) {
      expect(stream).toBe('quota-country:AE');
      const today = (decodeEvent(json) as LineEvent).recordedAt.slice(0, 10);
      const [before = []] = await views.ask('dailyUse', { ...whole, before: today });
      const file = opened(log);
      file.apply(log.events.slice(0, position));
      expect(addedUses(before, await useOnLastDay(store, line, revision, today))).toEqual((await file.ask('dailyUse', whole))[0]);
    }
    await views.close();
  });
});

describe('the use that a back-test reads from the log', () => {
  it('is what the views have, and on each day what they had then', async () => {
    const log = new SampleLog({ capMilliTpp: 10_000, startAt: '2026-03-01T10:00:00.000Z' }).adopt();
    log.reserve('a', 100).pass(dayMs).export('x', 60, 'a').export('back', 30, null, { exportedAt: '2026-02-20T00:00:00.000Z' }).pass(dayMs).release('a').reserve('s', 9, { destination: 'SA' });
    const uses = new UseLog();
    for (const { stream, json } of log.events) uses.take(stream, decodeEvent(json) as LineEvent);
    const [emirates, saudi] = uses.histories();
    const file = opened(log);
    file.apply(log.events);
    expect([emirates?.known, saudi?.known]).toEqual(await file.ask('dailyUse', { ...whole, lines: [line, 'country:SA'] }));
    expect([await emirates?.knownOn('2026-03-01')]).toEqual(await file.ask('dailyUse', { ...whole, before: '2026-03-02' }));
  });
});

describe('the alert of a forecast', () => {
  /** Ten debits of 10 a day apart, then more. */
  const busy = (cap: number, more: (log: SampleLog) => SampleLog): readonly string[] => {
    const log = new SampleLog({ capMilliTpp: cap, startAt: '2026-03-01T10:00:00.000Z' }).adopt();
    for (let day = 0; day < 10; day += 1) log.reserve(`r${day}`, 10).pass(dayMs);
    more(log);
    const file = opened(log);
    // One by one: what is raised must not hang on where batches end.
    return log.events.flatMap((event) => (file.apply([event])?.crossings ?? []).filter(({ level }) => level === 'forecast').map(({ direction, position, threshold }) => `${direction} ${position} ${threshold}`));
  };

  it('is raised at the event after which exhaustion is expected within 90 days, and closed beyond 100', () => {
    // After ten events: 100 in 90 days, 100 left: 90 days.
    expect(busy(200, (log) => log)).toEqual(['raised 11 1']);
    // 101 left: 91 days. The next debit brings it near.
    expect(busy(201, (log) => log.reserve('s', 10))).toEqual(['raised 12 1']);
    // One given back: 110 are left, and 90 were used in 90 days.
    expect(busy(200, (log) => log.release('r0'))).toEqual(['raised 11 1', 'closed 12 1']);
    // Half of one given back: 105 are left, and 95 were used: 100 days.
    expect(busy(200, (log) => log.amend('r0', 5))).toEqual(['raised 11 1']);
  });

  it('needs ten debits in 90 days, and closes without them', () => {
    const rare = (log: SampleLog): SampleLog => log.pass(85 * dayMs).reserve('s', 1);
    expect(busy(200, rare)).toEqual(['raised 11 1', 'closed 12 1']);
  });

  it('is not raised where the period ends before', () => {
    const log = new SampleLog({ capMilliTpp: 200, startAt: '2027-12-01T10:00:00.000Z' }).adopt();
    for (let day = 0; day < 10; day += 1) log.reserve(`r${day}`, 10).pass(dayMs);
    expect(opened(log).apply(log.events)?.crossings.map(({ level }) => level)).toEqual([]);
  });
});

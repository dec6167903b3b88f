import { decodeEvent, MemoryEventStore, type EventStore, type LineEvent } from '#ledger';
import { openInlineViews } from '../testing/inline-views.js';
import { SampleLog } from '../testing/sample-log.js';
import type { Views } from '../views.js';
import { PastStates } from './past-states.js';

describe('past states', () => {
  const log = new SampleLog({ capMilliTpp: 800 }).adopt();
  for (let n = 0; n < 40; n += 1) log.reserve(`r${n}`, 20).reserve(`s${n}`, 1, { destination: 'SA' });
  log.release('r39').adopt({ watch: 0.7, critical: 0.8, exhausted: 1, hysteresis: 0.02 }).release('r38');
  const store = new MemoryEventStore(log.events);
  let reads = 0;
  const counting: Pick<EventStore, 'readAll' | 'readStream'> = {
    readAll: (range) => store.readAll(range),
    readStream: (stream, range) => {
      reads += 1;
      return store.readStream(stream, range);
    },
  };
  let views: Views;
  let past: PastStates;
  beforeAll(async () => {
    views = await openInlineViews({ store });
    await views.ready();
    past = new PastStates(counting, views);
  });
  afterAll(() => views.close());

  it('show a line at every position and time as its newest event by then left it, in few reads', async () => {
    const now = views.lines.get('country:AE');
    if (now === undefined) throw new Error('The line has history.');
    let newest: object | undefined;
    for (const { stream, position, revision, json } of log.events) {
      const event = decodeEvent(json) as LineEvent;
      if (stream === 'quota-country:AE') newest = { revision, position, recordedAt: event.recordedAt, balance: event.balanceMilliTpp };
      for (const moment of [{ at: 'position', position }, { at: 'time', ms: Date.parse(event.recordedAt) }] as const) {
        reads = 0;
        const then = await past.line(now, moment);
        if (newest === undefined) expect(then).toBeUndefined();
        else expect(then).toMatchObject(newest);
        expect(reads).toBeLessThanOrEqual(Math.ceil(Math.log2(now.revision + 2)));
      }
    }
  });

  it('tell since when a line was critical then', async () => {
    const now = views.lines.get('country:AE');
    if (now === undefined) throw new Error('The line has history.');
    const crossed = log.events.find(({ json }) => json.includes('"reserved":720'));
    if (crossed === undefined) throw new Error('The line has a reservation that reaches 90 % of its cap.');
    const since = async (position: number) => (await past.line(now, { at: 'position', position }))?.criticalSince;
    expect(await since(crossed.position - 1)).toBeNull();
    expect(await since(crossed.position)).toBe(decodeEvent(crossed.json).recordedAt);
    expect(await since(log.position - 1)).toBe(decodeEvent(crossed.json).recordedAt);
  });

  it('tell when an event was recorded, and which rulebook was in force', async () => {
    const [first] = log.events;
    expect(await past.recordedAt(1)).toBe(decodeEvent(first?.json ?? '').recordedAt);
    expect([await past.recordedAt(0), await past.recordedAt(log.position + 1)]).toEqual([null, null]);
    const positions = [0, 1, log.position - 2, log.position - 1, log.position];
    const inForce = positions.map((position) => past.rulebook({ at: 'position', position })?.position);
    expect(inForce).toEqual([1, 1, 1, log.position - 1, log.position - 1]);
  });
});

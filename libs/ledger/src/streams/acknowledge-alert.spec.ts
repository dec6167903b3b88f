import { fromTpp, noTpp } from '#rulebook';
import type { EventStore } from '../event-store/event-store.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { decodeEvent } from '../events/codec.js';
import type { AlertEvent, AlertRaised } from '../events/alert-event.js';
import { digestOf, emptyStream, seal, type StreamEnd } from '../events/seal.js';
import { dayMs, MemoryLedger, settle, start } from '../testing/memory-ledger.js';

const stream = 'alerts-country:AE';
const recordedAt = new Date(start).toISOString();

async function raise({ store }: { readonly store: EventStore }, alertId: string): Promise<void> {
  const [last] = await store.readStream(stream, { limit: 1, backwards: true });
  const end: StreamEnd = last ? { revision: last.revision, digest: digestOf(last.json) } : emptyStream;
  const raised = seal<AlertRaised>(stream, end, {
    type: 'AlertRaised', v: 1, recordedAt, principal: 'system', alertId, line: 'country:AE', level: 'watch', threshold: 0.8, utilization: 0.81,
    balanceMilliTpp: { allocation: fromTpp(100), exported: fromTpp(81), reserved: noTpp },
    crossing: { eventId: 'e', position: 1, recordedAt },
  });
  await store.append(stream, end.revision, [raised]);
}

const history = async (memory: MemoryLedger): Promise<readonly AlertEvent[]> =>
  (await memory.store.readStream(stream, { limit: 10_000 })).map(({ json }) => decodeEvent(json) as AlertEvent);
const acknowledge = (memory: MemoryLedger, id: string, principal: string) =>
  memory.ledger.acknowledgeAlert(id, 'country:AE', { ...memory.caller(), principal });

describe('acknowledging an alert', () => {
  it('records who it was, behind whatever the line\'s alerts said last', async () => {
    const memory = await MemoryLedger.open();
    for (let n = 0; n < 600; n += 1) await raise(memory, `alert-${n}`);
    memory.now = start - dayMs;
    expect(await acknowledge(memory, 'alert-7', 'ada')).toEqual({ acknowledged: true, position: 602 });
    expect(memory.ledger.position).toBe(602);
    const events = await history(memory);
    expect(events).toHaveLength(601);
    expect(events.at(-1)).toMatchObject({ type: 'AlertAcknowledged', v: 1, alertId: 'alert-7', line: 'country:AE', principal: 'ada', recordedAt });
  });

  it('of many at once reads each event of the line once', async () => {
    const memory = await MemoryLedger.open();
    for (let n = 0; n < 700; n += 1) await raise(memory, `alert-${n}`);
    const readStream = memory.store.readStream.bind(memory.store);
    let read = 0;
    memory.store.readStream = async (name, range) => {
      const events = await readStream(name, range);
      if (name === stream) read += events.length;
      return events;
    };
    const all = await Promise.all(Array.from({ length: 100 }, (_, n) => acknowledge(memory, `alert-${n}`, 'ada')));
    expect(new Set(all.map((one) => 'position' in one && one.position)).size).toBe(100);
    expect(await acknowledge(memory, 'alert-600', 'ada')).toMatchObject({ acknowledged: true });
    expect(read).toBe(700);
    const appends = memory.store.appends.filter((append) => append.stream === stream).slice(700);
    expect(appends.reduce((sum, { events }) => sum + events, 0)).toBe(101);
  });

  it('again changes nothing: the first one counts, even where several come at once', async () => {
    const memory = await MemoryLedger.open();
    await raise(memory, 'alert-1');
    const all = await Promise.all([acknowledge(memory, 'alert-1', 'ada'), acknowledge(memory, 'alert-1', 'grace'), acknowledge(memory, 'alert-1', 'ada')]);
    expect(new Set(all.map((one) => 'position' in one && one.position))).toEqual(new Set([3]));
    expect((await history(memory)).map(({ type }) => type)).toEqual(['AlertRaised', 'AlertAcknowledged']);
    expect(await acknowledge(memory, 'alert-1', 'grace')).toEqual({ acknowledged: true, position: 3 });
  });

  it('goes on where another alert was raised meanwhile', async () => {
    const inner = new MemoryEventStore();
    const memory = await MemoryLedger.open({}, inner);
    await raise(memory, 'alert-1');
    memory.store.failAndHold('unknown-lost');
    const acknowledging = acknowledge(memory, 'alert-1', 'ada');
    await settle();
    await raise({ store: inner }, 'alert-2');
    memory.store.letAppendsGo();
    expect(await acknowledging).toEqual({ acknowledged: true, position: 4 });
    expect((await history(memory)).map(({ type }) => type)).toEqual(['AlertRaised', 'AlertRaised', 'AlertAcknowledged']);
  });

  it('finds no alert under an unknown id or on another line', async () => {
    const memory = await MemoryLedger.open();
    expect(await acknowledge(memory, 'alert-1', 'ada')).toMatchObject({ decided: false, code: 'alert-not-found' });
    await raise(memory, 'alert-1');
    expect(await acknowledge(memory, 'alert-2', 'ada')).toMatchObject({ decided: false, code: 'alert-not-found' });
    expect(await memory.ledger.acknowledgeAlert('alert-1', 'country:SA', memory.caller())).toMatchObject({ code: 'alert-not-found' });
  });
});

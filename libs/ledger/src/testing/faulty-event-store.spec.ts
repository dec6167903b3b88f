import { OutcomeUnknown } from '../event-store/event-store.js';
import { noStream } from '../events/stored-event.js';
import { FaultyEventStore, type AppendFault } from './faulty-event-store.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';

const id = '6ba7b811-9dad-51d1-80b4-00c04fd430c8';
const event = { id, type: 'SomethingHappened', json: '{"type":"SomethingHappened"}' };

describe('FaultyEventStore', () => {
  it.each<[AppendFault, object, number]>([
    ['unavailable', { name: 'StoreUnavailable', code: 'store-unavailable' }, 0],
    ['storage-full', { name: 'StoreUnavailable', code: 'storage-full' }, 0],
    ['unknown-lost', { name: 'OutcomeUnknown' }, 0],
    ['unknown-stored', { name: 'OutcomeUnknown' }, 1],
  ])('fails the next append as told: %s', async (fault, error, stored) => {
    const store = new FaultyEventStore(new MemoryEventStore());
    store.failNext(fault);

    await expect(store.append('a', noStream, [event])).rejects.toMatchObject(error);
    expect(await store.head()).toBe(stored);
  });

  it('fails as often as told and no more', async () => {
    const store = new FaultyEventStore(new MemoryEventStore());
    store.failNext('unknown-lost', 'unknown-lost');

    await expect(store.append('a', noStream, [event])).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(store.append('a', noStream, [event])).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(await store.append('a', noStream, [event])).toEqual({ appended: true, positions: [1] });
  });
});

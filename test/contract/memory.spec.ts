import { MemoryEventStore, type EventStore } from '#ledger';
import { describeEventStore } from './event-store.contract.js';

describeEventStore('memory', async () => {
  const store = new MemoryEventStore();
  let current: EventStore = store;
  const reopen = async (): Promise<EventStore> => {
    const log = await current.readAll({ after: 0, limit: Infinity });
    await current.close();
    return (current = new MemoryEventStore(log));
  };
  return { store, reopen, destroy: () => current.close() };
});

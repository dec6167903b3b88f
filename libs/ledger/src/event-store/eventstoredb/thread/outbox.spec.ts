import { Outbox } from './outbox.js';

describe('an outbox', () => {
  const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('sends together, in order, what is said in one turn, promises that settle meanwhile included', async () => {
    const sent: (readonly number[])[] = [];
    const outbox = new Outbox<number>((messages) => sent.push(messages));
    outbox.post(1);
    void Promise.resolve().then(() => outbox.post(2));
    process.nextTick(() => outbox.post(3));
    expect(sent).toEqual([]);
    await nextTurn();
    expect(sent.map((messages) => [...messages].sort())).toEqual([[1, 2, 3]]);
    outbox.post(4);
    await nextTurn();
    expect(sent).toHaveLength(2);
  });

  it('sends at once what it has when it is told to, and nothing twice', async () => {
    const sent: (readonly number[])[] = [];
    const outbox = new Outbox<number>((messages) => sent.push(messages));
    outbox.post(1);
    outbox.flush();
    outbox.flush();
    expect(sent).toEqual([[1]]);
    await nextTurn();
    expect(sent).toEqual([[1]]);
  });
});

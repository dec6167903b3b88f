import { HeadSignal } from './head-signal.js';

/** Whether a promise has settled by now. */
async function settled(promise: Promise<void>): Promise<boolean> {
  const turnIsOver = new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([promise.then(() => true), turnIsOver]);
}

describe('HeadSignal', () => {
  const never = new AbortController().signal;

  it('wakes only those who wait below the new head', async () => {
    const growth = new HeadSignal(3);
    const below = growth.grown(3, never);
    const beyond = growth.grown(7, never);
    growth.advance(5);

    expect(await settled(below)).toBe(true);
    expect(await settled(beyond)).toBe(false);
    growth.advance(8);
    expect(await settled(beyond)).toBe(true);
  });

  it('lets nobody wait for what is there already, or for an aborted signal', async () => {
    const growth = new HeadSignal(3);

    expect(await settled(growth.grown(2, never))).toBe(true);
    expect(await settled(growth.grown(3, AbortSignal.abort()))).toBe(true);
  });

  it('leaves nothing on a signal that many waits have used', async () => {
    const growth = new HeadSignal(0);
    const { signal } = new AbortController();
    const added: unknown[] = [];
    const removed: unknown[] = [];
    const counting = Object.assign(signal, {
      addEventListener: (_: string, listener: unknown) => added.push(listener),
      removeEventListener: (_: string, listener: unknown) => removed.push(listener),
    });
    for (let head = 1; head <= 5; head += 1) {
      const wait = growth.grown(head - 1, counting);
      growth.advance(head);
      await wait;
    }

    expect(added).toHaveLength(5);
    expect(removed).toEqual(added);
  });

  it('rejects everyone once the log has ended', async () => {
    const growth = new HeadSignal(0);
    const waiting = expect(growth.grown(0, never)).rejects.toThrow('over');
    growth.end(new Error('over'));

    await waiting;
    await expect(growth.grown(0, never)).rejects.toThrow('over');
    expect(() => growth.assertOngoing()).toThrow('over');
  });
});

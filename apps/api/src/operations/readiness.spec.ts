import { StoreUnavailable, type EventStoreDbStatus, type LocalLogStore } from '#ledger';
import type { Views } from '#projections';
import { Readiness } from './readiness.js';

const wellStatus: EventStoreDbStatus = {
  connected: true, caughtUp: true, since: 0, reconnects: 0, overflows: 0, clientReplacements: 0, problem: undefined, lagMs: 0, unknownOutcomes: 0,
};

function reasonAgainst(change: { readonly views?: Partial<Views>; readonly store?: Partial<LocalLogStore>; readonly status?: Partial<EventStoreDbStatus> }) {
  const views = { position: 7, failure: undefined, ...change.views } as Views;
  const store = { head: () => Promise.resolve(7), countAfter: () => Promise.resolve(0), ...change.store } as LocalLogStore;
  const clusterStatus = change.status && (() => ({ ...wellStatus, ...change.status }));
  return new Readiness({ store, views, lagMax: 10, clusterStatus }).reasonAgainst();
}

describe('an instance is ready', () => {
  it.each([
    ['with all well, on an embedded log', {}],
    ['with all well, on a cluster', { status: {} }],
    ['with views within their limit', { store: { countAfter: () => Promise.resolve(10) } }],
    ['while following begins anew', { status: { caughtUp: false, lagMs: 1_500, problem: 'the node is gone' } }],
  ])('%s', async (_, change) => {
    expect(await reasonAgainst(change)).toBeUndefined();
  });
});

describe('an instance whose store takes long to answer', () => {
  let now = 0;
  let settle: (() => void) | undefined;
  let asked = 0;
  beforeEach(() => {
    [now, asked] = [0, 0];
    settle = undefined;
  });
  const readiness = (): Readiness => {
    const head = (): Promise<number> => {
      asked += 1;
      return asked === 1 ? Promise.resolve(7) : new Promise((resolve) => (settle = () => resolve(7)));
    };
    const store = { head, countAfter: () => Promise.resolve(0) } as unknown as LocalLogStore;
    const status = { ...wellStatus, problem: 'The node is gone.' };
    return new Readiness({ store, views: { position: 7 } as Views, lagMax: 10, clusterStatus: () => status, now: () => now });
  };

  it('answers before the store does: not ready once it has been silent for two seconds', async () => {
    const instance = readiness();
    expect(await instance.reasonAgainst()).toBeUndefined();
    now = 2_000;
    expect(await instance.reasonAgainst()).toBeUndefined();
    now = 9_000;
    expect(await instance.reasonAgainst()).toBe('The event store does not answer. It last did 9 s ago. The node is gone.');
    settle?.();
    await new Promise(setImmediate);
    now = 9_500;
    expect(await instance.reasonAgainst()).toBeUndefined();
  });

  it('asks one question at a time, for all who want to know', async () => {
    const instance = readiness();
    await instance.reasonAgainst();
    await Promise.all([instance.reasonAgainst(), instance.reasonAgainst(), instance.reasonAgainst()]);
    await instance.reasonAgainst();
    expect(asked).toBe(2);
  });
});

describe('an instance is not ready, and says why,', () => {
  it.each([
    ['when its views have stopped', { views: { failure: new Error('The views stopped at position 7: a strange event.') } }, 'a strange event'],
    ['when its store does not answer', { store: { head: () => Promise.reject(new StoreUnavailable('Nobody is there.')) } }, 'Nobody is there'],
    ['when its views are too far behind', { store: { countAfter: () => Promise.resolve(11) } }, 'more than 10 events'],
    ['when it does not follow its cluster', { status: { caughtUp: false, lagMs: 2_500, problem: 'the node is gone' } }, 'the node is gone'],
    ['when its copy of the log stays behind', { status: { caughtUp: false, lagMs: 9_400 } }, 'behind the cluster for 9 s'],
  ])('%s', async (_, change, words) => {
    expect(await reasonAgainst(change)).toContain(words);
  });
});

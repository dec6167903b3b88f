import { StoreUnavailable, type EventStoreDbStatus, type LocalLogStore } from '#ledger';
import type { Views } from '#projections';
import { Readiness } from './readiness.js';

const wellStatus: EventStoreDbStatus = {
  connected: true, caughtUp: true, since: 0, reconnects: 0, clientReplacements: 0, problem: undefined, lagMs: 0, unknownOutcomes: 0,
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

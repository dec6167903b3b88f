import { parentPort, workerData } from 'node:worker_threads';
import type { Position } from '../../../events/stored-event.js';
import { readClusterAddress } from '../connection/cluster-address.js';
import { ClusterCalls } from './cluster-calls.js';
import { askNode, ClusterClient } from '../connection/cluster-client.js';
import { ClusterMembers } from '../connection/cluster-members.js';
import { failureFrom, type Calls, type FromCluster, type ToCluster } from './cluster-message.js';
import { Feed } from '../following/feed.js';
import { OurStreams } from '../connection/our-streams.js';
import { Outbox } from './outbox.js';
import { type TimeLimits } from '../connection/time-limit.js';

export interface ClusterThreadData {
  readonly url: string;
  readonly prefix: string;
  /** Of the replica. */
  readonly file: string;
  readonly limits: TimeLimits;
  /** Whether nobody reads the replica yet, so that it may be made anew. */
  readonly mayRefill: boolean;
  /** Position of the first event that the cluster may lack. */
  readonly acceptLoss: Position | undefined;
}

type Asked = Exclude<ToCluster, { readonly close: true }>;

const outbox = new Outbox<FromCluster>((messages) => parentPort?.postMessage(messages));
const post = (message: FromCluster): void => outbox.post(message);

function ask(calls: Calls, asked: Asked): Promise<unknown> {
  switch (asked.name) {
    case 'append':
      return calls.append(...asked.args, () => post({ kind: 'durable', call: asked.call }));
    case 'readStream':
      return calls.readStream(...asked.args);
    case 'head':
      return calls.head();
  }
}

function run({ url, prefix, file, limits, mayRefill, acceptLoss }: ClusterThreadData): void {
  const address = readClusterAddress(url);
  const streams = new OurStreams(prefix);
  const members = new ClusterMembers(address.hosts, (node, limitMs) => askNode(address, node, limitMs));
  const open = (): ClusterClient => new ClusterClient(address, members, () => post({ kind: 'replaced' }));
  const [forFeed, forReads, forAppends] = [open(), open(), open()];
  const feed = new Feed({ streams, file, limits, mayRefill, acceptLoss, cluster: forFeed, tell: post });
  const calls = new ClusterCalls({ streams, feed, limits, forReads, forAppends });

  const answer = async (asked: Asked): Promise<void> => {
    const { call } = asked;
    try {
      post({ kind: 'answer', call, result: await ask(calls, asked) });
    } catch (error) {
      post({ kind: 'failure', call, failure: failureFrom(error) });
    }
  };

  const close = async (): Promise<void> => {
    await Promise.allSettled([feed.close(), forReads.close(), forAppends.close()]);
    outbox.flush();
    // Whatever the client still waits for.
    process.exit(0);
  };

  parentPort?.on('message', (messages: readonly ToCluster[]) => {
    for (const message of messages) void ('close' in message ? close() : answer(message));
  });
  void feed.run();
}

try {
  run(workerData as ClusterThreadData);
} catch (error) {
  post({ kind: 'broken', problem: error instanceof Error ? error.message : String(error) });
}

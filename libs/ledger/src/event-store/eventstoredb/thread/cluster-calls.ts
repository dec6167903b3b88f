import type { AppendResult, StreamRange } from '../../event-store.js';
import type { NewEvent, Position, Revision, StoredEvent } from '../../../events/stored-event.js';
import { ClusterAppends } from './cluster-appends.js';
import { type ClusterClient } from '../connection/cluster-client.js';
import { type Calls } from './cluster-message.js';
import { ClusterReads } from './cluster-reads.js';
import { type Feed } from '../following/feed.js';
import { LocatedAppends } from './located-appends.js';
import { type OurStreams } from '../connection/our-streams.js';
import { type TimeLimits } from '../connection/time-limit.js';

export interface ClusterCallsOptions {
  readonly streams: OurStreams;
  readonly feed: Feed;
  readonly limits: TimeLimits;
  /** One connection each, for reads and for appends. */
  readonly forReads: ClusterClient;
  readonly forAppends: ClusterClient;
}

/** What the store asks of the cluster itself. */
export class ClusterCalls implements Calls {
  readonly #feed: Feed;
  readonly #reads: ClusterReads;
  readonly #appends: LocatedAppends;

  constructor({ streams, feed, limits, forReads, forAppends }: ClusterCallsOptions) {
    this.#feed = feed;
    this.#reads = new ClusterReads(forReads, streams, feed.acknowledged, limits.readMs);
    this.#appends = new LocatedAppends({
      appends: new ClusterAppends(forAppends, streams, limits.appendMs),
      reads: this.#reads,
      returns: feed.returns,
      acknowledged: feed.acknowledged,
      limits,
    });
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable: () => void): Promise<AppendResult> {
    const result = await this.#appends.append(stream, expected, events, onDurable);
    if (result.appended) this.#feed.expect(result.positions.at(-1) ?? 0);
    return result;
  }

  readStream(stream: string, range: StreamRange): Promise<readonly StoredEvent[]> {
    return this.#reads.stream(stream, range);
  }

  async head(): Promise<Position> {
    const { considered } = this.#feed;
    const newest = await this.#reads.newest(considered);
    if (newest <= considered) return this.#feed.head;
    this.#feed.expect(newest);
    return Math.max(newest, this.#feed.head);
  }
}

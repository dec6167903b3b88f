import { StoreUnavailable } from '../event-store.js';
import { type ClusterAddress } from './cluster-address.js';
import { failureOf } from './cluster-failure.js';
import { LeaderClient } from './leader-client.js';
import { ofWholeLimit, withinTime } from './time-limit.js';

const endMs = 500;

let generations = 0;

/**
 * The current client of a connection to the cluster's leader. A client is thrown away and replaced as soon as it cannot
 * be trusted to recover: a call may stay unanswered for ever, a connection may be dead though it looks open, and the
 * pauses between attempts to connect grow to minutes.
 */
export class ClusterClient {
  #client: LeaderClient;
  #replacement: Promise<void> | undefined;
  #replacements = 0;
  #closed = false;

  constructor(
    readonly address: ClusterAddress,
    private readonly onReplaced: () => void = () => undefined,
  ) {
    this.#client = this.#open();
  }

  /**
   * The client, connected to a leader that will do.
   * @param wholeMs for messages, the time of all attempts together
   * @throws StoreUnavailable if there is none within `limitMs`
   * @throws EventStoreMisconfigured for what only a person can mend
   */
  async ready(limitMs: number, wholeMs = limitMs): Promise<LeaderClient> {
    await this.#replacement;
    if (this.#closed) throw new StoreUnavailable('The event store is closed.', 'store-closed');
    const client = this.#client;
    try {
      await withinTime(client.connected(limitMs), limitMs);
      return client;
    } catch (error) {
      void this.replace(client);
      throw failureOf(ofWholeLimit(error, wholeMs), this.address);
    }
  }

  /**
   * Throws `client` away, unless that has been done. The next one is opened when its calls have ended: the client keeps
   * all appends of a thread in one place, so that the end of one client's stream fails the appends of another.
   */
  replace(client: LeaderClient): Promise<void> {
    if (client !== this.#client || this.#closed) return Promise.resolve();
    this.#replacements += 1;
    this.onReplaced();
    this.#replacement ??= withinTime(client.end(), endMs)
      .catch(() => undefined)
      .then(() => {
        this.#client = this.#open();
        this.#replacement = undefined;
      });
    return this.#replacement;
  }

  /** Ends its calls and its connection, in bounded time. */
  async close(): Promise<void> {
    await this.#replacement;
    if (this.#closed) return;
    this.#closed = true;
    await withinTime(this.#client.end(), endMs).catch(() => undefined);
  }

  #open(): LeaderClient {
    return new LeaderClient(this.address, this.#replacements, (generations += 1));
  }
}

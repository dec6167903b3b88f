import { StoreUnavailable } from '../event-store.js';
import { type ClusterAddress } from './cluster-address.js';
import { assertVersion, failureOf } from './cluster-failure.js';
import { TimeLimitReached, withinTime } from './time-limit.js';
import { openClient, type VersionedClient } from './versioned-client.js';

/** A client that finds no server is given so long: several nodes are looked through one after another. */
const patienceMs = 5_000;
const disposalMs = 500;

let generations = 0;

/**
 * The current client of a connection to the cluster. A client is thrown away and replaced when it cannot be trusted to
 * recover: its appends stay broken for ever after a failed search for the leader, a call may stay unanswered for ever,
 * and its pauses between attempts grow to minutes.
 */
export class ClusterClient {
  #client: VersionedClient;
  #since = Date.now();
  #replacement: Promise<void> | undefined;
  #replacements = 0;
  #closed = false;

  constructor(readonly address: ClusterAddress) {
    this.#client = openClient(address, (generations += 1));
  }

  /** How often a client had to be replaced. */
  get replacements(): number {
    return this.#replacements;
  }

  /**
   * The client, connected to a server that will do.
   * @throws StoreUnavailable if there is none within `limitMs`
   * @throws EventStoreMisconfigured for what only a person can mend
   */
  async ready(limitMs: number): Promise<VersionedClient> {
    await this.#replacement;
    if (this.#closed) throw new StoreUnavailable('The event store is closed.', 'store-closed');
    const client = this.#client;
    try {
      assertVersion(await withinTime(client.serverVersion(), limitMs), this.address);
      return client;
    } catch (error) {
      const stillSearching = error instanceof TimeLimitReached && Date.now() - this.#since < patienceMs;
      if (!stillSearching) void this.replace(client);
      throw failureOf(error, this.address);
    }
  }

  /**
   * Throws `client` away, unless that has been done. The next one is opened when its calls have ended: the client keeps
   * all appends of a thread in one place, so that the end of one client's stream fails the appends of another.
   */
  replace(client: VersionedClient): Promise<void> {
    if (client !== this.#client || this.#closed) return Promise.resolve();
    this.#replacements += 1;
    this.#replacement ??= withinTime(client.end(), disposalMs)
      .catch(() => undefined)
      .then(() => {
        this.#client = openClient(this.address, (generations += 1));
        this.#since = Date.now();
        this.#replacement = undefined;
      });
    return this.#replacement;
  }

  /** Ends its calls and its connection, in bounded time. */
  async close(): Promise<void> {
    await this.#replacement;
    if (this.#closed) return;
    this.#closed = true;
    await withinTime(this.#client.end(), disposalMs).catch(() => undefined);
  }
}

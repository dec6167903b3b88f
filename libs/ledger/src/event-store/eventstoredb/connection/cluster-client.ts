import { type EndPoint } from '@eventstore/db-client';
import { StoreUnavailable } from '../../event-store.js';
import { type ClusterAddress } from './cluster-address.js';
import { failureOf, nodeSeenIn } from './cluster-failure.js';
import { keyOf, type ClusterMembers, type MembersSeen } from './cluster-members.js';
import { LeaderClient } from './leader-client.js';
import { ofWholeLimit, withinTime } from './time-limit.js';

const endMs = 500;

/**
 * The current client of a connection to the cluster's leader. A client is thrown away and replaced as soon as it cannot
 * be trusted to recover: a node may lead no longer, a call may stay unanswered for ever, a connection may be dead though
 * it looks open, and the pauses between attempts to connect grow to minutes.
 */
export class ClusterClient {
  #client: LeaderClient;
  #replacement: Promise<void> | undefined;
  #replacements = 0;
  /** When a node last answered as only the leader does, in milliseconds since 1970. */
  #servedAt = 0;
  /** The node that was named as the leader when the client was last replaced, until it has served as one. */
  #tried: string | undefined;
  #closed = false;

  constructor(
    readonly address: ClusterAddress,
    private readonly members: ClusterMembers,
    private readonly onReplaced: () => void = () => undefined,
  ) {
    this.#client = new LeaderClient(address, address.hosts[0]);
  }

  /**
   * The client, connected to a leader that will do.
   * @param wholeMs for messages, the time of all attempts together
   * @throws StoreUnavailable if there is none within `limitMs`
   * @throws EventStoreMisconfigured for what only a person can mend
   */
  async ready(limitMs: number, wholeMs = limitMs): Promise<LeaderClient> {
    // Nearly every call finds it so, and needs no time limit.
    if (this.#replacement === undefined && !this.#closed && this.#client.isConnected) return this.#client;
    const start = Date.now();
    await withinTime(this.#replacement ?? Promise.resolve(), limitMs).catch((error: unknown) => {
      throw failureOf(ofWholeLimit(error, wholeMs), this.address);
    });
    if (this.#closed) throw new StoreUnavailable('The event store is closed.', 'store-closed');
    const client = this.#client;
    try {
      await withinTime(client.connected(limitMs), Math.max(1, start + limitMs - Date.now()));
      return client;
    } catch (error) {
      void this.replace(client);
      throw failureOf(ofWholeLimit(error, wholeMs), this.address);
    }
  }

  /** The node has answered as only the leader does. */
  served(): void {
    this.#servedAt = Date.now();
    this.#tried = undefined;
  }

  /**
   * A call of `client` that was sent at `sentAt` has failed. The client is thrown away if the node does not lead, or if
   * nothing shows that it did since.
   */
  failed(client: LeaderClient, error: unknown, sentAt: number): void {
    const seen = nodeSeenIn(error);
    if (seen === 'leads') this.served();
    else if (seen === 'does-not-lead' || this.#servedAt < sentAt) void this.replace(client);
  }

  /** Throws `client` away if the cluster names another leader than the node that it is connected to. */
  async confirm(client: LeaderClient): Promise<void> {
    const leader = await this.members.leader();
    if (leader && keyOf(leader) !== keyOf(client.node)) await this.replace(client);
  }

  /**
   * Throws `client` away, unless that has been done. The next one is opened when its calls have ended: the client keeps
   * all appends of a thread in one place, so that the end of one client's stream fails the appends of another.
   */
  replace(client: LeaderClient): Promise<void> {
    if (client !== this.#client || this.#closed) return Promise.resolve();
    this.#replacements += 1;
    this.onReplaced();
    this.#replacement ??= Promise.all([withinTime(client.end(), endMs).catch(() => undefined), this.members.leader()]).then(([, leader]) => {
      this.#client = new LeaderClient(this.address, this.#next(leader));
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

  /** The leader that is named; in every other attempt the next node, for the named one may be the one that is gone. */
  #next(leader: EndPoint | undefined): EndPoint {
    if (leader && keyOf(leader) !== this.#tried) {
      this.#tried = keyOf(leader);
      return leader;
    }
    this.#tried = undefined;
    return this.members.inTurn(this.#replacements);
  }
}

/** Asks a node over a connection of its own, which is closed then. */
export async function askNode(address: ClusterAddress, node: EndPoint, limitMs: number): Promise<MembersSeen> {
  const client = new LeaderClient(address, node);
  try {
    return await withinTime(client.members(limitMs), limitMs);
  } finally {
    client.end().catch(() => undefined);
  }
}

import { EventStoreDBClient } from '@eventstore/db-client';
import { type ClusterAddress } from './cluster-address.js';

/** The part of a gRPC channel that the client leaves to whoever throws it away. */
interface Closable {
  close(): void;
}

/** Takes the place of a gRPC client of the generated code, only to be given the channel. */
class ChannelHolder {
  readonly channel: Closable;
  constructor(_target: null, _credentials: null, options: { readonly channelOverride: Closable }) {
    this.channel = options.channelOverride;
  }
}

/** The client of EventStoreDB, that also tells the server's version and can be got rid of entirely. */
export class VersionedClient extends EventStoreDBClient {
  /**
   * As the server says it, or `unknown`. Asks once per connection, before anything else is sent over it. Has no time
   * limit; rejects if the server cannot be reached.
   */
  async serverVersion(): Promise<string> {
    return (await this.capabilities).serverVersion;
  }

  /** Ends its calls and its connection. `dispose` leaves the connection open. May never settle. */
  async end(): Promise<void> {
    await this.dispose();
    await this.execute(ChannelHolder as never, 'ending', async (holder) => (holder as unknown as ChannelHolder).channel.close());
  }
}

/**
 * @param generation a number that no other client of this thread has. gRPC shares connections, and the growing pause
 * between attempts to make one, among channels with equal settings; settings that differ make a client try at once.
 */
export function openClient(address: ClusterAddress, generation: number): VersionedClient {
  const { hosts, viaDns, discovery, keepAlive, security, credentials, connectionName } = address;
  const common = {
    keepAliveInterval: keepAlive.intervalMs + (generation % 1000),
    keepAliveTimeout: keepAlive.timeoutMs,
    ...(connectionName !== undefined && { connectionName }),
  };
  const [endpoint] = hosts;
  if (!viaDns && hosts.length === 1) return new VersionedClient({ ...common, endpoint }, security, credentials);
  const search = {
    ...common,
    maxDiscoverAttempts: discovery.attemptsMax,
    discoveryInterval: discovery.intervalMs,
    gossipTimeout: discovery.gossipSeconds,
    nodePreference: 'leader' as const,
  };
  return viaDns
    ? new VersionedClient({ ...search, discover: endpoint }, security, credentials)
    : new VersionedClient({ ...search, endpoints: [...hosts] }, security, credentials);
}

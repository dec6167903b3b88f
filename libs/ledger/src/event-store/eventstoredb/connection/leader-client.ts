import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  NotLeaderError,
  type AllStreamSubscription,
  type AppendResult,
  type AppendToStreamOptions,
  type EndPoint,
} from '@eventstore/db-client';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip, { type ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NewEvent } from '../../../events/stored-event.js';
import { allOf } from '../grpc/bounded-read.js';
import { type ClusterAddress } from './cluster-address.js';
import { assertVersion } from './cluster-failure.js';
import { type MembersSeen } from './cluster-members.js';
import { batchAppend, decodingReads, packingAppends, readPage, type PageRange } from '../grpc/own-messages.js';
import { proposedEvents } from '../grpc/proposed-events.js';
import { eventData } from '../grpc/recorded-event.js';

type SubscribeToAllOptions = Parameters<EventStoreDBClient['subscribeToAll']>[0];

/** From node to node in search of the leader: more steps than an election of three nodes can cause. */
const stepsMax = 5;

/**
 * gRPC shares connections, and the growing pause between attempts to make one, among channels of equal settings. Settings
 * that differ let each client try at once.
 */
let generations = 0;

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

/**
 * The client of EventStoreDB, made to connect to the leader by way of any node: a node that does not lead says who does,
 * and the client then connects to that one. So it needs no search by gossip, after whose failure its appends are broken
 * for ever.
 */
export class LeaderClient extends EventStoreDBClient {
  /** What was asked over the connection of `features`, a promise that the client makes anew for each connection. */
  #asked: { readonly features: Promise<unknown>; readonly leads: Promise<void> } | undefined;
  /** The `features` of a connection to a leader that will do. */
  #led: Promise<unknown> | undefined;
  readonly #over = new AbortController();
  #node: EndPoint;

  /** @param node that is connected to first */
  constructor(
    private readonly address: ClusterAddress,
    node: EndPoint,
  ) {
    const { keepAlive, security, credentials, connectionName } = address;
    const settings = {
      endpoint: node,
      keepAliveInterval: keepAlive.intervalMs + ((generations += 1) % 1000),
      keepAliveTimeout: keepAlive.timeoutMs,
      ...(connectionName !== undefined && { connectionName }),
    };
    super(settings, security, credentials);
    this.#node = node;
    const create = this.GRPCStreamCreator;
    this.GRPCStreamCreator = (client, name, open, cache) => create(client, name, (grpc) => open(packingAppends(grpc as never) as never), cache);
  }

  /** The node that it is connected to, or is about to be. */
  get node(): EndPoint {
    return this.#node;
  }

  /** Aborts when the client is thrown away: its subscriptions then end without a sound. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** How the node sees its cluster. */
  members(limitMs: number): Promise<MembersSeen> {
    const [metadata, options] = this.callArguments({ deadline: limitMs });
    const read = (client: InstanceType<typeof gossipGrpc.GossipClient>): Promise<ClusterInfo> =>
      new Promise((resolve, reject) => {
        client.read(new shared.Empty(), metadata, options, (error, info) => (error ? reject(error) : resolve(info)));
      });
    return this.execute(gossipGrpc.GossipClient as never, 'members', read).then(membersIn);
  }

  /**
   * As `subscribeToAll`, but each event is what `decode` makes of the answer that carries it, or the error that it throws.
   * Left to itself the client makes many objects of an event and parses its JSON: more than half of what the feed takes.
   * @param decode undefined for an answer that carries no event
   */
  subscribeDecoded(options: SubscribeToAllOptions, decode: (answer: Buffer) => unknown): AllStreamSubscription {
    const create = this.GRPCStreamCreator;
    const creator: typeof create = (client, name, open, cache) =>
      create(client, name, (grpc) => open(decodingReads(grpc as never, decode) as never), cache);
    const decoded = Object.create(this, { GRPCStreamCreator: { value: creator } }) as EventStoreDBClient;
    const subscription = decoded.subscribeToAll(options);
    // What turns an answer into an event is a property of the subscription, not documented.
    const converting = subscription as unknown as { convertGrpcEvent: (decoded: unknown) => unknown };
    if (typeof converting.convertGrpcEvent !== 'function') throw new TypeError('This version of the client converts events in another place.');
    converting.convertGrpcEvent = (event) => event;
    return subscription;
  }

  /**
   * Events of the whole log, each as `decode` makes it of the answer that carries it.
   * @param decode undefined for an answer that carries no event
   * @throws what `decode` throws, errors of the client, TimeLimitReached
   */
  readDecoded<Event>(range: PageRange, decode: (answer: Buffer) => Event | undefined, limitMs: number): Promise<Event[]> {
    const [metadata, options] = this.callArguments({ requiresLeader: true }, { deadline: Infinity });
    const read = (grpc: InstanceType<typeof streamsGrpc.StreamsClient>): Promise<Event[]> => readPage({ grpc, range, decode, metadata, options, limitMs });
    return this.execute(streamsGrpc.StreamsClient, 'page', read);
  }

  /** As `appendToStream`, but the events are stored as the very JSON that they are given as. */
  async appendJson(stream: string, events: readonly NewEvent[], options: AppendToStreamOptions): Promise<AppendResult> {
    if (!(await this.capabilities).supports(batchAppend)) return this.appendToStream(stream, events.map(eventData), options);
    // Of one event the client makes an append; what stands in it is written by us.
    const packed = { id: '', type: '', contentType: 'application/octet-stream', data: proposedEvents(events), metadata: undefined } as const;
    return this.appendToStream(stream, packed, options);
  }

  /** Whether `connected` has resolved for the connection that there is. */
  get isConnected(): boolean {
    return this.#led !== undefined && this.#led === this.capabilities;
  }

  /**
   * Resolves when it is connected to a leader that answers this user and is no older than we need. Asks once per
   * connection, before anything else is sent over it.
   * @param limitMs of a read; everything together may take longer, or never settle
   * @throws EventStoreMisconfigured, errors of the client
   */
  connected(limitMs: number): Promise<void> {
    return this.#connected(limitMs, stepsMax);
  }

  #connected(limitMs: number, steps: number): Promise<void> {
    const features = this.capabilities;
    if (this.#asked?.features !== features) this.#asked = { features, leads: this.#ask(limitMs, steps) };
    return this.#asked.leads.then(() => void (this.#led = this.#asked?.features));
  }

  async #ask(limitMs: number, steps: number): Promise<void> {
    const { serverVersion } = await this.capabilities;
    assertVersion(serverVersion, this.address);
    try {
      await allOf(this.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1, requiresLeader: true }), limitMs);
    } catch (error) {
      if (!(error instanceof NotLeaderError) || steps <= 1) throw error;
      // The client turns to the node that was named, a moment after it has told us.
      this.#node = error.leader;
      await nextTurn();
      await this.#connected(limitMs, steps - 1);
    }
  }

  /** Ends its calls and its connection. `dispose` leaves the connection open. May never settle. */
  async end(): Promise<void> {
    this.#over.abort(new Error('the node does not lead the cluster any more'));
    await this.dispose();
    await this.execute(ChannelHolder as never, 'ending', async (holder) => (holder as unknown as ChannelHolder).channel.close());
  }
}

function membersIn(info: ClusterInfo): MembersSeen {
  const members = info.getMembersList().flatMap((member) => {
    const at = member.getHttpEndPoint();
    const leads = member.getIsAlive() && member.getState() === gossip.MemberInfo.VNodeState.LEADER;
    return at ? [{ node: { address: at.getAddress(), port: at.getPort() }, leads }] : [];
  });
  return { nodes: members.map(({ node }) => node), leader: members.find(({ leads }) => leads)?.node };
}

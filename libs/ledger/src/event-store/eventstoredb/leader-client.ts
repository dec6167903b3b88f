import { BACKWARDS, END, EventStoreDBClient, NotLeaderError, type AllStreamSubscription } from '@eventstore/db-client';
import streamsGrpc, { type IStreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type BatchAppendReq, type ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { type CallOptions, type Client, type Metadata } from '@grpc/grpc-js';
import { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { allOf } from './bounded-read.js';
import { type ClusterAddress } from './cluster-address.js';
import { assertVersion } from './cluster-failure.js';

type SubscribeToAllOptions = Parameters<EventStoreDBClient['subscribeToAll']>[0];

/** From node to node in search of the leader: more steps than an election of three nodes can cause. */
const stepsMax = 5;

/** As the server calls it. */
const batchAppend = { path: '/event_store.client.streams.Streams/BatchAppend' };

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

  /**
   * @param attempt of how many hosts have been tried before: the hosts take turns. gRPC shares connections, and the
   * growing pause between attempts to make one, among channels of equal settings; settings that differ let a client
   * try at once.
   */
  constructor(
    private readonly address: ClusterAddress,
    attempt: number,
    generation: number,
  ) {
    const { hosts, keepAlive, security, credentials, connectionName } = address;
    const settings = {
      endpoint: hosts[attempt % hosts.length] ?? hosts[0],
      keepAliveInterval: keepAlive.intervalMs + (generation % 1000),
      keepAliveTimeout: keepAlive.timeoutMs,
      ...(connectionName !== undefined && { connectionName }),
    };
    super(settings, security, credentials);
    const create = this.GRPCStreamCreator;
    this.GRPCStreamCreator = (client, name, open, cache) => create(client, name, async (grpc) => sayingJson(await open(grpc)), cache);
  }

  /**
   * As `subscribeToAll`, but each event is what `decode` makes of the answer that carries it, or the error that it throws.
   * Left to itself the client makes many objects of an event and parses its JSON: more than half of what the feed takes.
   * @param decode undefined for an answer that carries no event
   */
  subscribeDecoded(options: SubscribeToAllOptions, decode: (answer: Buffer) => unknown): AllStreamSubscription {
    const create = this.GRPCStreamCreator;
    const creator: typeof create = (client, name, open, cache) =>
      create(client, name, (grpc) => open(decoding(grpc as never, decode) as never), cache);
    const decoded = Object.create(this, { GRPCStreamCreator: { value: creator } }) as EventStoreDBClient;
    const subscription = decoded.subscribeToAll(options);
    // What turns an answer into an event is a property of the subscription, not documented.
    const converting = subscription as unknown as { convertGrpcEvent: (decoded: unknown) => unknown };
    if (typeof converting.convertGrpcEvent !== 'function') throw new TypeError('This version of the client converts events in another place.');
    converting.convertGrpcEvent = (event) => event;
    return subscription;
  }

  /**
   * Whether events may be appended as bytes and are stored as JSON all the same. The client would write JSON itself, for
   * which it must be parsed before, and turn it into base64 and twice back: most of what an append costs.
   */
  async takesBytes(): Promise<boolean> {
    return (await this.capabilities).supports(batchAppend as never);
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
    return this.#asked.leads;
  }

  async #ask(limitMs: number, steps: number): Promise<void> {
    const { serverVersion } = await this.capabilities;
    assertVersion(serverVersion, this.address);
    try {
      await allOf(this.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1, requiresLeader: true }), limitMs);
    } catch (error) {
      if (!(error instanceof NotLeaderError) || steps <= 1) throw error;
      // The client turns to the node that was named, a moment after it has told us.
      await nextTurn();
      await this.#connected(limitMs, steps - 1);
    }
  }

  /** Ends its calls and its connection. `dispose` leaves the connection open. May never settle. */
  async end(): Promise<void> {
    await this.dispose();
    await this.execute(ChannelHolder as never, 'ending', async (holder) => (holder as unknown as ChannelHolder).channel.close());
  }
}

/** Reads with a decoder of its own for what carries an event; the rest is as it is published. */
function decoding(grpc: Client, decode: (answer: Buffer) => unknown): Pick<IStreamsClient, 'read'> {
  const { path, requestSerialize, responseDeserialize } = streamsGrpc.StreamsService.read;
  const deserialize = (answer: Buffer): unknown => {
    const event = decodedOrError(answer, decode);
    return event === undefined ? responseDeserialize(answer) : { hasEvent: () => true, getEvent: () => event };
  };
  const read = (request: ReadReq, metadata: Metadata, options: CallOptions): unknown =>
    grpc.makeServerStreamRequest(path, requestSerialize, deserialize, request, metadata, options);
  return { read: read as IStreamsClient['read'] };
}

/** What is thrown where the client decodes would end the call as one that the server has garbled. */
function decodedOrError(answer: Buffer, decode: (answer: Buffer) => unknown): unknown {
  try {
    return decode(answer);
  } catch (error) {
    return error;
  }
}

/** Writes appends of bytes as appends of JSON, for that is what all bytes of ours are. Other calls stay as they are. */
function sayingJson<Stream>(stream: Stream): Stream {
  if (!(stream instanceof Duplex)) return stream;
  const write = stream.write.bind(stream) as (message: Partial<BatchAppendReq>) => boolean;
  stream.write = (message: Partial<BatchAppendReq>) => {
    for (const event of message.getProposedMessagesList?.() ?? []) event.getMetadataMap().set('content-type', 'application/json');
    return write(message);
  };
  return stream;
}

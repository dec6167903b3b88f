import type { Tls } from './tls.js';
import { createServer, type AddressInfo, type Server as SocketServer, type Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { serveAppend, type UnaryAppendCall } from './append-call.js';
import { serveBatchAppend, type BatchCall } from './batch-append-call.js';
import { serveFeatures, serveGossip, type Member } from './cluster-calls.js';
import { serveDelete } from './delete-call.js';
import { type ReadCall } from './frame-writer.js';
import { featuresService, gossipService, streamsService, type AppendAnswer, type DeleteAnswer, type DeleteReq } from './protocol.js';
import { serveRead } from './read-call.js';
import { type Call, type ServingNode } from './serving-node.js';
import { mutedWhile } from './muting.js';
import { writesAhead } from './writing-ahead.js';

const host = '127.0.0.1';
/** Batches come in chunks of 3 MiB, events go up to 16 MiB. */
const messageBytesMax = 17 * 1024 * 1024;

/** One endpoint: a port of this machine, the connections to it and the services behind it. */
export class ClusterNode {
  readonly id = randomUUID();
  readonly #sockets = new Map<string, Socket>();
  #port: number;
  #listener: SocketServer | undefined;
  #server: Server | undefined;
  /** Connections are accepted and never served. */
  #isDeaf = false;

  constructor(
    private readonly serving: Omit<ServingNode, 'cut'>,
    private readonly members: () => readonly Member[],
    private readonly tls: Tls | undefined,
    port: number,
  ) {
    this.#port = port;
  }

  get port(): number {
    return this.#port;
  }

  get isUp(): boolean {
    return this.#listener !== undefined;
  }

  /** Listens, on the same port as before if it did so before. */
  async start(): Promise<void> {
    if (this.#listener !== undefined) return;
    const limits = { 'grpc.max_receive_message_length': messageBytesMax, 'grpc.max_send_message_length': messageBytesMax };
    const server = new Server({ ...limits, interceptors: [writesAhead, mutedWhile(() => this.serving.standing() === 'mute')] });
    this.#addServices(server);
    const injector = server.createConnectionInjector(credentialsOf(this.tls));
    const listener = createServer((socket) => {
      const peer = `${socket.remoteAddress}:${socket.remotePort}`;
      this.#sockets.set(peer, socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(peer));
      socket.setNoDelay(true);
      if (!this.#isDeaf) injector.injectConnection(socket);
    });
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(this.#port, host, resolve);
    });
    this.#port = (listener.address() as AddressInfo).port;
    this.#listener = listener;
    this.#server = server;
  }

  /** Stops listening and cuts every connection, as if the process had been killed. */
  async stop(): Promise<void> {
    const listener = this.#listener;
    if (listener === undefined) return;
    this.#listener = undefined;
    const closed = new Promise((resolve) => listener.close(resolve));
    this.cutAll();
    this.#server?.forceShutdown();
    await closed;
  }

  /** Whether it serves those who connect from now on. All connections that there are are cut. */
  hear(isHearing: boolean): void {
    this.#isDeaf = !isHearing;
    this.cutAll();
  }

  cutAll(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }

  #addServices(server: Server): void {
    const node: ServingNode = {
      ...this.serving,
      cut: (call) => this.#sockets.get(call.getPeer())?.destroy(),
    };
    type Delete = ServerUnaryCall<DeleteReq, DeleteAnswer>;
    type Reply = sendUnaryData<DeleteAnswer>;
    server.addService(streamsService, {
      read: (call: ReadCall) => serveRead(node, call),
      append: (call: UnaryAppendCall, reply: sendUnaryData<AppendAnswer>) => serveAppend(node, call, reply),
      batchAppend: (call: BatchCall) => serveBatchAppend(node, call),
      delete: (call: Delete, reply: Reply) => serveDelete(node, call, reply, false),
      tombstone: (call: Delete, reply: Reply) => serveDelete(node, call, reply, true),
    });
    server.addService(gossipService, {
      read: (call: Call, reply: Parameters<typeof serveGossip>[3]) => serveGossip(node, this.members, call, reply),
    });
    server.addService(featuresService, {
      getSupportedMethods: (call: Call, reply: Parameters<typeof serveFeatures>[2]) => serveFeatures(node, call, reply),
    });
  }
}

function credentialsOf(tls: Tls | undefined): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  return ServerCredentials.createSsl(null, [{ cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) }]);
}

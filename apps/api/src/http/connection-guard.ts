import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Connection } from './connection.js';

export interface ConnectionLimits {
  /** Milliseconds that a reader may take nothing of what waits for it. */
  readonly stalledMsMax: number;
  /** Milliseconds that a client may send nothing of a body that it has begun. */
  readonly uploadStalledMsMax: number;
  /** Bytes that may wait on all connections together. */
  readonly allWaitingBytesMax: number;
  /** Milliseconds that a refused client has to close its side. */
  readonly lingerMs: number;
}

export const connectionLimits: ConnectionLimits = {
  stalledMsMax: 30_000,
  uploadStalledMsMax: 10_000,
  allWaitingBytesMax: 64 * 1024 * 1024,
  lingerMs: 5_000,
};

/** How often `sweep` is to be called. */
export const sweepEveryMs = 1_000;

/**
 * Knows all connections: which requests on them have no answer yet, how many bytes wait for each reader, and when it last
 * took some. Ends those that keep the server from forgetting what it has answered.
 */
export class ConnectionGuard {
  readonly #connections = new Map<Socket, Connection>();

  constructor(
    private readonly limits: ConnectionLimits = connectionLimits,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** To be called when node:http has taken the connection. */
  add(socket: Socket): void {
    this.#connections.set(socket, new Connection(socket, this.limits.lingerMs, this.nowMs));
    socket.on('close', () => this.#connections.delete(socket));
  }

  /** Answers the request by `listener` when those before it on its connection are answered. */
  take(request: IncomingMessage, response: ServerResponse, listener: RequestListener): void {
    const connection = this.#connections.get(request.socket);
    if (connection === undefined) request.socket.destroy();
    else connection.take({ request, response, listener });
  }

  /** Sends `answer`, a whole HTTP response, behind those of the requests before, and closes the connection. */
  refuse(socket: Socket, answer: string): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) socket.destroy();
    else connection.refuse(answer);
  }

  /** Bytes that wait for readers on all connections together. */
  get waitingBytes(): number {
    let bytes = 0;
    for (const connection of this.#connections.values()) bytes += connection.waitingBytes;
    return bytes;
  }

  /**
   * Ends readers that took nothing for too long, clients that do not go on with a body, and refused clients that do not close. Where too much waits in all, it
   * also ends those that took nothing since the last sweep, the longest stalled first.
   */
  sweep(): void {
    const nowMs = this.nowMs();
    const stalled: { readonly socket: Socket; readonly bytes: number; readonly ms: number }[] = [];
    let bytesInAll = 0;
    for (const connection of this.#connections.values()) {
      const { socket, waitingBytes: bytes } = connection;
      const ms = connection.stalledMs(nowMs);
      const hasStalled = ms >= this.limits.stalledMsMax || connection.uploadStalledMs(nowMs) >= this.limits.uploadStalledMsMax;
      if (hasStalled || connection.isOverdue(nowMs)) {
        socket.destroy();
        continue;
      }
      bytesInAll += bytes;
      if (ms > 0) stalled.push({ socket, bytes, ms });
    }
    stalled.sort((one, other) => other.ms - one.ms);
    for (const { socket, bytes } of stalled) {
      if (bytesInAll <= this.limits.allWaitingBytesMax) return;
      socket.destroy();
      bytesInAll -= bytes;
    }
  }
}

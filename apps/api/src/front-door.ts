import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { problemBody } from '#wire';
import { answerRaw, problemOnSocket } from './http/answer.js';
import { ConnectionGuard, sweepEveryMs } from './http/connection-guard.js';
import { hasHost } from './http/request-headers.js';

const drainMsMax = 10_000;

/**
 * The server's socket: open from the first moment, so that a start that takes long (views being rebuilt) can be
 * watched, and in charge of closing without losing an answer.
 */
export class FrontDoor {
  readonly server: Server;
  #listener: RequestListener = starting;
  readonly #sweeping: NodeJS.Timeout;

  constructor(private readonly guard = new ConnectionGuard()) {
    this.server = createServer(
      {
        keepAliveTimeout: 72_000,
        headersTimeout: 15_000,
        requestTimeout: 60_000,
        connectionsCheckingInterval: 5_000,
        noDelay: true,
        // Answered here, as a problem document.
        requireHostHeader: false,
      },
      (request, response) => guard.take(request, response, flawOf(request) === undefined ? this.#answer : refuseFlawed),
    );
    this.server.on('connection', (socket) => guard.add(socket));
    this.server.on('clientError', (error, socket) => this.#refuseUnreadable(error, socket as Socket));
    this.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
      guard.take(request, response, refuseExpectation);
    });
    this.#sweeping = setInterval(() => guard.sweep(), sweepEveryMs).unref();
  }

  /** By the listener that is in charge when the turn of the request comes. */
  readonly #answer: RequestListener = (request, response) => this.#listener(request, response);

  /** @returns the URL. Rejects with the error of the socket: `EADDRINUSE`, `EACCES`, ... */
  listen(host: string, port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        const { port: actual } = this.server.address() as AddressInfo;
        resolve(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
      });
    });
  }

  open(listener: RequestListener): void {
    this.#listener = listener;
  }

  /** Takes no new requests, and resolves when those under way are answered, at most ten seconds later. */
  close(): Promise<void> {
    this.#listener = stopping;
    return new Promise((resolve) => {
      const idle = setInterval(() => this.server.closeIdleConnections(), 20);
      const late = setTimeout(() => this.server.closeAllConnections(), drainMsMax);
      this.server.close(() => {
        clearInterval(idle);
        clearTimeout(late);
        clearInterval(this.#sweeping);
        resolve();
      });
      this.server.closeIdleConnections();
    });
  }

  /** Answers bytes that are no HTTP request with a problem, unless the socket is closed. */
  #refuseUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
    if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) socket.destroy();
    else this.guard.refuse(socket, answerTo(error.code));
  }
}

const starting: RequestListener = (request, response) => {
  if (request.url === '/livez') {
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end('{"status":"alive"}');
    return;
  }
  answerRaw(response, problemBody('not-ready', 'The ledger is starting.'), ['Retry-After', '1']);
};

const stopping: RequestListener = (_request, response) => {
  answerRaw(response, problemBody('not-ready', 'The ledger is stopping.'), ['Retry-After', '1']);
};

const refuseExpectation: RequestListener = (_request, response) => {
  answerRaw(response, problemBody('expectation-failed', 'Only Expect: 100-continue is understood.'));
};

const refuseFlawed: RequestListener = (request, response) => {
  answerRaw(response, problemBody('malformed-request', flawOf(request) ?? ''));
};

/** What keeps a request that can be parsed from being one of HTTP/1; undefined if nothing does. */
function flawOf({ httpVersion, headers }: IncomingMessage): string | undefined {
  if (httpVersion === '1.1') return hasHost(headers) ? undefined : 'The header Host is missing: send one.';
  return httpVersion === '1.0' ? undefined : `HTTP/${httpVersion} is not spoken here: send HTTP/1.1.`;
}

function answerTo(code: string | undefined): string {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return problemOnSocket('headers-too-large', 'The headers are larger than 16 kB.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problemOnSocket('request-timeout', 'The request did not arrive in time.');
    default:
      return problemOnSocket('malformed-request', 'What was sent is not an HTTP/1.1 request.');
  }
}

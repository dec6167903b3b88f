import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { keptBytes } from './paced.js';
import { RequestParts } from './request-parts.js';

interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly listener: RequestListener;
}

/**
 * One connection. Its requests are answered one after the other: what a client sends behind a request (pipelining) is
 * neither read nor parsed until that request is answered, so an answer that is not read holds up all further ones.
 */
export class Connection {
  readonly #parts = new RequestParts();
  /** Requests without an answer, the first of them under way. More than one only behind the end of a chunked body. */
  readonly #turns: Turn[] = [];
  #isHeld = false;
  #refusal: string | undefined;
  #endsAtMs = Infinity;
  #takenBytes = 0;
  #progressAtMs: number;
  #sentBytes = 0;
  #sentAtMs: number;

  /** @param socket a connection that node:http listens to already */
  constructor(
    readonly socket: Socket,
    private readonly lingerMs: number,
    private readonly nowMs: () => number,
  ) {
    this.#progressAtMs = nowMs();
    this.#sentAtMs = this.#progressAtMs;
    const [parse] = socket.listeners('data') as ((bytes: Buffer) => void)[];
    if (parse === undefined) throw new Error('This version of Node.js reads connections in another way: use one that package.json names.');
    socket.off('data', parse);
    socket.on('data', (bytes: Buffer) => this.#read(bytes, parse));
  }


  take(turn: Turn): void {
    this.#parts.began(turn.request);
    this.#turns.push(turn);
    turn.response.once('close', () => this.#answered(turn));
    if (this.#turns.length === 1) turn.listener(turn.request, turn.response);
  }

  /**
   * Refuses bytes that are no HTTP request. Requests that came whole get their answers first, then `answer` is sent and the
   * connection is closed, by force if the client does not close its side in time.
   */
  refuse(answer: string): void {
    if (this.#refusal !== undefined) return;
    this.#refusal = answer;
    const last = this.#turns.at(-1);
    if (last?.request.complete === false) {
      if (last.response.headersSent) this.#endsAtMs = this.nowMs() + this.lingerMs;
      else this.#turns.pop();
    }
    if (this.#turns.length === 0) this.#end(answer);
  }

  /** Bytes that wait to be taken by the reader. */
  get waitingBytes(): number {
    const [under] = this.#turns;
    return this.socket.writableLength + (under === undefined ? 0 : keptBytes(under.response));
  }

  /** Milliseconds since the reader took something, as far as one look after the other can tell; 0 where nothing waits. */
  stalledMs(nowMs: number): number {
    const takenBytes = this.socket.bytesWritten - this.socket.writableLength;
    if (takenBytes !== this.#takenBytes || this.waitingBytes === 0) {
      this.#takenBytes = takenBytes;
      this.#progressAtMs = nowMs;
    }
    return nowMs - this.#progressAtMs;
  }

  /** Milliseconds since the client sent some of a body that is not whole yet, as far as one look after the other can tell; 0 where there is none. */
  uploadStalledMs(nowMs: number): number {
    const { bytesRead } = this.socket;
    const isAwaited = this.#turns.at(-1)?.request.complete === false && !this.socket.isPaused();
    if (bytesRead !== this.#sentBytes || !isAwaited) {
      this.#sentBytes = bytesRead;
      this.#sentAtMs = nowMs;
    }
    return nowMs - this.#sentAtMs;
  }

  /** Whether it was refused, and had its time to close. */
  isOverdue(nowMs: number): boolean {
    return nowMs >= this.#endsAtMs;
  }

  #read(bytes: Buffer, parse: (bytes: Buffer) => void): void {
    for (let start = 0; start < bytes.length && !this.socket.destroyed; ) {
      if (this.#turns.length > 0 && !this.#parts.areBody) {
        this.#isHeld = true;
        this.socket.pause();
      }
      if (this.socket.isPaused()) {
        this.socket.unshift(bytes.subarray(start));
        return;
      }
      const end = this.#parts.endOfNext(bytes, start);
      parse(end - start === bytes.length ? bytes : bytes.subarray(start, end));
      start = end;
    }
  }

  #answered(turn: Turn): void {
    if (this.#turns[0] !== turn) return;
    this.#turns.shift();
    if (!this.socket.writable) {
      // Closed, or about to be: what came behind is not answered, so it is not decided either.
      this.#turns.length = 0;
      return;
    }
    const [next] = this.#turns;
    if (next !== undefined) next.listener(next.request, next.response);
    else if (this.#refusal !== undefined) this.#end(this.#refusal);
    else if (this.#isHeld) this.#goOn();
  }

  #goOn(): void {
    this.#isHeld = false;
    this.socket.resume();
  }

  #end(answer: string): void {
    this.#endsAtMs = this.nowMs() + this.lingerMs;
    if (this.socket.writable) this.socket.end(answer);
    // Reads on, so that the client gets the answer: closing with unread bytes would reset the connection.
    this.#goOn();
  }
}

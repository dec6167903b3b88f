import type { ServerResponse } from 'node:http';
import type { Position } from '#ledger';
import type { ChangeFeed } from './change-feed.js';
import { eventText, type Message } from './message.js';

const heartbeatMs = 15_000;
/** Bytes that may wait for a slow client. */
const waitingBytesMax = 1_048_576;

export interface StreamFilter {
  readonly country: string | undefined;
  readonly types: ReadonlySet<Message['type']>;
}

/**
 * One client of the stream. It is never sent more than it reads: past a bound nothing is added until it has caught up,
 * then it gets what it missed, or `resync` if that is too much. A client that reads nothing is dropped by the connection
 * guard; it comes back with the last id it has seen.
 */
export class StreamClient {
  readonly #heartbeat: NodeJS.Timeout;
  readonly #unsubscribe: () => void;
  /** Everything up to here has been written. */
  #position: Position;
  #catchingUp = false;
  #isBehind = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly feed: ChangeFeed,
    private readonly filter: StreamFilter,
    lastEventId: Position | undefined,
  ) {
    this.#position = feed.position;
    this.#unsubscribe = feed.subscribe((messages) => this.#send(messages));
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    response.on('drain', () => void this.#drained());
    response.on('close', () => this.close());
    response.write(`retry: 3000\nid: ${lastEventId ?? this.#position}\n\n`);
    if (lastEventId !== undefined) {
      this.#position = lastEventId;
      void this.#catchUp();
    }
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#unsubscribe();
    this.response.end();
  }

  #send(messages: readonly Message[]): void {
    if (this.#catchingUp || this.#isBehind) return;
    this.#write(messages);
    this.#position = this.feed.position;
  }

  async #catchUp(): Promise<void> {
    this.#catchingUp = true;
    try {
      // The feed may move on while the past is looked up; what it tells meanwhile is looked up in turn.
      do {
        const until = this.feed.position;
        const missed = await this.feed.since(this.#position, () => this.response.destroyed);
        if (this.response.destroyed) return;
        if (missed === undefined) this.response.write(eventText('resync', until, { position: String(until) }));
        else this.#write(missed.filter(({ position }) => position <= until));
        this.#position = until;
      } while (this.#position < this.feed.position && !this.#isBehind);
    } catch {
      // The client comes back and is served from its last id.
      this.response.destroy();
    } finally {
      this.#catchingUp = false;
    }
  }

  #write(messages: readonly Message[]): void {
    const { country, types } = this.filter;
    let text = '';
    for (const message of messages) {
      const isAsked = types.has(message.type) && (country === undefined || message.country === country);
      if (isAsked || message.type === 'head') text += message.text;
    }
    if (text === '') return;
    this.response.write(text);
    if (this.response.writableLength > waitingBytesMax) this.#isBehind = true;
  }

  async #drained(): Promise<void> {
    if (!this.#isBehind) return;
    this.#isBehind = false;
    if (!this.#catchingUp) await this.#catchUp();
  }

  #beat(): void {
    if (!this.#isBehind) this.response.write(': still here\n\n');
  }
}

import type { ServerResponse } from 'node:http';
import { Problem } from '../http/problem.js';
import type { ChangeFeed } from './change-feed.js';
import { StreamClient, type StreamFilter } from './stream-client.js';

/** Who listens to the stream. */
export class StreamClients {
  readonly #clients = new Set<StreamClient>();

  constructor(private readonly clientsMax: number) {}

  get size(): number {
    return this.#clients.size;
  }

  /** @throws Problem (503) */
  refuseTooMany(): void {
    if (this.#clients.size < this.clientsMax) return;
    throw new Problem('busy', `The stream has ${this.clientsMax} clients already.`, {}, { 'Retry-After': '10' });
  }

  add(response: ServerResponse, feed: ChangeFeed, filter: StreamFilter, lastEventId: number | undefined): void {
    const client = new StreamClient(response, feed, filter, lastEventId);
    this.#clients.add(client);
    response.on('close', () => this.#clients.delete(client));
  }

  closeAll(): void {
    for (const client of this.#clients) client.close();
  }
}

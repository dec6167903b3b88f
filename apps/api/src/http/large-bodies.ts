import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from './problem.js';
import { declaredBytes } from './request-headers.js';

/** Bytes of large bodies that are read and worked on at once: each is in memory until it is answered. */
const bytesMax = 32 * 1024 * 1024;

/** Counts the large bodies that are being taken in or worked on, and refuses more than fit into memory. */
export class LargeBodies {
  #bytes = 0;

  /**
   * Counts the body of the request until it is answered.
   * @param limit bytes that a body of its operation may have
   * @throws Problem (503) if there are too many already
   */
  take(request: IncomingMessage, response: ServerResponse, limit: number): void {
    const bytes = Math.min(declaredBytes(request) ?? limit, limit);
    if (this.#bytes + bytes > bytesMax) {
      const detail = `${Math.round(this.#bytes / 1024 / 1024)} MiB of large bodies are being worked on: send this one again in a second.`;
      throw new Problem('busy', detail, {}, { 'Retry-After': '1', Connection: 'close' });
    }
    this.#bytes += bytes;
    response.once('close', () => (this.#bytes -= bytes));
  }
}

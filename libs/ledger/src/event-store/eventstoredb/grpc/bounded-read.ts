import { StreamNotFoundError, type StreamingRead } from '@eventstore/db-client';
import { TimeLimitReached } from '../connection/time-limit.js';

/**
 * All that a read gives; nothing for a stream that does not exist. Its call is always ended: the client leaves calls
 * open that nobody reads to their end, and gives them no time limit.
 * @throws TimeLimitReached, errors of the client
 */
export function allOf<Event>(read: StreamingRead<Event>, limitMs: number): Promise<Event[]> {
  return new Promise((resolve, reject) => {
    const events: Event[] = [];
    const cancel = (settle: () => void): void => {
      clearTimeout(timer);
      read.cancel().catch(() => undefined);
      settle();
    };
    const timer = setTimeout(() => cancel(() => reject(new TimeLimitReached(limitMs))), limitMs);
    read.on('data', (event) => events.push(event));
    read.on('end', () => {
      clearTimeout(timer);
      resolve(events);
    });
    // It stays: an error that comes after the time limit must find a listener.
    read.on('error', (error) => cancel(() => (error instanceof StreamNotFoundError ? resolve([]) : reject(error))));
  });
}

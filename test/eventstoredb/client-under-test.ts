import client from '@eventstore/db-client';
import { type AllStreamResolvedEvent, type EventStoreDBClient as Client, type EventData } from '@eventstore/db-client';

export const { EventStoreDBClient, jsonEvent, binaryEvent, streamNameFilter, eventTypeFilter, excludeSystemEvents } = client;
export const { ANY, NO_STREAM, STREAM_EXISTS, START, END, FORWARDS, BACKWARDS } = client;
export type { Client };

/** A client that gives up soon, as those of a suite have to. */
export function connect(url: string, settings = ''): Client {
  return EventStoreDBClient.connectionString(`${url}${settings}`);
}

/** An event whose id is told apart from all others by its number. */
export function event(index: number, type = 'reserved'): EventData {
  return jsonEvent({ id: idOf(index), type, data: { index } });
}

export function events(from: number, count: number): EventData[] {
  return Array.from({ length: count }, (_, index) => event(from + index));
}

export function idOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/** Everything of a read, however it was asked for. */
export async function all<Event>(read: AsyncIterable<Event>): Promise<Event[]> {
  const found: Event[] = [];
  for await (const one of read) found.push(one);
  return found;
}

/** `stream/revision` of an event of $all. */
export function nameOf({ event }: AllStreamResolvedEvent): string {
  return event === undefined ? '' : `${event.streamId}/${event.revision}`;
}

/** Resolves when a condition holds; the suite's own limit of time ends a vain wait. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** What a promise was refused with. */
export async function refusalOf(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  const result = await promise.then(
    (value) => ({ resolvedWith: value }),
    (error: unknown) => error,
  );
  return result as Record<string, unknown>;
}

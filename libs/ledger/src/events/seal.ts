import { hash, randomFillSync } from 'node:crypto';
import type { NewEvent, Revision } from './stored-event.js';
import { encodeEvent } from './codec.js';
import type { LedgerEvent } from './ledger-event.js';
import { uuidV5 } from './uuid-v5.js';

/** Namespace of the ids of events. */
const eventNamespace = '3f0c4f0e-6f0a-5d7e-9d53-2f7d3b1f6c11';

type WithoutSeal<Event> = Event extends LedgerEvent ? Omit<Event, 'nonce' | 'prev'> : never;

/** An event as decided: without the nonce and the hash of its predecessor. */
export type Draft<Event extends LedgerEvent = LedgerEvent> = WithoutSeal<Event>;

/** An event in its place: sealed to its predecessor, with the id that names its content. */
export interface SealedEvent<Event extends LedgerEvent = LedgerEvent> extends NewEvent {
  readonly event: Event;
  readonly revision: Revision;
  /** SHA-256 (base64url) of its bytes: its successor's `prev`. */
  readonly digest: string;
}

/** Where a stream ends: what the next event is sealed to. */
export interface StreamEnd {
  readonly revision: Revision;
  /** SHA-256 (base64url) of the last event's bytes, `''` for an empty stream. */
  readonly digest: string;
}

export const emptyStream: StreamEnd = { revision: -1, digest: '' };

/** Puts an event behind the end of a stream. The draft itself is completed and must not be used again: copies cost. */
export function seal<Event extends LedgerEvent>(stream: string, end: StreamEnd, draft: Draft<Event>): SealedEvent<Event> {
  const event = Object.assign(draft, { nonce: nonce(), prev: end.digest }) as unknown as Event;
  const json = encodeEvent(event);
  const digest = digestOf(json);
  const revision = end.revision + 1;
  return { id: eventId(stream, revision, digest), type: event.type, json, event, revision, digest };
}

/** SHA-256 (base64url) of an event's bytes, which are given as they are or as the text that they are in UTF-8. */
export function digestOf(json: string | Buffer): string {
  return hash('sha256', json, 'base64url');
}

/** Equal ids mean equal content: UUIDv5 of stream, revision and SHA-256 of the bytes. */
export function eventId(stream: string, revision: Revision, digest: string): string {
  return uuidV5(eventNamespace, `${stream}@${revision}:${digest}`);
}

const pool = Buffer.alloc(4096);
let poolUsed = pool.length;

function nonce(): string {
  if (poolUsed === pool.length) {
    randomFillSync(pool);
    poolUsed = 0;
  }
  const text = pool.toString('base64url', poolUsed, poolUsed + 16);
  poolUsed += 16;
  return text;
}

import type { StoredEvent } from '../../../events/stored-event.js';
import { assertOurs, canonicalText, isNamed } from './recorded-event.js';
import { wireEventIn, type WireEvent } from './wire-event.js';

/** An event as the feed brings it; its type is in its JSON. */
export type FedEvent = Omit<StoredEvent, 'type'> & {
  /** Of the two numbers of a place in the log the one that is not the position. */
  readonly prepare: string;
};

/**
 * The event in an answer to the feed, as it is stored; undefined if it is another answer.
 * @param prefix of the names of our streams in the cluster
 * @throws ForeignEvent for what the ledger cannot have written, RangeError for what is no message
 */
export function fedEventIn(answer: Buffer, prefix: string): FedEvent | undefined {
  const wire = wireEventIn(answer);
  return wire && fedEventOf(wire, prefix);
}

/** @throws ForeignEvent for what the ledger cannot have written */
export function fedEventOf(wire: WireEvent, prefix: string): FedEvent {
  const { id, name, revision, data, commit, prepare } = wire;
  const stream = name.slice(prefix.length);
  const place = { id, stream, revision };
  const stored = data.toString('utf8');
  // The id of an event of ours names its content: with it, nothing else need be looked at.
  const json = isNamed(data, place) ? stored : assertOurs(canonicalText(stored, place), { id, name, type: wire.header('type') });
  // Named one by one: members behind a spread get V8 to make a new shape for each event, which nothing is compiled for.
  return { id, stream, revision, json, position: commit, prepare: String(prepare) };
}

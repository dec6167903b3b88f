import type { CompiledRulebook } from '#rulebook';
import type { EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import { decodeEvent } from '../events/codec.js';
import type { RulebookAdopted } from '../events/ledger-event.js';
import { digestOf, emptyStream, seal, type SealedEvent, type StreamEnd } from '../events/seal.js';
import type { Issued } from '../line/line-command.js';
import { answersById } from '../line/recording.js';
import { rulebookStream } from '../line/streams.js';

/** The newest adoption in the log: its rulebook is in force. */
export interface LastAdoption {
  readonly event: RulebookAdopted;
  readonly position: Position;
  readonly end: StreamEnd;
}

/** Undefined in an empty log. */
export async function lastAdoption(store: EventStore): Promise<LastAdoption | undefined> {
  const [last] = await store.readStream(rulebookStream, { limit: 1, backwards: true });
  if (last === undefined) return undefined;
  const end = { revision: last.revision, digest: digestOf(last.json) };
  return { event: decodeEvent(last.json) as RulebookAdopted, position: last.position, end };
}

/**
 * The event that puts a rulebook in force, after the last one. It carries the whole document, so that the log explains
 * itself. Its time is never before that of the last one.
 * @param issued by an order, or by the start on an empty log, which answers no command
 */
export function sealAdoption(
  last: LastAdoption | undefined,
  { hash, document }: CompiledRulebook,
  { at, principal, identity }: Pick<Issued, 'at' | 'principal' | 'identity'>,
): SealedEvent<RulebookAdopted> {
  const recordedAtMs = Math.max(at, last === undefined ? 0 : Date.parse(last.event.recordedAt));
  return seal<RulebookAdopted>(rulebookStream, last?.end ?? emptyStream, {
    type: 'RulebookAdopted',
    v: 1,
    recordedAt: new Date(recordedAtMs).toISOString(),
    principal,
    hash,
    document,
    ...(identity && answersById({ identity })),
  });
}

import type { CompiledRulebook } from '#rulebook';
import type { EventStore, Position } from '../event-store/event-store.js';
import { decodeEvent } from '../events/codec.js';
import type { RulebookAdopted } from '../events/ledger-event.js';
import { digestOf, emptyStream, seal, type StreamEnd } from '../events/seal.js';
import { rulebookStream } from '../line/streams.js';
import { appendDurably } from './append-durably.js';
import type { Clock } from './clock.js';

/** The rulebook that was adopted last, by its hash, and where that stands; undefined in an empty log. */
export async function rulebookInForce(store: EventStore): Promise<{ readonly hash: string; readonly position: Position } | undefined> {
  const [last] = await store.readStream(rulebookStream, { limit: 1, backwards: true });
  return last && { hash: (decodeEvent(last.json) as RulebookAdopted).hash, position: last.position };
}

/**
 * Records the rulebook by an event if it is not the one in force. The event carries the whole document, so that the
 * log explains itself. Resolves with the position of the event that put it in force.
 */
export async function adoptRulebook(store: EventStore, rulebook: CompiledRulebook, clock: Clock): Promise<Position> {
  for (;;) {
    const [last] = await store.readStream(rulebookStream, { limit: 1, backwards: true });
    const inForce = last && (decodeEvent(last.json) as RulebookAdopted);
    if (last && inForce?.hash === rulebook.hash) return last.position;
    const end: StreamEnd = last ? { revision: last.revision, digest: digestOf(last.json) } : emptyStream;
    const adopted = seal<RulebookAdopted>(rulebookStream, end, {
      type: 'RulebookAdopted',
      v: 1,
      recordedAt: new Date(Math.max(clock(), inForce ? Date.parse(inForce.recordedAt) : 0)).toISOString(),
      principal: 'system',
      hash: rulebook.hash,
      document: rulebook.document,
    });
    const result = await appendDurably(store, rulebookStream, end.revision, [adopted]);
    if (result.appended) return result.positions[0] as Position;
  }
}

import { loadRulebook, type CompiledRulebook } from '#rulebook';
import type { EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { RulebookReference } from '../events/recorded.js';
import type { RulebookAdopted } from '../events/rulebook-event.js';
import { rulebookStream } from '../line/streams.js';
import { appendOnce } from '../appending/append-once.js';
import type { Clock } from '../outcome/clock.js';
import { adoptionOf } from './rulebook-adoption.js';

export interface RulebookChoice {
  /** That of a file that the start names; undefined without one. */
  readonly named: CompiledRulebook | undefined;
  /** The one that this build brings along. */
  readonly builtIn: CompiledRulebook;
}

export interface RulebookInForce {
  readonly rulebook: CompiledRulebook;
  /** Of the event that put it in force. */
  readonly position: Position;
}

/** The start names a rulebook, and the log has another one in force. */
export class OtherRulebookInForce extends Error {
  override readonly name = 'OtherRulebookInForce';

  constructor(
    readonly inForce: RulebookReference,
    readonly named: RulebookReference,
  ) {
    super(`The log has ${nameOf(inForce)} in force, not ${nameOf(named)}.`);
  }
}

/**
 * The rulebook under which a process starts. An empty log adopts the one that is named, else the built-in one. Every
 * other log goes on under the one in force, whatever the build brings along: another one is adopted by order only.
 * @throws OtherRulebookInForce if one is named that is not in force
 * @throws RulebookInvalid if this build cannot follow the one in force
 */
export async function rulebookAtStart(store: EventStore, { named, builtIn }: RulebookChoice, clock: Clock): Promise<RulebookInForce> {
  const { event, position } = await appendOnce<RulebookAdopted>({
    store,
    stream: rulebookStream,
    draft: (last) => (last ? undefined : adoptionOf(named ?? builtIn, { at: clock(), principal: 'system', identity: null })),
  });
  const known = [named, builtIn].find((each) => each?.hash === event.hash);
  const rulebook = known ?? loadRulebook(event.document);
  if (named !== undefined && named.hash !== event.hash) throw new OtherRulebookInForce(rulebook.reference, named.reference);
  return { rulebook, position };
}

/** For people: id, version and hash. */
export function nameOf({ id, version, hash }: RulebookReference): string {
  return `rulebook ${id} ${version} (${hash})`;
}

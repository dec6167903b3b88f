import type { CompiledRulebook } from '#rulebook';
import type { EventStore } from '../event-store/event-store.js';
import type { RulebookAdopted } from '../events/rulebook-event.js';
import type { Draft } from '../events/seal.js';
import { newestOf, type Newest } from '../appending/append-once.js';
import type { Issued } from '../line/line-command.js';
import { answersById } from '../line/recording.js';
import { rulebookStream } from '../line/streams.js';

/** The newest adoption in the log: its rulebook is in force. Undefined in an empty log. */
export function lastAdoption(store: EventStore): Promise<Newest<RulebookAdopted> | undefined> {
  return newestOf<RulebookAdopted>(store, rulebookStream);
}

/**
 * The event that puts a rulebook in force. It carries the whole document, so that the log explains itself.
 * @param issued by an order, or by the start on an empty log, which answers no command
 */
export function adoptionOf(
  { hash, document }: CompiledRulebook,
  { at, principal, identity }: Pick<Issued, 'at' | 'principal' | 'identity'>,
): Draft<RulebookAdopted> {
  return {
    type: 'RulebookAdopted',
    v: 1,
    recordedAt: new Date(at).toISOString(),
    principal,
    hash,
    document,
    ...(identity && answersById({ identity })),
  };
}

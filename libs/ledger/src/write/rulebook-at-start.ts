import { loadRulebook, type CompiledRulebook } from '#rulebook';
import type { RulebookAdopted } from '../events/ledger-event.js';

export interface RulebookChoice {
  /** That of a file that was named; undefined without one. */
  readonly named: CompiledRulebook | undefined;
  /** The one that this build brings along. */
  readonly builtIn: CompiledRulebook;
  /** All that the log ever adopted, in order; the last one is in force. */
  readonly adopted: readonly Pick<RulebookAdopted, 'hash' | 'document'>[];
  /** Other processes may write to the same log (`EventStore.isShared`). */
  readonly isShared: boolean;
  /** Without a file: stay with the one in force. */
  readonly keep?: boolean;
}

export interface RulebookAtStart {
  readonly rulebook: CompiledRulebook;
  /** For people: why it is not the one that the build brings along. */
  readonly explanation?: string;
}

/**
 * Under which rulebook a process starts. One that is named counts. The one of the build counts, too, but on a shared log
 * it does not come back once another took its place: an old build that starts again while a new one is rolled out stays
 * with what is in force instead of taking it away from the new one.
 * @throws RulebookInvalid if the one in force is from a newer build that this one cannot follow
 */
export function rulebookAtStart({ named, builtIn, adopted, isShared, keep = false }: RulebookChoice): RulebookAtStart {
  const inForce = adopted.at(-1);
  if (named) return { rulebook: named };
  if (inForce === undefined || inForce.hash === builtIn.hash) return { rulebook: builtIn };
  const isSuperseded = isShared && adopted.some(({ hash }) => hash === builtIn.hash);
  if (!keep && !isSuperseded) return { rulebook: builtIn };
  const rulebook = loadRulebook(inForce.document);
  if (keep) return { rulebook };
  const { id, version } = builtIn.reference;
  return {
    rulebook,
    explanation:
      `The log adopted rulebook ${rulebook.reference.id} ${rulebook.reference.version} in place of ${id} ${version}, ` +
      'which this build brings along: this process decides under the one in force. Name a rulebook file to adopt another one.',
  };
}

import { rulebookAtStart, type EventStore } from '#ledger';
import type { Views } from '#projections';
import { builtInRulebook, type CompiledRulebook } from '#rulebook';
import { readRulebook } from './read-rulebook.js';

export interface RulebookSettings {
  /** Path of a rulebook file; undefined: none is named. */
  readonly rulebookFile: string | undefined;
  /** Without a rulebook file: stay with the rulebook in force in the log instead of adopting the built-in one. */
  readonly keepRulebook?: boolean;
}

/** What the settings name, read once before anything is opened: a file that cannot be used stops the start. */
export async function namedRulebook({ rulebookFile }: RulebookSettings): Promise<CompiledRulebook | undefined> {
  return rulebookFile === undefined ? undefined : readRulebook(rulebookFile);
}

/** The rulebook under which this process decides, given what the log has adopted so far. */
export function startingRulebook(
  named: CompiledRulebook | undefined,
  { keepRulebook: keep = false }: RulebookSettings,
  known: { readonly views: Views; readonly store: EventStore; readonly explain: (message: string) => void },
): CompiledRulebook {
  const { views, store, explain } = known;
  const adopted = views.rulebooks.map(({ event }) => event);
  const { rulebook, explanation } = rulebookAtStart({ named, builtIn: builtInRulebook(), adopted, isShared: store.isShared, keep });
  if (explanation !== undefined) explain(explanation);
  warnOfTwin(rulebook, views, explain);
  return rulebook;
}

/** Two documents under one id and version are told apart by their hash alone. */
function warnOfTwin({ hash, reference: { id, version } }: CompiledRulebook, views: Views, explain: (message: string) => void): void {
  const twin = views.rulebooks.find(({ event }) => {
    return event.hash !== hash && event.document.id === id && event.document.version === version;
  });
  if (twin === undefined) return;
  explain(`Rulebook ${id} ${version} was adopted before with other content (${twin.event.hash}): give it a version of its own.`);
}

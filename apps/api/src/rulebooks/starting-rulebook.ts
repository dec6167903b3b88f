import { nameOfRulebook, OtherRulebookInForce, rulebookAtStart, type EventStore, type RulebookInForce } from '#ledger';
import { builtInRulebook, RulebookInvalid, type CompiledRulebook } from '#rulebook';
import { ConfigInvalid, type Config } from '../config.js';
import { newerBuiltIn } from './newer-built-in.js';
import { readRulebook } from './read-rulebook.js';

/** What `LEDGER_RULEBOOK` names, read before anything is opened: a file that cannot be used stops the start. */
export function namedRulebook(file: string | undefined): CompiledRulebook | undefined {
  return file === undefined ? undefined : readRulebook(file);
}

/**
 * The rulebook under which this process decides: the one in force in the log. An empty log adopts one first.
 * @throws ConfigInvalid if another one is named than the one in force
 */
export async function startingRulebook(
  store: EventStore,
  start: {
    readonly named: CompiledRulebook | undefined;
    readonly settings: Pick<Config, 'rulebookFile' | 'clock'>;
    readonly explain: (message: string) => void;
  },
): Promise<RulebookInForce> {
  const { named, settings, explain } = start;
  try {
    const inForce = await rulebookAtStart(store, { named, builtIn: builtInRulebook() }, settings.clock);
    const newer = newerBuiltIn(inForce.rulebook.reference);
    if (newer !== undefined) explain(newerIsBuiltIn(inForce.rulebook, newer));
    return inForce;
  } catch (error) {
    if (error instanceof RulebookInvalid) {
      const words = 'This build cannot follow the rulebook in force in this ledger: it needs a newer build.';
      throw new Error(`${words} ${error.message}`, { cause: error });
    }
    if (error instanceof OtherRulebookInForce) throw new ConfigInvalid(adoptByOrder(error, settings.rulebookFile ?? ''));
    throw error;
  }
}

function newerIsBuiltIn({ reference }: CompiledRulebook, newer: CompiledRulebook): string {
  return (
    `This build brings along ${nameOfRulebook(newer.reference)}, a newer version of ${nameOfRulebook(reference)}, which stays in ` +
    'force. To see what it would have changed: quota rulebook show --json > new.json; quota simulate new.json. ' +
    'To put it in force: quota rulebook adopt built-in.'
  );
}

function adoptByOrder({ inForce, named }: OtherRulebookInForce, file: string): string {
  return (
    `LEDGER_RULEBOOK: ${file} is ${nameOfRulebook(named)}, but ${nameOfRulebook(inForce)} is in force in this ledger. ` +
    'To go on under the one in force, start without LEDGER_RULEBOOK. ' +
    `To put the file in force, start without it too, and give the order: quota rulebook adopt ${file} ` +
    '(with --data-dir to a ledger that no server has open).'
  );
}

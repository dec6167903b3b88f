import type { RulebookReference } from '#ledger';
import { builtInRulebook, type CompiledRulebook } from '#rulebook';

/** Versions as people count them: `2025-01-15` before `2025-01-15.2` before `2025-01-15.10`. */
const versions = new Intl.Collator('en', { numeric: true });

/** The built-in rulebook, if it is a newer version of the one in force: the same id and a later version. */
export function newerBuiltIn(inForce: RulebookReference, builtIn = builtInRulebook()): CompiledRulebook | undefined {
  const { id, version } = builtIn.reference;
  return id === inForce.id && versions.compare(version, inForce.version) > 0 ? builtIn : undefined;
}

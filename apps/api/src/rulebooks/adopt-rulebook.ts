import { StoreUnavailable, type Caller, type Ledger, type Rejected, type RulebookDecided } from '#ledger';
import type { Views } from '#projections';
import { builtInRulebook, loadRulebook, RulebookInvalid, type CompiledRulebook } from '#rulebook';
import { builtInWord, type Fault, type RulebookOrder } from '#wire';
import { invalid } from '../http/problem.js';

/** For the views to reach the adoption: they are some milliseconds behind. */
const viewsMsMax = 10_000;
/** So that an answer stays small whatever was sent. */
const errorsMax = 200;

/**
 * Puts a rulebook in force in a ledger that runs. Resolves when everything is decided under it and the caps of lines with
 * history follow it.
 * @throws Problem (400) that names every member of a document that is no rulebook
 */
export async function adoptRulebook(
  { ledger, views }: { readonly ledger: Ledger; readonly views: Views },
  { rulebook }: RulebookOrder,
  caller: Caller,
): Promise<RulebookDecided | Rejected> {
  const outcome = await ledger.rulebooks.adopt(rulebookOf(rulebook), caller);
  if (!outcome.decided || outcome.replayed) return outcome;
  await views.waitFor(outcome.position, viewsMsMax);
  try {
    await ledger.reconcileLines(views.lines.values());
  } catch (error) {
    // The adoption stands: a line whose cap cannot follow now does so with its next command, or at the next start.
    if (!(error instanceof StoreUnavailable)) throw error;
  }
  return outcome;
}

function rulebookOf(document: RulebookOrder['rulebook']): CompiledRulebook {
  if (document === builtInWord) return builtInRulebook();
  try {
    return loadRulebook(document);
  } catch (error) {
    if (!(error instanceof RulebookInvalid)) throw error;
    const [first, ...more] = error.problems.map(({ member, message }): Fault => {
      return { pointer: `/rulebook${member}`, message: `${member === '' ? 'the document' : member} ${message}` };
    });
    throw first === undefined ? error : invalid([first, ...more.slice(0, errorsMax - 1)]);
  }
}

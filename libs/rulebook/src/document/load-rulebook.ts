import { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { Rulebook } from './rulebook.js';
import { checkConsistency } from '../validation/check-consistency.js';
import { checkShape } from '../validation/check-shape.js';
import { Problems, type RulebookProblem } from '../validation/problems.js';

/** A document that is no rulebook, with everything that is wrong with it. */
export class RulebookInvalid extends Error {
  constructor(readonly problems: readonly RulebookProblem[]) {
    const shown = problems
      .slice(0, shownMax)
      .map(({ member, message }) => `  ${member === '' ? 'the document' : member} ${message}`);
    const rest = problems.length > shownMax ? [`  and ${problems.length - shownMax} more`] : [];
    super(['The rulebook cannot be used:', ...shown, ...rest].join('\n'));
    this.name = 'RulebookInvalid';
  }
}

const shownMax = 20;

/**
 * Checks a parsed rulebook file and makes it ready for use. The document must not change afterwards.
 * @throws RulebookInvalid with one problem for each member that is wrong, named by JSON pointer.
 */
export function loadRulebook(document: unknown): CompiledRulebook {
  const problems = new Problems();
  checkShape(document, problems);
  // Cross-checks compare members with each other, which needs every one to have its right form.
  if (problems.found.length === 0) checkConsistency(document as Rulebook, problems);
  if (problems.found.length > 0) throw new RulebookInvalid(problems.found);
  return new CompiledRulebook(document as Rulebook);
}

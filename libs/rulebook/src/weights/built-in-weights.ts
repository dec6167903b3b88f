import { builtInRulebook } from '../document/built-in-rulebook.js';
import type { WeightsRulebook } from './weights-rules.js';

/** The control of model weights of the built-in rulebook, 90 FR 4544, with its country groups. */
export function builtInWeights(): WeightsRulebook {
  const { weightsRulebook } = builtInRulebook();
  if (weightsRulebook === undefined) throw new Error('The built-in rulebook has the control of model weights.');
  return weightsRulebook;
}

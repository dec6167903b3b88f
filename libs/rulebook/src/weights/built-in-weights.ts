import { builtInRulebook } from '../built-in-rulebook.js';
import { usAiDiffusionWeights } from './us-ai-diffusion-weights.js';
import type { WeightsRulebook } from './weights-rules.js';

/** The control of model weights of 90 FR 4544 with the country groups of the built-in rulebook. */
export function builtInWeights(): WeightsRulebook {
  return { weights: usAiDiffusionWeights, groupOf: (country, atMs) => builtInRulebook().groupOf(country, atMs) };
}

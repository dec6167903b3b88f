import { usAiDiffusion } from '../built-in/us-ai-diffusion.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { loadRulebook } from './load-rulebook.js';

let compiled: CompiledRulebook | undefined;

/** The rulebook that holds where no file is named: the AI Diffusion Framework, 90 FR 4544. Made once. */
export function builtInRulebook(): CompiledRulebook {
  compiled ??= loadRulebook(usAiDiffusion);
  return compiled;
}

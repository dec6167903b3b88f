import { builtInRulebook, loadRulebook, RulebookInvalid, type CompiledRulebook, type WeightsRulebook } from '#rulebook';
import { UsageError } from './exit-code.js';
import { readJsonFile } from './json-file.js';

/** A rulebook is a few hundred kilobytes. */
const bytesMax = 64 * 1024 * 1024;

/**
 * The parsed JSON of a rulebook file, whatever it says; without a file the built-in rulebook.
 * @throws UsageError that names the file if it cannot be read or is not JSON.
 */
export async function readRulebookDocument(file: string | undefined): Promise<unknown> {
  return file === undefined ? builtInRulebook().document : readJsonFile(file, bytesMax);
}

/**
 * The rulebook of a file, ready for use; without a file the built-in one.
 * @throws UsageError that names the file and every member at fault.
 */
export async function readRulebook(file: string | undefined): Promise<CompiledRulebook> {
  if (file === undefined) return builtInRulebook();
  const document = await readRulebookDocument(file);
  try {
    return loadRulebook(document);
  } catch (error) {
    if (error instanceof RulebookInvalid) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

/**
 * The control of model weights of a rulebook file; without a file that of the built-in one.
 * @throws UsageError as `readRulebook`, and for a rulebook that says nothing of weights.
 */
export async function readWeightsRulebook(file: string | undefined): Promise<WeightsRulebook> {
  const { weightsRulebook } = await readRulebook(file);
  if (weightsRulebook !== undefined) return weightsRulebook;
  throw new UsageError(`${file} says nothing of model weights: it has no member "weights".`);
}

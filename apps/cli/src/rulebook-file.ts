import { readFile } from 'node:fs/promises';
import { builtInRulebook, loadRulebook, RulebookInvalid, type CompiledRulebook, type WeightsRulebook } from '#rulebook';
import { UsageError } from './exit-code.js';

/** A rulebook is a few hundred kilobytes. */
const bytesMax = 64 * 1024 * 1024;

/**
 * The parsed JSON of a rulebook file, whatever it says; without a file the built-in rulebook.
 * @throws UsageError that names the file if it cannot be read or is not JSON.
 */
export async function readRulebookDocument(file: string | undefined): Promise<unknown> {
  if (file === undefined) return builtInRulebook().document;
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${wordsOf(error)}.`);
  }
  if (bytes.length > bytesMax) throw new UsageError(`${file} is larger than ${bytesMax / 1024 / 1024} MiB: no rulebook is.`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    throw new UsageError(`${file} is not JSON in UTF-8: ${wordsOf(error)}.`);
  }
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

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

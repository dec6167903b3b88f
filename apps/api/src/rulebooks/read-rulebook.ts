import { readRegularFile } from '#ledger';
import { loadRulebook, RulebookInvalid, type CompiledRulebook } from '#rulebook';
import { JsonFault, parseStrictJson } from '#wire';
import { ConfigInvalid } from '../config.js';

/**
 * The rulebook of a file.
 * @throws ConfigInvalid that names the file and what is wrong with it
 */
export function readRulebook(file: string): CompiledRulebook {
  let text: string;
  try {
    text = readRegularFile(file).toString();
  } catch (error) {
    throw new ConfigInvalid(
      `LEDGER_RULEBOOK: ${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
  let document: unknown;
  try {
    document = parseStrictJson(text);
  } catch (error) {
    if (error instanceof JsonFault) throw new ConfigInvalid(`LEDGER_RULEBOOK: ${error.about(file)}`);
    throw error;
  }
  try {
    return loadRulebook(document);
  } catch (error) {
    if (error instanceof RulebookInvalid) throw new ConfigInvalid(`LEDGER_RULEBOOK: ${file}: ${error.message}`);
    throw error;
  }
}

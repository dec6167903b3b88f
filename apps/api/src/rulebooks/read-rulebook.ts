import { readRegularFile } from '#ledger';
import { loadRulebook, RulebookInvalid, type CompiledRulebook } from '#rulebook';
import { ConfigInvalid } from '../config.js';
import { parseJson } from '../http/json-body.js';
import { Problem } from '../http/problem.js';

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
    document = parseJson(text);
  } catch (error) {
    if (error instanceof Problem) throw new ConfigInvalid(`LEDGER_RULEBOOK: ${error.detail.replace(/^The body/, file)}`);
    throw error;
  }
  try {
    return loadRulebook(document);
  } catch (error) {
    if (error instanceof RulebookInvalid) throw new ConfigInvalid(`LEDGER_RULEBOOK: ${file}: ${error.message}`);
    throw error;
  }
}

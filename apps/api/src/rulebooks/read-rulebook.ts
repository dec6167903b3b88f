import { readFile } from 'node:fs/promises';
import { loadRulebook, RulebookInvalid, type CompiledRulebook } from '#rulebook';
import { ConfigInvalid } from '../config.js';

/**
 * The rulebook of a file.
 * @throws ConfigInvalid that names the file and what is wrong with it
 */
export async function readRulebook(file: string): Promise<CompiledRulebook> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigInvalid(
      `LEDGER_RULEBOOK: ${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
  let document: unknown;
  try {
    // Editors of Windows write a byte order mark.
    document = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ConfigInvalid(
      `LEDGER_RULEBOOK: ${file} is not JSON (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
  try {
    return loadRulebook(document);
  } catch (error) {
    if (error instanceof RulebookInvalid) throw new ConfigInvalid(`LEDGER_RULEBOOK: ${file}: ${error.message}`);
    throw error;
  }
}

/** The word for the rulebook that the build of the ledger brings along. */
export const builtInWord = 'built-in';

/** The order to put a rulebook in force: a whole document, or the word. */
export interface RulebookOrder {
  readonly rulebook: object | typeof builtInWord;
}

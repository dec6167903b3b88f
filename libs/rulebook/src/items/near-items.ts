import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';

/**
 * Ids of the catalogue, chips before systems, that somebody may have meant by `text`: those that share the most with
 * its words. At most `max`; none if nothing is shared.
 */
export function nearItems(rulebook: CompiledRulebook, text: string, max = 5): readonly string[] {
  const words = text.slice(0, 100).toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 1);
  const found = [...rulebook.chips, ...rulebook.systems]
    .map(({ id, name }) => ({ id, shared: sharedBy(words, `${id} ${name.toLowerCase()}`) }))
    .filter(({ shared }) => shared > 0);
  const most = Math.max(...found.map(({ shared }) => shared));
  return found.filter(({ shared }) => shared === most).slice(0, max).map(({ id }) => id);
}

/** Letters of the words' beginnings, two or more of each, that are found in `text`: `h1000` shares four with `h100`. */
function sharedBy(words: readonly string[], text: string): number {
  let shared = 0;
  for (const word of words) {
    let length = word.length;
    while (length > 1 && !text.includes(word.slice(0, length))) length -= 1;
    if (length > 1) shared += length;
  }
  return shared;
}

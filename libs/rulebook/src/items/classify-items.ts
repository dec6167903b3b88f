import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { ClassifiedItem } from '../determination.js';
import { beyondRange, classifyItem, type ItemFacts } from './classify-item.js';
import type { ItemProblem } from './item-problem.js';

/** The items of a shipment in order, or every problem with the index of its item. */
export type ClassifiedItems =
  | { readonly items: readonly ClassifiedItem[]; readonly problems?: never }
  | { readonly problems: readonly (ItemProblem & { readonly index: number })[]; readonly items?: never };

/** Classifies the items of one shipment and makes sure that their sum stays in the exact range. Never throws. */
export function classifyItems(rulebook: CompiledRulebook, facts: readonly ItemFacts[]): ClassifiedItems {
  const items: ClassifiedItem[] = [];
  const problems: (ItemProblem & { index: number })[] = [];
  let milliTpp = 0;
  for (let index = 0; index < facts.length; index += 1) {
    const item = classifyItem(rulebook, facts[index] as ItemFacts);
    if ('problem' in item) {
      problems.push({ ...item, index });
      continue;
    }
    milliTpp += item.milliTppPerUnit * item.quantity;
    if (Number.isSafeInteger(milliTpp)) {
      items.push(item);
    } else {
      problems.push({ problem: 'invalid', member: 'quantity', message: beyondRange, index });
      milliTpp = 0;
    }
  }
  return problems.length > 0 ? { problems } : { items };
}

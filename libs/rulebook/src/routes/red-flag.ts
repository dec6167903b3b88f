import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { Reason } from '../determination.js';
import { readingOf } from '../document/readings.js';
import { factOf, type RouteFacts } from '../route-facts.js';

const none: readonly Reason[] = [];

const trainsForOutsiders: readonly Reason[] = [
  {
    code: 'red-flag-28',
    text:
      'Computing that helps to train a model of ECCN 4E091 for an entity from outside of partner countries: inquire whether ' +
      'the customer intends to export the model, and apply for a licence as required, or tell the customer to.',
    citation: '15 CFR Part 732, Supplement No. 3, red flag 28',
  },
];

/** What a shipment gives cause to inquire about; it bars nothing. */
export function redFlags({ document }: CompiledRulebook, facts: RouteFacts | undefined): readonly Reason[] {
  const isNamed = factOf(facts, 'trainsWeightsForOutsiders') === true && readingOf(document, 'redFlag28') === 'named';
  return isNamed ? trainsForOutsiders : none;
}

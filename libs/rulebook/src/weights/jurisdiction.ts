import type { WeightsStep } from './weights-determination.js';
import type { WeightsFacts } from './weights-facts.js';
import type { WeightsRules } from './weights-rules.js';

/**
 * Whether weights specified in 4E091 are subject to the EAR: in or from the United States, or the foreign direct
 * product of a plant that is, whoever they go to (15 CFR 734.9(l)). A model that was only tuned or quantized in such a
 * plant is its product too (Note 7).
 */
export function jurisdiction(
  rules: WeightsRules,
  facts: WeightsFacts,
): WeightsStep & { readonly missing: readonly string[] } {
  const step = 'jurisdiction';
  const { origin, foreign } = rules.directProduct;
  if (facts.origin === 'us') {
    const text = 'The weights are in the United States or of US origin.';
    return { step, frees: 'no', missing: [], reason: { code: 'us-origin', text, citation: origin } };
  }
  const citation = `${foreign}(1) and (2)`;
  if (facts.listedPlant === true) {
    const text =
      'Weights that a listed plant subject to the EAR made or trained further are its product wherever they go.';
    return { step, frees: 'no', missing: [], reason: { code: 'foreign-direct-product', text, citation } };
  }
  if (facts.origin === 'foreign' && facts.listedPlant === false) {
    const text =
      'Foreign weights, and no plant or major component that produced them is subject to the EAR and listed.';
    return { step, frees: 'yes', missing: [], reason: { code: 'not-subject-to-the-ear', text, citation } };
  }
  const missing = [
    ...(facts.origin === 'foreign' ? [] : ['/origin']),
    ...(facts.listedPlant === false ? [] : ['/listedPlant']),
  ];
  const text = 'Whether the weights are subject to the EAR is not known.';
  return { step, frees: 'unknown', missing, reason: { code: 'jurisdiction-open', text, citation } };
}

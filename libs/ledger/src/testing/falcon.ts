import { builtInRulebook, loadRulebook, type CompiledRulebook, type Consignee, type Rulebook } from '#rulebook';
import { unit } from './memory-ledger.js';

/** Falcon Cloud of AE, owned by a firm that is not a partner's. */
export const falcon = {
  name: 'Falcon Cloud', country: 'AE', headquarters: 'AE',
  ultimateParent: { name: 'Falcon Holding', country: 'AE', headquarters: 'AE' },
} as const satisfies Consignee;
export const forFalcon = { consignee: falcon } as const;
/** The line of its ultimate parent. */
export const lppOfFalcon = 'lpp:falcon-holding:2026';

/** The first rulebook, but that LPP permits ten H100s a year. */
export function tenUnits(): CompiledRulebook {
  const document = structuredClone(builtInRulebook().document) as { -readonly [Member in keyof Rulebook]: Rulebook[Member] };
  const parameters = (document.routes?.lpp as { parameters: Record<string, { value: number }> }).parameters;
  (parameters['perYearTpp'] as { value: number }).value = (10 * unit) / 1000;
  return loadRulebook({ ...document, id: 'ten-units' });
}

/** A shipment to somebody in AE with this ultimate parent. */
export function ownedBy(parent: string, headquarters = 'AE'): { readonly consignee: Consignee } {
  return { consignee: { name: 'Somebody', country: 'AE', headquarters: 'AE', ultimateParent: { name: parent, headquarters } } };
}

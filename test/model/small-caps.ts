import { builtInRulebook, loadRulebook, type CompiledRulebook, type Rulebook } from '#rulebook';

/** The first rulebook with caps so small that they are reached: 20 H100s for AE, 3 for SA. */
export function smallCaps(over: Partial<Rulebook> = {}): CompiledRulebook {
  const { document } = builtInRulebook();
  const exceptions = [
    { country: 'AE', tpp: 20 * 15_832, citation: 'test' },
    { country: 'SA', tpp: 3 * 15_832, citation: 'test' },
  ];
  return loadRulebook({ ...document, id: 'small-caps', allocations: { ...document.allocations, exceptions }, ...over });
}

import { again, monthMs, type Stage } from './stage.js';

const complies = { paragraph14: true, paragraph15: true, paragraph18: true };
/** Who wants weights, invented. The last one may not have them. */
const consignees = [
  { name: 'Albion Inference', country: 'GB', headquarters: 'GB', ultimateParent: 'none', facility: complies },
  { name: 'Kitsune Models', country: 'JP', headquarters: 'JP', ultimateParent: 'none', facility: complies },
  { name: 'Mirage Inference', country: 'AE', headquarters: 'AE', ultimateParent: 'none', facility: complies },
] as const;

/** Closed weights above the threshold leave now and then, or are refused. */
export function exportWeights(stage: Stage): void {
  const { desk, random, now, startMs } = stage;
  again(stage, 'weights', startMs, monthMs, async () => {
    const weights = { model: `Larkspur ${random.integer(2, 6)}`, published: false, trainingOperations: 2e26, syntheticData: 'none', derivedFrom: 'none', origin: 'us' } as const;
    await desk.exportWeights({ exporter: 'larkspur-ai', weights, consignee: random.pick(consignees), exportedAt: now() });
  });
}

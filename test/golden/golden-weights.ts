import { hourMs, type MemoryLedger } from '../../libs/ledger/src/testing/memory-ledger.js';

/** One with every member, one with the fewest, one that is refused. */
export async function exportWeights(memory: MemoryLedger): Promise<void> {
  const { weights: exports } = memory.ledger;
  const complies = { paragraph14: true, paragraph15: true, paragraph18: true };
  const exportedAt = memory.now - hourMs;
  await exports.record({
    exporter: 'acme', exportedAt, route: 'licence', licence: 'D1234567', reference: 'WE-1',
    consignee: {
      name: 'Albion Compute Ærø', country: 'GB', headquarters: 'GB',
      ultimateParent: { name: 'Albion Holding', headquarters: 'GB' }, facility: { country: 'GB', ...complies },
    },
    weights: {
      model: 'Falcon 5', published: false, origin: 'foreign', listedPlant: true, release: 'export',
      trainingOperations: [{ stage: 'pre-training', operations: 1.8e26 }, { stage: 'later', operations: 2e25 }],
      syntheticData: [{
        generator: 'Falcon 4', trainingOperations: 5e25, published: false, generationOperations: 1e24,
        generatorPublished: false, generatorTrainingOperations: 4e25, alreadyCountedOperations: 1e25,
      }],
      derivedFrom: { model: 'Falcon Base', published: 'unknown', trainingOperations: 1.8e26 },
      belowPublishedFrontier: { finding: false, by: 'self' },
    },
  }, memory.caller());
  const weights = { published: false, trainingOperations: 2e26, syntheticData: 'none', derivedFrom: 'none', origin: 'us' } as const;
  await exports.record({
    exporter: 'acme', exportedAt, weights, consignee: { country: 'GB', headquarters: 'GB', ultimateParent: 'none', facility: complies },
  }, memory.caller());
  await exports.record({ exporter: 'acme', exportedAt, weights: { published: true } }, memory.caller());
  await exports.record({ exporter: 'acme', exportedAt, weights, route: 'aia' }, memory.caller());
}

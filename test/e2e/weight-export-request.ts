import type { Json } from './answer.js';

/** Closed weights of US origin with twice the operations of the threshold. */
export const closed = { published: false, trainingOperations: 2e26, syntheticData: 'none', derivedFrom: 'none', origin: 'us' };
const complies = { paragraph14: true, paragraph15: true, paragraph18: true };
export const british = { name: 'Albion Compute', country: 'GB', headquarters: 'GB', ultimateParent: 'none', facility: complies };
export const emirati = { name: 'Falcon Cloud', country: 'AE', headquarters: 'AE', ultimateParent: 'none', facility: complies };
const exportedAt = '2026-06-01T00:00:00Z';

/** The body of a request to record an export that is recorded under AIA, but for what is said otherwise. */
export function weightExport(over: Json = {}): Json {
  return { exporter: 'acme-ai', weights: closed, consignee: british, exportedAt, ...over };
}

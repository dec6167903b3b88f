import type { Consignee } from '#rulebook';
import type { ShipmentOptions } from './sample-log.js';

// Shipments of sample logs by their routes, for tests.

const consignee: Consignee = {
  name: 'Falcon Cloud',
  country: 'AE',
  headquarters: 'AE',
  ultimateParent: { name: 'Falcon Holding', headquarters: 'AE' },
};
export const lpp: ShipmentOptions = { route: 'lpp', line: 'lpp:falcon-holding:2026', consignee };
export const aia: ShipmentOptions = { route: 'aia', destination: 'DE', consignee: { name: 'Rhein Rechner', country: 'DE' } };
export const uveu: ShipmentOptions = { route: 'uveu', line: 'uveu:falcon-cloud', consignee };
export const acm: ShipmentOptions = { route: 'acm', destination: 'MY', consignee: { name: 'Penang Packaging', country: 'MY' } };
export const nac: ShipmentOptions = { route: 'nac', destination: 'CN' };

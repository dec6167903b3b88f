import type { Rulebook } from '../document/rulebook.js';
import { chips } from './us-ai-diffusion-chips.js';
import { countryGroups } from './us-ai-diffusion-country-groups.js';
import { background, itemFigures } from './us-ai-diffusion-figures.js';
import { groups } from './us-ai-diffusion-groups.js';
import { readings } from './us-ai-diffusion-readings.js';
import { controls, routes } from './us-ai-diffusion-routes.js';
import { systems } from './us-ai-diffusion-systems.js';
import { territories } from './us-ai-diffusion-territories.js';
import { usAiDiffusionWeights } from '../weights/us-ai-diffusion-weights.js';

const review = '15 CFR 742.6(b)(10)(iii)';

/**
 * The Framework for Artificial Intelligence Diffusion, 90 FR 4544, as published on 15 January 2025. Every change of this
 * data is a new version: test/golden/rulebooks/ keeps the former ones.
 */
export const usAiDiffusion: Rulebook = {
  id: 'us-ai-diffusion',
  version: '2025-01-15.2',
  title: 'Framework for Artificial Intelligence Diffusion',
  citation: '90 FR 4544 (15 January 2025), FR Doc 2025-00636',
  note:
    'Codified but mostly unenforced: on 13 May 2025 the Bureau of Industry and Security announced that it would ' +
    'rescind the rule and not enforce it. By its guidance of 31 May 2026 it enforces the licence requirement for ' +
    'entities headquartered in Macau or Country Group D:5 worldwide, and no other part that depends on destinations.',
  period: {
    start: '2025-01-01T00:00:00Z',
    end: '2028-01-01T00:00:00Z',
    citation: `${review}(B)(1): "for the period from 2025 to 2027"`,
  },
  inForce: { from: '2025-01-13T00:00:00Z', citation: '90 FR 4544 (15 January 2025), dates: effective on 13 January 2025' },
  allocations: {
    perCountryTpp: 790_000_000,
    citation: `${review}(B)(1)`,
    ceiling: {
      tpp: 1_580_000_000,
      increasePercent: 100,
      citation: `${review}(C): up to 100 % more for Supplement No. 5, paragraph (b), which was published empty`,
    },
    exceptions: [],
  },
  alerts: { watch: 0.8, critical: 0.9, exhausted: 1, hysteresis: 0.02 },
  policy: {
    holdDays: 90,
    reversalWindowDays: 30,
    reversalCredits: { misreported: true, duplicate: true, 'not-shipped': true, returned: false },
    readings,
  },
  defaultGroup: 'allocation',
  groups,
  itemLevels: {
    citation: '15 CFR Part 774, Supplement No. 1, ECCN 3A090 with Technical Note 2',
    a: [
      { eccn: '3A090.a', paragraph: '3A090.a.1', tppMin: 4800 },
      { eccn: '3A090.a', paragraph: '3A090.a.2', tppMin: 1600, densityMin: 5.92 },
    ],
    b: [
      { eccn: '3A090.b', paragraph: '3A090.b.1', tppMin: 2400, tppBelow: 4800, densityMin: 1.6, densityBelow: 5.92 },
      { eccn: '3A090.b', paragraph: '3A090.b.2', tppMin: 1600, densityMin: 3.2, densityBelow: 5.92 },
    ],
    declared: {
      a: [
        '3A090.a', '4A090.a', '3A001.z.1.a', '3A001.z.2.a', '3A001.z.3.a', '3A001.z.4.a', '4A003.z.1.a', '4A003.z.2.a',
        '4A004.z.1', '4A005.z.1', '5A002.z.1.a', '5A002.z.2.a', '5A002.z.3.a', '5A002.z.4.a', '5A002.z.5.a',
        '5A004.z.1.a', '5A004.z.2.a', '5A992.z.1',
      ],
      b: [
        '3A090.b', '4A090.b', '3A001.z.1.b', '3A001.z.2.b', '3A001.z.3.b', '3A001.z.4.b', '4A003.z.1.b', '4A003.z.2.b',
        '4A004.z.2', '4A005.z.2', '5A002.z.1.b', '5A002.z.2.b', '5A002.z.3.b', '5A002.z.4.b', '5A002.z.5.b',
        '5A004.z.1.b', '5A004.z.2.b', '5A992.z.2',
      ],
      c: ['3A090.c'],
      softwareA: [
        '5D002.z.1.a', '5D002.z.2.a', '5D002.z.3.a', '5D002.z.4.a', '5D002.z.5.a', '5D002.z.6.a', '5D002.z.7.a',
        '5D002.z.8.a', '5D002.z.9.a', '5D992.z.1',
      ],
      softwareB: [
        '5D002.z.1.b', '5D002.z.2.b', '5D002.z.3.b', '5D002.z.4.b', '5D002.z.5.b', '5D002.z.6.b', '5D002.z.7.b',
        '5D002.z.8.b', '5D002.z.9.b', '5D992.z.2',
      ],
      technology: [
        { eccn: '3D001', of: ['3A001.z', '3A090'] },
        { eccn: '3E001', of: ['3A001.z', '3A090'] },
        { eccn: '4D001', of: ['4A003.z', '4A004.z', '4A005.z'] },
        { eccn: '4D090', of: ['4A090'], always: true },
        { eccn: '4E001', of: ['4A003.z', '4A004.z', '4A005.z', '4A090'] },
        { eccn: '5E002', of: ['5A002.z', '5A004.z', '5D002.z'] },
        { eccn: '5E992', of: ['5A992.z', '5D992.z'] },
      ],
      citation: '15 CFR 742.6(a)(6)(iii)(A) for a, (B) for b; only hardware has TPP to debit',
    },
    nonDatacenterBelowTpp: 4800,
    figures: itemFigures,
  },
  chips,
  systems,
  countryGroups,
  territories,
  controls,
  routes,
  weights: usAiDiffusionWeights,
  background,
};

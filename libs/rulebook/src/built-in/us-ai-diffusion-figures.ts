import type { Figure } from '../document/figure.js';

const ccl = '15 CFR Part 774, Supplement No. 1';
const note2 = `${ccl}, ECCN 3A090, Technical Note 2 to 3A090.a and .b`;
const guidelines = '15 CFR Part 748, Supplement No. 10';

/** The numbers of the technical notes to 3A090 beside the bounds of `itemLevels`. */
export const itemFigures: Readonly<Record<string, Figure>> = {
  operationsPerMac: { value: 2, unit: 'operations per multiply-accumulate', citation: `${note2}, 1.a and 1.b` },
  exampleTpp: { value: 4800, unit: 'TPP = 600 TOPS x 8 bit = 300 TFLOPS x 16 bit', citation: `${note2}, 2` },
  exampleTopsAt8Bits: { value: 600, unit: 'TOPS at 8 bits in the example', citation: `${note2}, 2` },
  exampleTopsAt16Bits: { value: 300, unit: 'TFLOPS at 16 bits in the example', citation: `${note2}, 2` },
  memoryBandwidthDensity: {
    value: 2, unit: 'GB/s per mm2, above which memory is 3A090.c', citation: `${ccl}, ECCN 3A090.c`,
  },
};

/** What explains the rule, or falls to others than the ledger. */
export const background: Readonly<Record<string, Figure>> = {
  operationsPerParameterAndToken: {
    value: 6, unit: 'operations (6ND) in the worked example', citation: `${ccl}, ECCN 4E091, Technical Note 2`,
  },
  narrowInterfaceMonths: {
    value: 6, unit: 'months within which weights could leave, then only a narrow interface',
    citation: `${guidelines}, paragraph 15.c`,
  },
  veuFineTuningPercent: {
    value: 25, unit: 'percent of the original training operations that a VEU may spend on fine-tuning',
    citation: `${guidelines}, paragraph 7`,
  },
  redFlag: {
    value: 28, unit: 'number of the red flag on training as a service for outsiders',
    citation: '15 CFR Part 732, Supplement No. 3, red flag 28',
  },
  unitBehindTheNveuTable: {
    value: 15_825, unit: 'TPP of one GPU: the NVEU table is 40,000 to 320,000 of them',
    citation: '15 CFR 748.15(a)(2)(iii)(B), Table 1, divided by SemiAnalysis',
  },
  nveuGpusFirstQuarter: { value: 40_000, unit: 'GPUs', citation: '15 CFR 748.15(a)(2)(iii)(B), 2025 Q1 / 15,825' },
  nveuGpus2025Q2: { value: 60_000, unit: 'GPUs', citation: '15 CFR 748.15(a)(2)(iii)(B), 2025 Q2 / 15,825' },
  nveuGpus2025Q3: { value: 80_000, unit: 'GPUs', citation: '15 CFR 748.15(a)(2)(iii)(B), 2025 Q3 / 15,825' },
  nveuGpus2026Q1: { value: 120_000, unit: 'GPUs', citation: '15 CFR 748.15(a)(2)(iii)(B), 2026 Q1 / 15,825' },
  nveuGpus2026Q2: { value: 170_000, unit: 'GPUs', citation: '15 CFR 748.15(a)(2)(iii)(B), 2026 Q2 / 15,825' },
  nveuGpus2026Q3: { value: 220_000, unit: 'GPUs', citation: '15 CFR 748.15(a)(2)(iii)(B), 2026 Q3 / 15,825' },
  nveuGpusEndOf2025: { value: 100_000, unit: 'GPUs', citation: 'SemiAnalysis, 2025 AI Diffusion Export Controls' },
  nveuGpusEndOf2026: { value: 270_000, unit: 'GPUs', citation: 'SemiAnalysis, 2025 AI Diffusion Export Controls' },
  nveuGpusEndOf2027: { value: 320_000, unit: 'GPUs', citation: 'SemiAnalysis, 2025 AI Diffusion Export Controls' },
  allocationInGpus: {
    value: 50_000, unit: 'H100-class GPUs, about', citation: 'White House fact sheet, 13 January 2025',
  },
  raisedAllocationInGpus: {
    value: 100_000, unit: 'H100-class GPUs, about', citation: 'White House fact sheet, 13 January 2025',
  },
  allocationInH100: { value: 49_901, unit: 'GPUs of 15,831 TPP', citation: 'SemiAnalysis' },
  raisedAllocationInH100: { value: 99_802, unit: 'GPUs of 15,831 TPP', citation: 'SemiAnalysis' },
  allocationInGb300: { value: 13_166, unit: 'GPUs of 60,000 TPP', citation: 'SemiAnalysis' },
  lppInGpus: { value: 1_700, unit: 'GPUs, about', citation: 'White House fact sheet, 13 January 2025' },
  licenceApplicationBlock: {
    value: 22, unit: 'number of the block, (j), for the TPP of each export item, the sum of its circuits',
    citation: '15 CFR Part 748, Supplement No. 2, (c)(4)',
  },
  licenceValidityYears: {
    value: 1, unit: 'year in which items at the level of 3A090.a must leave; the licence itself says until when',
    citation: '15 CFR 750.7(g)',
  },
  generalLicenceYears: { value: 4, unit: 'years', citation: '15 CFR 750.7(g)' },
  veuAdjudicationDays: {
    value: 30, unit: 'days from a complete UVEU application', citation: '15 CFR 748.15(a)(2)(ii)(A)',
  },
  ownershipPercent: {
    value: 1, unit: 'percent of a VEU below which ownership from embargoed countries is not reported',
    citation: `${guidelines}, paragraph 3`,
  },
  ownershipDollars: {
    value: 1_000_000, unit: 'US dollars, if less than ownershipPercent', citation: `${guidelines}, paragraph 3`,
  },
  generalVeuReport: {
    value: 15, unit: 'February, yearly report of General VEUs', citation: '15 CFR 748.15(f)(1)(iii)',
  },
  veuExcludedSeries: {
    value: 600, unit: 'series of ECCNs that no VEU may receive, beside items controlled for MT or CC reasons',
    citation: '15 CFR 748.15',
  },
  entityListOwnershipPercent: {
    value: 50, unit: 'percent rule of the Entity List, which the headquarters test is not', citation: 'timewell.jp',
  },
  supplement5aEntries: {
    value: 19, unit: 'destinations', citation: '15 CFR Part 740, Supplement No. 5, paragraph (a)',
  },
  groupD5In2025: { value: 23, unit: 'destinations', citation: '15 CFR Part 740, Supplement No. 1, D:5, January 2025' },
  groupD5In2026: { value: 22, unit: 'destinations', citation: '15 CFR Part 740, Supplement No. 1, D:5, 23 July 2026' },
  proposedModelReporting: {
    value: 1e26, unit: 'operations of training, reporting of models as proposed in 2024; never final',
    citation: 'Proposed rule of 2024',
  },
  proposedClusterNetwork: {
    value: 300, unit: 'Gbit/s, reporting of clusters as proposed in 2024; never final',
    citation: 'Proposed rule of 2024',
  },
  proposedClusterOperations: {
    value: 1e20, unit: 'operations per second, as proposed in 2024; never final', citation: 'Proposed rule of 2024',
  },
};

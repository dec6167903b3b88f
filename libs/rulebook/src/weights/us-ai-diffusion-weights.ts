import type { WeightsRules } from './weights-rules.js';

const entry = '15 CFR Part 774, Supplement No. 1, ECCN 4E091';
const guidelines = '15 CFR Part 748, Supplement No. 10';
const aia = '15 CFR 740.27(a)(3)';

/** The control of advanced model weights by the Framework for Artificial Intelligence Diffusion, 90 FR 4544. */
export const usAiDiffusionWeights: WeightsRules = {
  eccn: '4E091',
  citation: `${entry}; 90 FR 4544 (15 January 2025)`,
  note:
    'Codified but, as announced on 13 May 2025, not enforced. ECCN 4E091 still stood in the Code of Federal ' +
    'Regulations on 23 July 2026. Nothing here is legal advice.',
  inForce: { from: '2025-01-13T00:00:00Z', citation: '90 FR 4544, effective date' },
  compliance: { from: '2025-05-15T00:00:00Z', citation: '90 FR 4544, compliance date' },
  facilitySecurity: {
    by: '2026-01-15',
    citation: `${guidelines}, paragraph 8; 90 FR 4544, delayed compliance date of paragraphs 14, 15 and 18`,
  },
  threshold: { operations: 1e26, citation: entry, countingCitation: `${entry}, Technical Note 2` },
  syntheticData: { morePercent: 10, citation: `${entry}, Technical Note 3` },
  published: { citation: `${entry}, Note 1; 15 CFR 734.7(a)` },
  derivative: { operations: 2.5e25, percent: 25, citation: `${entry}, Note 1` },
  movingFloor: {
    citation: `${entry}, Note 2; note to 15 CFR 742.6(b)(14); 15 CFR 748.3(f)`,
    entries: [
      {
        from: '2025-01-13T00:00:00Z',
        operations: 3.8e25,
        reason:
          'Llama 3.1-405B (23 July 2024) is the published model trained with the most operations: 3.8e25 (Epoch AI). ' +
          'Below the threshold, so it frees nothing that the threshold does not.',
      },
      {
        from: '2025-03-18T00:00:00Z',
        operations: 3.911001e25,
        reason:
          'Llama Nemotron Ultra 253B (18 March 2025), Llama 3.1-405B trained on: 3.911001e25 by Epoch AI. Still below.',
      },
    ],
  },
  directProduct: { origin: '15 CFR 734.3(a)(1) and (2)', foreign: '15 CFR 734.9(l)' },
  licence: {
    requirement: '15 CFR 742.6(a)(13)',
    review: '15 CFR 742.6(b)(14)',
    partnerReview: '15 CFR 734.9(l); 742.6(b)(10)(iii)(A)',
  },
  deemedExport: { citation: '15 CFR 742.6(a)(13), second sentence; 734.20(d)(2)' },
  notAnExport: { citation: '15 CFR 734.13(a)(1); 734.14(a)(1)' },
  aia: {
    citation: aia,
    facilityCitation: `${aia}(ii)`,
    duties: [
      {
        paragraph: 'paragraph14',
        code: 'baseline-security',
        text:
          'Store the weights in a datacentre that complies with NIST 800-53 as for FedRAMP High, treat them as ' +
          'FIPS-199 HIGH for confidentiality, integrity and availability, and detect and defeat tampering.',
        citation: `${guidelines}, paragraph 14`,
      },
      {
        paragraph: 'paragraph14',
        code: 'annual-attestation',
        text: 'Have a Third-Party Assessment Organization (3PAO) attest the compliance each year, for BIS to see.',
        citation: `${guidelines}, paragraph 14.b`,
      },
      {
        paragraph: 'paragraph15',
        code: 'secure-deployment',
        text: 'Follow "Deploying AI Systems Securely" (NSA) and the CISA goals it refers to; keep records of usage.',
        citation: `${guidelines}, paragraph 15.a and b`,
      },
      {
        paragraph: 'paragraph15',
        code: 'dedicated-devices',
        text: 'Store the weights on dedicated devices that no other organization uses or has data on.',
        citation: `${guidelines}, paragraph 15.c.i`,
      },
      {
        paragraph: 'paragraph15',
        code: 'rate-limited-interfaces',
        text: 'Review every interface to the weights, monitor its output and limit its rate to what its purpose needs.',
        citation: `${guidelines}, paragraph 15.c.ii`,
      },
      {
        paragraph: 'paragraph15',
        code: 'narrow-api',
        text: 'Where the weights could leave by an interface in six months or less, offer a narrow, reviewed API only.',
        citation: `${guidelines}, paragraph 15.c.iii`,
      },
      {
        paragraph: 'paragraph18',
        code: 'personnel-vetting',
        text:
          'Vet everybody with access; keep out those on sanctions lists and those who worked for governments, ' +
          'intelligence services or militaries of Macau or Country Group D:5 or for listed parties.',
        citation: `${guidelines}, paragraph 18.a and b`,
      },
      {
        paragraph: 'paragraph18',
        code: 'insider-threats',
        text: 'Maintain a programme against insider threats after the CISA Insider Threat Mitigation Guide.',
        citation: `${guidelines}, paragraph 18.c`,
      },
    ],
    records: { text: 'Keep the records of the use of License Exception AIA.', citation: '15 CFR 762.2(b)(58)' },
  },
  readings: {
    partnerFirm: {
      value: 'either',
      alternatives: ['both', 'either'],
      reason:
        '"Headquartered, or whose ultimate parent company is headquartered, in": one of the two suffices, as for the ' +
        'Universal VEU, of whom 748.15(b)(2)(i) says the same. Paragraph (a) of the exception, for hardware, shuts out ' +
        'an entity that has one of them outside; (a)(3), for weights, does not. Macau and Country Group D:5 bar.',
      citation: `${aia}; 742.6(a)(13); 748.15(b)(2)(i)`,
    },
    unstatedHeadquarters: {
      value: 'missing',
      alternatives: ['missing', 'passed-over'],
      reason:
        'One headquarters in Supplement No. 5(a) suffices unless the other is in Macau or Country Group D:5. Of one that is ' +
        'not stated this cannot be known, and nobody should pass by leaving it out.',
      citation: `${aia}; 742.6(b)(14)`,
    },
    aiaInGroupsD1D4: {
      value: 'own-headquarters',
      alternatives: ['own-headquarters', 'as-elsewhere'],
      reason:
        '740.27(a)(3) takes the headquarters of the ultimate parent too, but 740.2(a)(9)(ii) leaves AIA for Country Groups ' +
        'D:1 and D:4 (outside of A:5 and A:6) only to entities "headquartered in countries listed in paragraph (a)", where it ' +
        'says of others "or whose ultimate parent is". A restriction on all exceptions goes first.',
      citation: `15 CFR 740.2(a)(9)(ii); ${aia}`,
    },
    partnerReview: {
      value: 'approval',
      alternatives: ['approval', 'not-stated'],
      reason:
        'The review policy for weights speaks of end users outside of Supplement No. 5(a) only. For those inside, ' +
        '734.9(l) refers to 742.6(b)(10), which presumes approval.',
      citation: '15 CFR 742.6(b)(14); 734.9(l); 742.6(b)(10)(iii)(A)(2)',
    },
    partnerInEmbargoedPlace: {
      value: 'denial',
      alternatives: ['denial', 'as-elsewhere'],
      reason:
        'The review policy for weights looks at headquarters only. 742.6(b)(10), to which 734.9(l) refers, presumes ' +
        'denial "to or within" Macau and Country Group D:5, and AIA stops there too.',
      citation: `15 CFR 742.6(b)(14); 742.6(b)(10)(iii)(A)(1); ${aia}(i)`,
    },
    openWeightsUnderTerms: {
      value: 'published',
      alternatives: ['published', 'unknown'],
      reason:
        '"Published" asks for no restriction on further dissemination. Terms that restrict use (non-commercial, size ' +
        'of the user) leave passing on free as a rule; terms that do not would need a look at each licence.',
      citation: '15 CFR 734.7(a)',
    },
    derivativeScope: {
      value: 'threshold-too',
      alternatives: ['threshold-too'],
      reason:
        'Note 1 takes derivatives out of the control and puts none in: one that exceeds its limit is controlled only ' +
        'if all its training, the base included, reaches the threshold.',
      citation: `${entry} and Note 1`,
    },
    derivativeSyntheticData: {
      value: 'counts-as-further',
      alternatives: ['counts-as-further'],
      reason:
        "'Operations' is one defined term: what Technical Note 3 adds counts wherever the entry counts operations.",
      citation: `${entry}, Note 1 and Technical Note 3`,
    },
    syntheticShare: {
      value: 'of-training-operations',
      alternatives: ['of-training-operations'],
      reason: 'The share is taken of the training operations before anything is added, else it would depend on itself.',
      citation: `${entry}, Technical Note 3`,
    },
    movingFloorFigure: {
      value: 'most-trained-published-model',
      alternatives: ['most-trained-published-model'],
      reason:
        'No figure is published for the operations that match the most advanced published model. Those of the most ' +
        'trained published model stand in; the figure never falls, as algorithms that get better do not lower it. A ' +
        'model classified on its own (748.3(f)) says so in its facts.',
      citation: `${entry}, Note 2; 15 CFR 748.3(f)`,
    },
    deemedExportUnderAia: {
      value: 'no',
      alternatives: ['no'],
      reason: 'AIA reaches entities that obtain and store weights in a facility, not the release to a person.',
      citation: aia,
    },
    deMinimis: {
      value: 'not-determined',
      alternatives: ['not-determined'],
      reason:
        'The facts name no share of controlled US content: foreign weights that only the de minimis rule would catch ' +
        'are reported as not subject to the EAR.',
      citation: '15 CFR 734.4',
    },
  },
};

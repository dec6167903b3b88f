import { usAiDiffusion } from './us-ai-diffusion.js';

/** The member at a JSON pointer. */
function at(document: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1);
  return names.reduce((value, name) => (value as Record<string, unknown> | undefined)?.[name], document);
}

/** Where a number or date of the regulation is found, and the paragraph that must be cited beside it. */
type Cited = readonly [what: string, pointer: string, value: unknown, paragraph: string];

const routes = '/routes';
const shares = 'Supplement No. 10, paragraph 6';
const table = '748.15(a)(2)(iii)(B)';

/** By sections: the text from the items to the weights, number by number. */
const numbers: Readonly<Record<string, readonly Cited[]>> = {
  '1. TPP and item scope': [
    ['operations of a multiply-accumulate', '/itemLevels/figures/operationsPerMac/value', 2, 'Technical Note 2'],
    ["the text's example", '/itemLevels/figures/exampleTpp/value', 4800, 'Technical Note 2'],
    ['HBM, GB/s per mm2', '/itemLevels/figures/memoryBandwidthDensity/value', 2, '3A090.c'],
    ['3A090.a.1', '/itemLevels/a/0/tppMin', 4800, '3A090'],
    ['3A090.a.2', '/itemLevels/a/1/tppMin', 1600, '3A090'],
    ['3A090.a.2 density', '/itemLevels/a/1/densityMin', 5.92, '3A090'],
    ['3A090.b.1', '/itemLevels/b/0/tppMin', 2400, '3A090'],
    ['3A090.b.1 below', '/itemLevels/b/0/tppBelow', 4800, '3A090'],
    ['3A090.b.1 density', '/itemLevels/b/0/densityMin', 1.6, '3A090'],
    ['3A090.b.1 density below', '/itemLevels/b/0/densityBelow', 5.92, '3A090'],
    ['3A090.b.2', '/itemLevels/b/1/tppMin', 1600, '3A090'],
    ['3A090.b.2 density', '/itemLevels/b/1/densityMin', 3.2, '3A090'],
    ['the carve-out', '/itemLevels/nonDatacenterBelowTpp', 4800, '3A090'],
    ["the example's TOPS", '/itemLevels/figures/exampleTopsAt8Bits/value', 600, 'Technical Note 2'],
    ["the example's TFLOPS", '/itemLevels/figures/exampleTopsAt16Bits/value', 300, 'Technical Note 2'],
    ['3A090.b.2 density below', '/itemLevels/b/1/densityBelow', 5.92, '3A090'],
    ['block 22(j)', '/background/licenceApplicationBlock/value', 22, 'Supplement No. 2, (c)(4)'],
  ],
  '2. Country allocation': [
    ['the allocation', '/allocations/perCountryTpp', 790_000_000, '742.6(b)(10)(iii)(B)(1)'],
    ['the raised allocation', '/allocations/ceiling/tpp', 1_580_000_000, '742.6(b)(10)(iii)(C)'],
    ['by 100 %', '/allocations/ceiling/increasePercent', 100, '742.6(b)(10)(iii)(C)'],
    ['from 2025', '/period/start', '2025-01-01T00:00:00Z', '742.6(b)(10)(iii)(B)(1)'],
    ['to 2027', '/period/end', '2028-01-01T00:00:00Z', '742.6(b)(10)(iii)(B)(1)'],
    ['validity of a licence', '/background/licenceValidityYears/value', 1, '750.7(g)'],
    ['validity in general', '/background/generalLicenceYears/value', 4, '750.7(g)'],
    ['GPUs of an allocation', '/background/allocationInGpus/value', 50_000, 'fact sheet'],
    ['GPUs of a raised one', '/background/raisedAllocationInGpus/value', 100_000, 'fact sheet'],
    ['by SemiAnalysis', '/background/allocationInH100/value', 49_901, 'SemiAnalysis'],
    ['raised, by SemiAnalysis', '/background/raisedAllocationInH100/value', 99_802, 'SemiAnalysis'],
    ['in GB300', '/background/allocationInGb300/value', 13_166, 'SemiAnalysis'],
    ['GPUs of LPP', '/background/lppInGpus/value', 1_700, 'fact sheet'],
  ],
  '3. Country lists': [
    ['Supplement No. 5(a)', '/background/supplement5aEntries/value', 19, 'Supplement No. 5'],
    ['D:5 in 2025', '/background/groupD5In2025/value', 23, 'D:5'],
    ['D:5 in 2026', '/background/groupD5In2026/value', 22, 'D:5'],
    ['Cambodia out of D:5', '/groups/43/until', '2025-11-07T00:00:00Z', '7 November 2025'],
    ['the table edited', '/groups/43/country', 'KH', '3 February 2026'],
    ['the rule that the test of headquarters is not', '/background/entityListOwnershipPercent/value', 50, 'timewell.jp'],
  ],
  '4. Licence exceptions': [
    ['AIA filing', `${routes}/aia/parameters/filingTpp/value`, 253_000_000, '740.27(c)'],
    ['LPP a year', `${routes}/lpp/parameters/perYearTpp/value`, 26_900_000, '740.29(a)'],
    ['LPP notice', `${routes}/lpp/parameters/noticeTpp/value`, 3_200_000, '740.29(g)(3)'],
    ['LPP copy', `${routes}/lpp/parameters/copyDays/value`, 30, '740.29(g)(1)'],
    ['LPP copy, as a duty', `${routes}/lpp/obligations/2/due/parameter`, 'copyDays', '740.29(g)(1)'],
    ['NAC notice', `${routes}/nac/parameters/noticeDays/value`, 25, '740.8(c)(1)'],
    ['NAC notice, as a duty', `${routes}/nac/obligations/0/due/parameter`, 'noticeDays', '740.8(c)(1)'],
    ['ACM accounting', `${routes}/acm/parameters/accountingMonths/value`, 6, '740.28(e)'],
    ['ACM accounting, as a duty', `${routes}/acm/obligations/0/due/parameter`, 'accountingMonths', '740.28(e)'],
    ['AIA records', `${routes}/aia/obligations/4/kind`, 'aia-records', '762.2(b)(58)'],
    ['ACM records', `${routes}/acm/obligations/1/kind`, 'acm-records', '762.2(b)(59)'],
    ['LPP records', `${routes}/lpp/obligations/4/kind`, 'lpp-records', '762.2(b)(60)'],
  ],
  '5. Data Center VEU': [
    ['UVEU outside of 5(a)', `${routes}/uveu/parameters/outsidePartnersPercent/value`, 25, shares],
    ['UVEU in one country', `${routes}/uveu/parameters/singleCountryPercent/value`, 7, shares],
    ['UVEU outside of the US', `${routes}/uveu/parameters/outsideHomePercent/value`, 50, shares],
    ['UVEU new site', `${routes}/uveu/parameters/siteNoticeDays/value`, 180, '748.15(a)(2)(ii)(A)'],
    ['UVEU transfers', `${routes}/uveu/parameters/transferNoticeDays/value`, 60, 'Supplement No. 10, paragraph 5'],
    ['adjudication', '/background/veuAdjudicationDays/value', 30, '748.15(a)(2)(ii)(A)'],
    ...[
      633_000_000, 949_500_000, 1_266_000_000, 1_582_500_000, 1_899_000_000, 2_690_250_000, 3_481_500_000, 4_272_750_000,
      5_064_000_000,
    ].map((tpp, step): Cited => [`NVEU step ${step}`, `${routes}/nveu/schedule/${step}/tpp`, tpp, table]),
    ['unit of the NVEU table', '/background/unitBehindTheNveuTable/value', 15_825, '748.15(a)(2)(iii)(B)'],
    ['NVEU in GPUs, first', '/background/nveuGpusFirstQuarter/value', 40_000, '748.15(a)(2)(iii)(B)'],
    ['NVEU in GPUs, 2025', '/background/nveuGpusEndOf2025/value', 100_000, 'SemiAnalysis'],
    ['NVEU in GPUs, 2026', '/background/nveuGpusEndOf2026/value', 270_000, 'SemiAnalysis'],
    ['NVEU in GPUs, 2027', '/background/nveuGpusEndOf2027/value', 320_000, 'SemiAnalysis'],
    ['VEU certification', `${routes}/nveu/obligations/1/due/date`, '2026-01-15', 'paragraphs 14, 15 and 18'],
    ['VEU report in January', `${routes}/nveu/obligations/2/due/dates/0`, '01-15', '748.15(f)'],
    ['VEU report in July', `${routes}/nveu/obligations/2/due/dates/1`, '07-15', '748.15(f)'],
    ['VEU accounting, 1st', `${routes}/uveu/obligations/3/due/dates/0`, '02-01', 'Supplement No. 10, paragraph 10'],
    ['VEU accounting in August', `${routes}/uveu/obligations/3/due/dates/1`, '08-01', 'Supplement No. 10, paragraph 10'],
    ['VEU theft', `${routes}/uveu/obligations/4/due/days`, 30, 'Supplement No. 10, paragraph 16'],
    ['VEU records', `${routes}/uveu/obligations/5/due/years`, 5, 'Supplement No. 10, paragraph 11'],
    ['VEU shipments, in January', `${routes}/nveu/obligations/6/due/dates/0`, '01-15', '748.15(f)(1)(i)'],
    ['VEU attestation', `${routes}/nveu/obligations/8/due/months`, 12, 'Supplement No. 10, paragraph 14.b'],
    ['UVEU transfers, as a duty', `${routes}/uveu/obligations/16/due/parameter`, 'transferNoticeDays', 'paragraph 5'],
    ['VEU ownership', '/background/ownershipPercent/value', 1, 'Supplement No. 10, paragraph 3'],
    ['VEU ownership in dollars', '/background/ownershipDollars/value', 1_000_000, 'Supplement No. 10, paragraph 3'],
    ['VEU fine-tuning', '/background/veuFineTuningPercent/value', 25, 'Supplement No. 10, paragraph 7'],
    ['General VEU report', '/background/generalVeuReport/value', 15, '748.15(f)'],
    ...[
      ['2025Q2', 60_000], ['2025Q3', 80_000], ['2026Q1', 120_000], ['2026Q2', 170_000], ['2026Q3', 220_000],
    ].map(([quarter, gpus]): Cited => [`NVEU in GPUs, ${quarter}`, `/background/nveuGpus${quarter}/value`, gpus, table]),
    ...['2025-01', '2025-04', '2025-07', '2025-10', '2026-01', '2026-04', '2026-07', '2026-10', '2027-01'].map(
      (month, step): Cited => [`NVEU ${month}`, `${routes}/nveu/schedule/${step}/from`, `${month}-01T00:00:00Z`, table],
    ),
    ['600 series', '/background/veuExcludedSeries/value', 600, '748.15'],
  ],
  '6. Model weights': [
    ['6ND', '/background/operationsPerParameterAndToken/value', 6, '4E091'],
    ['narrow interface', '/background/narrowInterfaceMonths/value', 6, 'paragraph 15.c'],
    ['red flag', '/background/redFlag/value', 28, 'red flag 28'],
    ['proposed cluster network', '/background/proposedClusterNetwork/value', 300, 'Proposed rule'],
    ['proposed cluster operations', '/background/proposedClusterOperations/value', 1e20, 'Proposed rule'],
    ['operations', '/weights/threshold/operations', 1e26, '4E091'],
    ['synthetic data', '/weights/syntheticData/morePercent', 10, 'Technical Note 3'],
    ['derivatives', '/weights/derivative/operations', 2.5e25, 'Note 1'],
    ['derivatives, percent', '/weights/derivative/percent', 25, 'Note 1'],
    ['security by', '/weights/facilitySecurity/by', '2026-01-15', 'paragraphs 14, 15 and 18'],
    ['in force', '/weights/inForce/from', '2025-01-13T00:00:00Z', '90 FR 4544'],
    ['compliance', '/weights/compliance/from', '2025-05-15T00:00:00Z', '90 FR 4544'],
    ['proposed reporting of models', '/background/proposedModelReporting/value', 1e26, 'Proposed rule'],
  ],
};

/** The citation of the nearest member above, going outwards. */
function citationOf(document: unknown, pointer: string): string {
  const parts = pointer.split('/');
  for (let depth = parts.length - 1; depth > 0; depth -= 1) {
    const citation = at(document, `${parts.slice(0, depth).join('/')}/citation`);
    if (typeof citation === 'string') return citation;
  }
  return '';
}

describe.each(Object.entries(numbers))('every number of the regulation, %s', (_, ofSection) => {
  it.each([...ofSection])('has its place: %s', (_what, pointer, value, paragraph) => {
    expect(at(usAiDiffusion, pointer)).toBe(value);
    expect(citationOf(usAiDiffusion, pointer)).toContain(paragraph);
  });
});

describe('every list of the regulation', () => {
  const { groups, itemLevels, routes: all } = usAiDiffusion;
  const technology = ['3D001', '3E001', '4D001', '4D090', '4E001', '5E002', '5E992'];
  const membersOf = (group: string, day: string): readonly string[] =>
    groups
      .filter(({ group: each, until = '9' }) => each === group && day < until)
      .map(({ country }) => country)
      .sort();

  it('has Supplement No. 5(a): 18 partners and the United States', () => {
    const partners = 'AU BE CA DE DK ES FI FR GB IE IT JP KR NL NO NZ SE TW';
    expect(membersOf('partner', '2025-01-13').join(' ')).toBe(partners);
    expect(membersOf('home', '2025-01-13')).toEqual(['US']);
    for (const { group, citation } of groups) if (group === 'partner') expect(citation).toContain('Supplement No. 5');
  });

  it('has Group D:5 with Cambodia until it left, Macau by name, and Hong Kong as China', () => {
    const d5 = 'AF BY CD CF CN CU ER HT IQ IR KP LB LY MM NI RU SD SO SS SY VE ZW'.split(' ');
    expect(d5).toHaveLength(22);
    expect(membersOf('embargoed', '2025-01-13')).toEqual([...d5, 'HK', 'KH', 'MO'].sort());
    expect(membersOf('embargoed', '2026-07-23')).toEqual([...d5, 'HK', 'MO'].sort());
  });

  it('has every item of the worldwide licence requirement', () => {
    const range = (family: string, last: number, end: string): readonly string[] =>
      Array.from({ length: last }, (_, index) => `${family}.z.${index + 1}${end}`);
    const hardware = [
      '3A090.a', '4A090.a', ...range('3A001', 4, '.a'), ...range('4A003', 2, '.a'), '4A004.z.1', '4A005.z.1',
      ...range('5A002', 5, '.a'), ...range('5A004', 2, '.a'), '5A992.z.1',
    ];
    expect([...itemLevels.declared.a].sort()).toEqual([...hardware].sort());
    expect(itemLevels.declared.softwareA).toEqual([...range('5D002', 9, '.a'), '5D992.z.1']);
    expect(itemLevels.declared.technology?.map(({ eccn }) => eccn)).toEqual(technology);
    expect(itemLevels.declared.citation).toContain('742.6(a)(6)(iii)(A)');
  });

  it('has what LPP leaves out and where a National VEU may be', () => {
    expect(all?.lpp?.ineligibleEccns).toEqual(['5A002.z', '5D002.z', '5D992.z', ...technology]);
    expect(all?.aca?.ineligibleEccns).toEqual(technology);
    expect(all?.nac?.ineligibleEccns).toEqual(technology);
    expect(all?.nveu?.eligibleGroups).toEqual(
      ['A:1', 'A:2', 'A:3', 'A:4', 'A:5', 'A:6', 'B', 'D:1', 'D:2', 'D:3', 'D:4'],
    );
  });
});

describe('a number of the regulation', () => {
  it('is what the arithmetic of the text comes to', () => {
    const { figures = {} } = usAiDiffusion.itemLevels;
    const example = figures['exampleTpp']?.value;
    expect((figures['exampleTopsAt8Bits']?.value ?? 0) * 8).toBe(example);
    expect((figures['exampleTopsAt16Bits']?.value ?? 0) * 16).toBe(example);
    const { perCountryTpp, ceiling } = usAiDiffusion.allocations;
    expect(perCountryTpp * (1 + (ceiling?.increasePercent ?? 0) / 100)).toBe(ceiling?.tpp);
    const steps = usAiDiffusion.routes?.nveu?.schedule ?? [];
    const gpus = [40_000, 60_000, 80_000, 100_000, 120_000, 170_000, 220_000, 270_000, 320_000];
    expect(steps.map(({ tpp }) => tpp / 15_825)).toEqual(gpus);
  });

  it('stands once: a duty names the parameter that states its days, months or TPP', () => {
    const named = Object.values(usAiDiffusion.routes ?? {}).flatMap(({ obligations }) =>
      obligations.flatMap(({ due }) => ('parameter' in due ? [due.parameter] : [])),
    );
    expect(named).toEqual(['filingTpp', 'noticeDays', 'accountingMonths', 'transferNoticeDays', 'copyDays', 'perYearTpp']);
  });
});

describe('every open question', () => {
  const readings = Object.entries(usAiDiffusion.policy.readings);
  it.each(readings)('%s has an answer, others, a reason and a citation', (_, reading) => {
    expect(reading.alternatives?.length).toBeGreaterThan(0);
    expect(reading.alternatives).not.toContain(reading.value);
    expect(reading.question).toMatch(/[.?]$/);
    expect(reading.alternatives).toEqual(expect.arrayContaining([...(reading.followed ?? [])]));
    expect(reading.reason).toMatch(/\.$/);
    expect(reading.citation).toMatch(/CFR|FR/);
  });
});

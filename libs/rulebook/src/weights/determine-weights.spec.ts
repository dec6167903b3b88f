import { builtInWeights } from './built-in-weights.js';
import { determineWeights } from './determine-weights.js';
import type { WeightsDetermination } from './weights-determination.js';
import type { WeightsConsignee, WeightsFacts } from './weights-facts.js';
import type { WeightsReadings, WeightsRulebook } from './weights-rules.js';

const rulebook = builtInWeights();

/** Closed weights of US origin with twice the operations of the threshold. */
const closedModel: WeightsFacts = {
  published: false,
  trainingOperations: 2e26,
  syntheticData: 'none',
  derivedFrom: 'none',
  origin: 'us',
};

const complies = { paragraph14: true, paragraph15: true, paragraph18: true } as const;
/** Located, headquartered, with a parent headquartered; `-` for what nobody states. */
function firm(
  country: string,
  headquarters: string,
  parent = 'none',
  facility: WeightsConsignee['facility'] = complies,
): WeightsConsignee {
  return {
    ...(country === '-' ? {} : { country }),
    ...(headquarters === '-' ? {} : { headquarters }),
    ...(parent === '-' ? {} : { ultimateParent: parent === 'none' ? parent : { headquarters: parent } }),
    facility: facility ?? {},
  };
}

const british = firm('GB', 'GB');
const badFacility = firm('GB', 'GB', 'none', { ...complies, paragraph15: false });
const noFacility = firm('GB', 'GB', 'none', {});
const storesInMacau = firm('GB', 'GB', 'none', { ...complies, country: 'MO' });
const emiratiOfUsParent = firm('AE', 'AE', 'US');
const paragraphs = [14, 15, 18].map((paragraph) => `/consignee/facility/paragraph${paragraph}`);
const foreign = (listedPlant?: boolean): WeightsFacts => ({
  origin: 'foreign',
  ...(listedPlant === undefined ? {} : { listedPlant }),
});
const employee = (permanentRegularEmployee: boolean | 'unknown'): WeightsFacts => ({
  release: 'deemed-export',
  permanentRegularEmployee,
});

function determined(
  facts: WeightsFacts,
  consignee: WeightsConsignee | undefined,
  { on = '2026-08-01', by = rulebook }: { readonly on?: string; readonly by?: WeightsRulebook } = {},
): WeightsDetermination {
  const answer = determineWeights(by, { ...closedModel, ...facts }, consignee, Date.parse(on));
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems));
  return answer;
}

/** The built-in rules with one reading followed otherwise. */
function reading<Name extends keyof WeightsReadings>(
  name: Name,
  value: NonNullable<WeightsReadings[Name]>['value'],
): WeightsRulebook {
  const { weights } = rulebook;
  const readings = { ...weights.readings, [name]: { ...weights.readings[name], value } };
  return { ...rulebook, weights: { ...weights, readings } };
}

function reasonsOf({
  steps,
  routesConsidered,
  presumptionReasons,
}: WeightsDetermination): readonly { code: string; text: string; citation: string }[] {
  return [
    ...steps.map(({ reason }) => reason),
    ...routesConsidered.flatMap(({ reasons }) => reasons),
    ...presumptionReasons,
  ];
}

/** What is asked, the paragraph, facts, consignee, `route/presumption`, a reason given, missing facts, the day. */
type Case = [string, string, WeightsFacts, WeightsConsignee | undefined, string, string, (readonly string[])?, string?];

/** Worked out by hand from the text. */
const cases: readonly Case[] = [
  ['foreign weights from a listed plant', '734.9(l)(1)', foreign(true), british, 'aia', 'foreign-direct-product'],
  ['the same to China', '734.9(l)(2)', foreign(true), firm('CN', 'CN'), 'licence/denial', 'foreign-direct-product'],
  ['foreign weights from no listed plant', '734.9(l)(1)', foreign(false), firm('CN', 'CN'), 'none',
    'not-subject-to-the-ear'],
  ['origin unknown, plant listed', '734.3(a); 734.9(l)', { origin: 'unknown', listedPlant: true }, british, 'aia',
    'foreign-direct-product'],
  ['foreign weights, plant unknown', '734.9(l)(1)', foreign(), british, 'unknown', 'jurisdiction-open',
    ['/listedPlant']],
  ['origin and plant unknown', '734.3(a); 734.9(l)', { origin: 'unknown' }, british, 'unknown', 'jurisdiction-open',
    ['/listedPlant', '/origin']],
  ['published weights to China', '4E091 Note 1', { published: true }, firm('CN', 'CN'), 'none', 'published'],
  ['operations unknown', '4E091', { trainingOperations: 'unknown' }, british, 'unknown', 'control-unknown',
    ['/trainingOperations']],

  ['a British firm', '740.27(a)(3)', {}, british, 'aia', 'partner-firm'],
  ['a British firm in the Emirates', '740.27(a)(3)(i)', {}, firm('AE', 'GB'), 'aia', 'partner-firm'],
  ['a British firm of a US parent', '740.27(a)(3)', {}, firm('GB', 'GB', 'US'), 'aia', 'partner-firm'],
  ['a British firm in Macau', '740.27(a)(3)(i); 742.6(b)(10)(iii)(A)(1)', {}, firm('MO', 'GB'), 'licence/denial',
    'consignee-embargoed'],
  ['a British firm that stores in Macau', '740.27(a)(3)(i)', {}, storesInMacau, 'licence/denial', 'facility-embargoed'],
  ['Cambodia while in D:5', '740.27(a)(3)(i)', {}, firm('KH', 'GB'), 'licence/denial', 'consignee-embargoed', [],
    '2025-11-06'],
  ['Cambodia out of D:5', '740.27(a)(3)(i)', {}, firm('KH', 'GB'), 'aia', 'partner-firm', [], '2025-11-07'],
  ['a facility without paragraph 15', '740.27(a)(3)(ii)', {}, badFacility, 'licence/approval', 'facility-paragraph15'],
  ['a facility of which nothing is said', '740.27(a)(3)(ii)', {}, noFacility, 'licence/approval', 'fact-missing',
    paragraphs],
  ['the day before it must comply', 'Supp. 10 to 748, para 8', {}, badFacility, 'aia', 'partner-firm', [],
    '2026-01-14'],
  ['the day by which it must comply', 'Supp. 10 to 748, para 8', {}, badFacility, 'aia', 'partner-firm', [],
    '2026-01-15'],
  ['the day after', 'Supp. 10 to 748, para 8', {}, badFacility, 'licence/approval', 'facility-paragraph15', [],
    '2026-01-16'],

  ['an Emirati firm', '742.6(b)(14)', {}, firm('AE', 'AE'), 'licence/denial', 'consignee-headquarters-not-partner'],
  ['a Chinese firm in Germany', '742.6(b)(14)', {}, firm('DE', 'CN'), 'licence/denial',
    'consignee-headquarters-not-partner'],
  ['a firm of Hong Kong', '742.6(b)(14)', {}, firm('HK', 'HK'), 'licence/denial', 'consignee-embargoed'],
  ['a British firm of a Chinese parent', '742.6(b)(14)', {}, firm('GB', 'GB', 'CN'), 'licence/denial',
    'parent-headquarters-not-partner'],
  ['an Emirati firm of a US parent', '740.27(a)(3)', {}, emiratiOfUsParent, 'aia', 'partner-firm'],
  ['a British firm of an Emirati parent', '740.27(a)(3)', {}, firm('GB', 'GB', 'AE'), 'aia', 'partner-firm'],
  ['the same in D:4, before 10 July 2026', '740.2(a)(9)(ii)', {}, emiratiOfUsParent, 'licence/denial', 'consignee-restricted',
    [], '2026-07-09'],
  ['the same in A:5, from that day on', '740.2(a)(9)(ii)', {}, emiratiOfUsParent, 'aia', 'partner-firm', [], '2026-07-10'],
  ['a Vietnamese firm of a US parent, in D:1', '740.2(a)(9)(ii)', {}, firm('VN', 'VN', 'US'), 'licence/denial',
    'consignee-restricted'],
  ['a US firm in Vietnam', '740.2(a)(9)(ii)', {}, firm('VN', 'US'), 'aia', 'partner-firm'],
  ['a US firm in Vietnam of a Vietnamese parent', '740.2(a)(9)(ii)', {}, firm('VN', 'US', 'VN'), 'aia', 'partner-firm'],
  ['an Israeli firm of a US parent, in D:4 and A:6', '740.2(a)(9)(ii)', {}, firm('IL', 'IL', 'US'), 'aia', 'partner-firm'],
  ['an Indian firm of a US parent that stores in Qatar', '740.2(a)(9)(ii)', {},
    firm('IN', 'IN', 'US', { ...complies, country: 'QA' }), 'licence/denial', 'facility-restricted'],
  ['a firm in Vietnam with a US parent, its own headquarters not stated', '740.2(a)(9)(ii)', {}, firm('VN', '-', 'US'),
    'licence/unknown', 'headquarters-unknown', ['/consignee/headquarters']],
  ['an Emirati firm of an Indian parent', '742.6(b)(14)', {}, firm('AE', 'AE', 'IN'), 'licence/denial',
    'parent-headquarters-not-partner'],
  ['the same with a facility that does not comply', '742.6(b)(14)', {},
    firm('AE', 'AE', 'US', { ...complies, paragraph15: false }), 'licence/denial', 'consignee-headquarters-not-partner'],
  ['a British firm of unknown parent', '742.6(b)(14)', {}, firm('GB', 'GB', '-'), 'licence/unknown',
    'headquarters-unknown', ['/consignee/ultimateParent']],
  ['an Emirati firm of unknown parent', '742.6(b)(14)', {}, firm('AE', 'AE', '-'), 'licence/denial',
    'consignee-headquarters-not-partner', ['/consignee/ultimateParent']],
  ['a firm of which nothing is known', '742.6(a)(13)', {}, firm('-', '-', '-'), 'licence/unknown',
    'headquarters-unknown', ['/consignee/country', '/consignee/headquarters', '/consignee/ultimateParent']],
  ['no consignee', '742.6(a)(13)', {}, undefined, 'licence/unknown', 'licence-required-worldwide',
    ['/consignee', ...paragraphs]],
  ['to the United States', '734.13; 734.14', {}, firm('US', 'US'), 'none', 'not-an-export'],
  ['published weights to the United States', '734.13; 734.14', { published: true }, firm('US', 'US'), 'none',
    'not-an-export'],
  ['to the United States, stored in Canada', '734.13', {}, firm('US', 'US', 'none', { ...complies, country: 'CA' }), 'aia',
    'partner-firm'],

  ['a permanent employee of a British firm', '742.6(a)(13)', employee(true), british, 'none',
    'permanent-regular-employee'],
  ['a contractor of a British firm', '742.6(a)(13)', employee(false), british, 'licence/approval',
    'no-permanent-regular-employee'],
  ['a permanent employee of an Emirati firm', '742.6(a)(13)', employee(true), firm('AE', 'AE'), 'licence/denial',
    'consignee-headquarters-not-partner'],
  ['an employee of unknown standing', '742.6(a)(13)', employee('unknown'), firm('US', 'US'), 'licence/approval',
    'fact-missing', ['/permanentRegularEmployee']],
  ['a permanent employee, control unknown', '742.6(a)(13)', { ...employee(true), published: 'unknown' }, british,
    'none', 'permanent-regular-employee'],
];

describe('who may have controlled weights, worked out by hand', () => {
  it.each<Case>(cases)('%s (%s)', (_, __, facts, consignee, expected, because, missing = [], on = '2026-08-01') => {
    const answer = determined(facts, consignee, { on });
    const { route, presumption, obligations } = answer;
    expect(presumption === null ? route : `${route}/${presumption}`).toBe(expected);
    expect(answer.missing.map(({ member }) => member)).toEqual(missing);
    const reasons = reasonsOf(answer);
    expect(reasons.map(({ code }) => code)).toContain(because);
    for (const { code, text, citation } of [...reasons, ...obligations]) {
      expect(code).toMatch(/^[a-z0-9-]+$/);
      expect(text).toMatch(/^\S.*\.$/);
      expect(citation).toMatch(/CFR|90 FR 4544/);
    }
  });

  it('tells the control apart from the route', () => {
    const { control, classification } = determined(foreign(false), british);
    expect([control, classification.control]).toEqual(['not-controlled', 'controlled']);
    expect(determined({}, firm('US', 'US')).control).toBe('controlled');
  });
});

describe('the obligations', () => {
  const codes = (answer: WeightsDetermination): readonly string[] => answer.obligations.map(({ code }) => code);

  it('of AIA are the security duties of paragraphs 14, 15 and 18 and the records', () => {
    const answer = determined({}, british);
    const duties = [
      'baseline-security',
      'annual-attestation',
      'secure-deployment',
      'dedicated-devices',
      'rate-limited-interfaces',
    ];
    expect(codes(answer)).toEqual([...duties, 'narrow-api', 'personnel-vetting', 'insider-threats', 'records']);
    expect(answer.obligations.every(({ dueAt }) => dueAt === null)).toBe(true);
  });

  it('of AIA are due on 15 January 2026 where the weights leave before', () => {
    const { obligations } = determined({}, noFacility, { on: '2025-06-01' });
    expect(obligations.find(({ code }) => code === 'dedicated-devices')?.dueAt).toBe('2026-01-15T23:59:59.999Z');
    expect(obligations.find(({ code }) => code === 'records')?.dueAt).toBeNull();
  });

  it('of a licence is the licence, and there are none where nothing is needed', () => {
    expect(codes(determined({}, firm('AE', 'AE')))).toEqual(['licence-before-export']);
    expect(codes(determined({ published: true }, firm('AE', 'AE')))).toEqual([]);
  });
});

describe('what the text leaves open', () => {
  it('partnerFirm: both headquarters must be inside under "both"', () => {
    const by = reading('partnerFirm', 'both');
    expect(determined({}, emiratiOfUsParent, { by }).route).toBe('licence');
    expect(determined(employee(true), emiratiOfUsParent, { by }).route).toBe('licence');
    expect(determined(employee(true), emiratiOfUsParent).route).toBe('none');
    expect(determined({}, firm('GB', 'GB', 'US'), { by }).route).toBe('aia');
  });

  it('unstatedHeadquarters: one that is not stated is passed over where the other is inside, as before the question', () => {
    const by = reading('unstatedHeadquarters', 'passed-over');
    expect(determined({}, firm('GB', 'GB', '-'), { by }).route).toBe('aia');
    expect(determined({}, firm('AE', 'AE', '-'), { by }).missing).toMatchObject([{ member: '/consignee/ultimateParent' }]);
    const { unstatedHeadquarters: _, ...readings } = by.weights.readings;
    const silent = { ...by, weights: { ...by.weights, readings } };
    expect(determined({}, firm('GB', 'GB', '-'), { by: silent }).route).toBe('aia');
  });

  it('aiaInGroupsD1D4: a parent inside suffices there too under "as-elsewhere", as before the question', () => {
    const vietnamese = firm('VN', 'VN', 'US');
    expect(determined({}, vietnamese, { by: reading('aiaInGroupsD1D4', 'as-elsewhere') }).route).toBe('aia');
    const { aiaInGroupsD1D4: _, ...readings } = rulebook.weights.readings;
    const silent = { ...rulebook, weights: { ...rulebook.weights, readings } };
    expect(determined({}, vietnamese, { by: silent }).route).toBe('aia');
    const passing = reading('unstatedHeadquarters', 'passed-over');
    expect(determined({}, firm('VN', '-', 'US'), { by: passing }).missing).toMatchObject([{ member: '/consignee/headquarters' }]);
  });

  it('partnerReview: no presumption under "not-stated"', () => {
    expect(determined({}, badFacility, { by: reading('partnerReview', 'not-stated') }).presumption).toBe('not-stated');
  });

  it('partnerInEmbargoedPlace: Macau is as elsewhere under "as-elsewhere", still without the exception', () => {
    const { route, presumption } = determined({}, firm('MO', 'GB'), {
      by: reading('partnerInEmbargoedPlace', 'as-elsewhere'),
    });
    expect([route, presumption]).toEqual(['licence', 'approval']);
  });
});

describe('a consignee that cannot be', () => {
  it('is named, and nothing is determined', () => {
    const answer = determineWeights(rulebook, closedModel, firm('Dubai', 'AE', 'uk'), Date.parse('2026-08-01'));
    expect(answer).toEqual({
      problems: [
        expect.objectContaining({ code: 'invalid', member: '/consignee/country' }),
        expect.objectContaining({ code: 'invalid', member: '/consignee/ultimateParent/headquarters' }),
      ],
    });
  });

  it('and a moment that is none too', () => {
    const answer = determineWeights(rulebook, closedModel, undefined, NaN);
    expect(answer).toEqual({ problems: [expect.objectContaining({ member: '/at' })] });
  });
});

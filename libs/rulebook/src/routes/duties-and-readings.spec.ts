import { readFileSync } from 'node:fs';
import { builtInRulebook } from '../document/built-in-rulebook.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { Determined, Shipment } from '../determination.js';
import { classifyItems } from '../items/classify-items.js';
import type { ItemFacts } from '../items/classify-item.js';
import { loadRulebook } from '../document/load-rulebook.js';
import { fromTpp, milliTpp, noTpp } from '../milli-tpp.js';
import type { ReadingName, Rulebook } from '../document/rulebook.js';
import { determine } from './determine.js';

const builtIn = builtInRulebook();
const atMs = Date.parse('2026-03-01T00:00:00Z');
const lines = (): null => null;

function ship(items: readonly ItemFacts[], rest: Omit<Shipment, 'items'>, rulebook = builtIn, at = atMs): Determined {
  const classified = classifyItems(rulebook, items);
  if (classified.problems !== undefined) throw new Error(classified.problems[0]?.message);
  return determine(rulebook, { ...rest, items: classified.items }, at, { lines });
}

const b200s = (quantity: number): ItemFacts[] => [{ chip: 'nvidia-b200', quantity }];
const described = (milliTppPerUnit: number): ItemFacts[] =>
  [{ description: 'rack', eccn: '4A090.a', quantity: 1, milliTppPerUnit: milliTpp(milliTppPerUnit) }];
const falcon = (country: string, headquarters: string, parent: string): Pick<Shipment, 'consignee'> => ({
  consignee: { name: 'Falcon', country, headquarters, ultimateParent: { name: 'Parent', headquarters: parent } },
});
const kinds = ({ obligations }: Determined): readonly string[] => obligations.map(({ kind }) => kind);
const reasonsOf = ({ routesConsidered }: Determined, route: string): readonly string[] =>
  routesConsidered.find((each) => each.route === route)?.reasons.map(({ code }) => code) ?? [];

/** The built-in rulebook that follows another reading. */
function reading(name: ReadingName, value: string): CompiledRulebook {
  return loadRulebook(withReading(builtIn.document, name, value));
}

function withReading(document: Rulebook, name: ReadingName, value: string): Rulebook {
  const { policy } = document;
  return { ...document, policy: { ...policy, readings: { ...policy.readings, [name]: { value, reason: 'A test.' } } } };
}

/** The built-in rulebook before version 2025-01-15.2. */
function formerDocument(): Rulebook {
  const path = new URL('../../../../../test/golden/rulebooks/us-ai-diffusion-2025-01-15.json', import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Rulebook;
}

describe('the duties that come with a route', () => {
  it('are those of AIA, with the filing once 253,000,000 TPP are reached', () => {
    const { obligations } = ship(b200s(1), { destination: 'DE' });
    expect(obligations.map(({ kind, due }) => [kind, due.when])).toEqual([
      ['aia-eccn', 'before-export'],
      ['aia-certification', 'before-export'],
      ['aia-shipment-notice', 'with-export'],
      ['aia-certification-filing', 'on-reaching'],
      ['aia-records', 'years-after-export'],
    ]);
    expect(obligations[3]?.due).toEqual({ when: 'on-reaching', tpp: 253_000_000 });
  });

  it('are those of AIA without the certification, which is for commodities, for software alone', () => {
    const software: ItemFacts = { description: 'driver', eccn: '5D002.z.1.a', quantity: 1, milliTppPerUnit: noTpp };
    const alone = ['aia-eccn', 'aia-shipment-notice', 'aia-records'];
    expect(kinds(ship([software], { destination: 'DE' }))).toEqual(alone);
    expect(kinds(ship([software, ...b200s(1)], { destination: 'DE' }))).toHaveLength(5);
  });

  it('are those of a VEU with what it and its suppliers report, and of a UVEU before it moves chips', () => {
    const both = [
      'veu-certification', 'veu-security-certification', 'veu-report', 'veu-chip-accounting', 'veu-transit-report',
      'veu-records', 'veu-shipment-report', 'veu-requirement-notice', 'veu-security-attestation',
      'veu-ties', 'veu-cooperation-notice', 'veu-equity-report', 'veu-chip-transfer', 'veu-weight-storage', 'veu-shipment-plan', 'veu-disposal',
    ];
    const kindsOf = (route: 'uveu' | 'nveu'): unknown => builtIn.route(route)?.obligationsOf(noTpp).map(({ kind }) => kind);
    expect(kindsOf('nveu')).toEqual(both);
    expect(kindsOf('uveu')).toEqual([...both, 'uveu-transfer-notice']);
    const notice = builtIn.route('uveu')?.obligationsOf(noTpp).at(-1);
    expect(notice?.due).toEqual({ when: 'before-transfer', days: 60 });
    expect(builtIn.route('uveu')?.obligationRule('veu-shipment-report')).toMatchObject({ per: 'party' });
  });

  it('take their days from the parameter that they name', () => {
    const document = JSON.parse(JSON.stringify(builtIn.document)) as Rulebook;
    const copyDays = document.routes?.lpp?.parameters['copyDays'];
    Object.assign(copyDays ?? {}, { value: 45 });
    const lpp = loadRulebook(document).route('lpp');
    const copy = lpp?.obligationsOf(noTpp).find(({ kind }) => kind === 'lpp-certification-copy');
    expect(copy?.due).toEqual({ when: 'after-export', days: 45 });
  });

  it.each([
    [3_199_999_999, false],
    [3_200_000_000, true],
    [3_200_000_001, true],
  ])('are those of LPP, with the notice of a shipment of %d thousandths: %s', (size, isDue) => {
    const found = ship(described(size), { destination: 'IN', ...falcon('IN', 'IN', 'IN') });
    expect(found.route).toBe('lpp');
    expect(kinds(found).includes('lpp-notice')).toBe(isDue);
    const copy = found.obligations.find(({ kind }) => kind === 'lpp-certification-copy');
    expect(copy?.due).toEqual({ when: 'after-export', days: 30 });
    expect(kinds(found)).toEqual(expect.arrayContaining(['lpp-certification', 'lpp-limit-reached']));
  });

  it('are those of NAC and ACM, and none of a licence: what its application carries was done before', () => {
    const card: ItemFacts[] = [{ chip: 'nvidia-geforce-rtx-4090', quantity: 1 }];
    const noticed = { destination: 'CN', facts: { noticeGivenAt: '2026-01-01T00:00:00Z' } };
    expect(kinds(ship(card, noticed))).toEqual(['nac-notification']);
    const facts = { endUse: 'production', privateSector: true, customersOutsideD5: true } as const;
    const maker = { destination: 'MY', ...falcon('MY', 'MY', 'MY'), facts };
    expect(kinds(ship(b200s(1), maker))).toEqual(['acm-accounting', 'acm-records']);
    expect(kinds(ship(b200s(1), { destination: 'AE' }))).toEqual([]);
    expect(kinds(ship(card, { destination: 'AE' }))).toEqual([]);
  });

  it('are none of a shipment that is refused or uncontrolled', () => {
    expect(kinds(ship(b200s(1), { destination: 'CN' }))).toEqual([]);
    expect(kinds(ship([{ chip: 'nvidia-h20', quantity: 1 }], { destination: 'CN' }))).toEqual([]);
  });
});

describe('a missing fact', () => {
  it('is named with its route', () => {
    expect(ship(b200s(1), { destination: 'AE' }).missingFacts).toEqual([
      { route: 'acm', fact: 'ultimateConsignee' },
      { route: 'acm', fact: 'facts.endUse' },
      { route: 'acm', fact: 'facts.privateSector' },
      { route: 'acm', fact: 'facts.customersOutsideD5' },
      { route: 'uveu', fact: 'ultimateConsignee' },
      { route: 'nveu', fact: 'ultimateConsignee' },
      { route: 'lpp', fact: 'ultimateConsignee' },
    ]);
    const named = ship(b200s(1), { destination: 'AE', consignee: { name: 'Falcon' } });
    expect(named.missingFacts).toContainEqual({ route: 'lpp', fact: 'ultimateConsignee.ultimateParent' });
  });

  it('is also one of the wrong form', () => {
    const facts = { noticeGivenAt: 'yesterday' };
    const found = ship([{ chip: 'nvidia-geforce-rtx-4090', quantity: 1 }], { destination: 'CN', facts });
    expect(found.missingFacts).toEqual([{ route: 'nac', fact: 'facts.noticeGivenAt' }]);
  });

  it('is a parent whose name has no letter', () => {
    const consignee = { name: 'Falcon', ultimateParent: { name: '???' } };
    expect(ship(b200s(1), { destination: 'IN', consignee }).missingFacts).toContainEqual({
      route: 'lpp', fact: 'ultimateConsignee.ultimateParent.name',
    });
  });
});

describe('contradictory facts', () => {
  it('are one name with two headquarters', () => {
    const consignee = {
      name: 'Falcon Ltd', headquarters: 'AE', ultimateParent: { name: 'FALCON, LTD.', headquarters: 'US' },
    };
    const { contradictions, refusal } = ship(b200s(1), { destination: 'AE', consignee });
    expect(contradictions).toEqual([
      {
        code: 'contradictory-facts',
        text:
          "ultimateConsignee and ultimateConsignee.ultimateParent are both 'falcon-ltd', headquartered in " +
          'United Arab Emirates and in United States.',
        citation: '15 CFR 742.6(b)(10)(iii)',
      },
    ]);
    expect(refusal).toEqual({ code: 'route-not-applicable', reasons: contradictions });
  });

  it('refuse uncontrolled items too', () => {
    const facts = { privateSector: true, governmentOwned: true };
    expect(ship([{ chip: 'nvidia-h20', quantity: 1 }], { destination: 'AE', facts }).refusal).not.toBeNull();
  });
});

describe('another reading of the text', () => {
  const partners = { destination: 'AE', ...falcon('AE', 'US', 'US') };
  const outsiders = { destination: 'DE', ...falcon('DE', 'DE', 'SG'), route: 'licence' } as const;

  it('debits nothing for partner companies in allocation countries', () => {
    const free = { ...partners, route: 'licence' } as const;
    expect(ship(b200s(1), free).debitedMilliTpp).toBe(36_000_000);
    const nothing = reading('partnerHeadquarters', 'debits-nothing');
    // (A)(2) reads "headquartered in, or whose ultimate parent is headquartered in": either will do.
    for (const company of [falcon('AE', 'US', 'US'), falcon('AE', 'AE', 'US'), falcon('AE', 'US', 'SG')]) {
      expect(ship(b200s(1), { ...free, ...company }, nothing)).toMatchObject({
        route: 'licence', refusal: null, debitedMilliTpp: 0,
      });
    }
    expect(ship(b200s(1), { ...free, ...falcon('AE', 'AE', 'SG') }, nothing).debitedMilliTpp).toBe(36_000_000);
  });

  it('debits the country of the headquarters for outsiders in partner countries', () => {
    expect(ship(b200s(1), outsiders).line).toBe('country:DE');
    const found = ship(b200s(1), outsiders, reading('otherHeadquarters', 'debits-headquarters-country'));
    expect(found).toMatchObject({ route: 'licence', line: 'country:SG', debitedMilliTpp: 36_000_000 });
  });

  it('opens D:1 and D:4 to LPP', () => {
    const toVietnam = { destination: 'VN', ...falcon('VN', 'VN', 'VN') };
    expect(ship(b200s(1), toVietnam).route).toBe('licence');
    expect(ship(b200s(1), toVietnam, reading('lppInGroupsD1D4', 'usable')).route).toBe('lpp');
  });

  it('takes 5A002.z under LPP', () => {
    const router = { description: 'router', eccn: '5A002.z.1.a', quantity: 1, milliTppPerUnit: fromTpp(5000) };
    const items: ItemFacts[] = [router];
    const toIndia = { destination: 'IN', ...falcon('IN', 'IN', 'IN') };
    expect(reasonsOf(ship(items, toIndia), 'lpp')).toEqual(['item-not-eligible']);
    expect(ship(items, toIndia, reading('lppSecurityItems', 'eligible')).route).toBe('lpp');
  });

  it('asks for the notice of LPP only above 3,200,000 TPP', () => {
    const above = reading('lppNoticeAt', 'above');
    const toIndia = { destination: 'IN', ...falcon('IN', 'IN', 'IN') };
    expect(kinds(ship(described(3_200_000_000), toIndia, above))).not.toContain('lpp-notice');
    expect(kinds(ship(described(3_200_000_001), toIndia, above))).toContain('lpp-notice');
  });

  it('takes the Emirates as of D:4 until the control of 3A090.b names them, in a document that does not say so itself', () => {
    const l40: ItemFacts[] = [{ chip: 'nvidia-l40', quantity: 1 }];
    const routes = (rulebook: CompiledRulebook, at: string): readonly string[] => [
      ship(l40, { destination: 'AE' }, rulebook, Date.parse(at)).route,
      ship(b200s(1), { destination: 'AE', ...falcon('AE', 'AE', 'AE') }, rulebook, Date.parse(at)).route,
    ];
    const former = formerDocument();
    const outside = loadRulebook(former);
    const inD4 = loadRulebook(withReading(former, 'emiratesInGroupD4', 'until-named'));
    const [before, named] = ['2026-07-22T23:59:59.999Z', '2026-07-23T00:00:00Z'];
    expect(routes(outside, before)).toEqual(['none', 'lpp']);
    expect(routes(inD4, before)).toEqual(['aca', 'licence']);
    for (const rulebook of [outside, inD4]) expect(routes(rulebook, named)).toEqual(['aca', 'lpp']);
    expect(routes(builtIn, '2026-07-09T23:59:59.999Z')).toEqual(['aca', 'licence']);
    expect(routes(builtIn, '2026-07-10T00:00:00Z')).toEqual(['aca', 'lpp']);
  });

  it('refuses a chip declared below what the catalogue computes, or takes it and says so', () => {
    const low: ItemFacts[] = [{ chip: 'nvidia-b200', quantity: 1, eccn: 'EAR99' }];
    const beside: ItemFacts[] = [{ chip: 'nvidia-b200', quantity: 1, eccn: '3A090.b' }, { chip: 'nvidia-a100', quantity: 1 }];
    const strict = reading('declaredBelowCatalogue', 'contradictory');
    const taken = ship(low, { destination: 'AE' });
    expect(taken).toMatchObject({ route: 'none', refusal: null, contradictions: [], debitedMilliTpp: 0 });
    expect(taken.routesConsidered[0]?.reasons.at(-1)).toEqual({
      code: 'declared-below-catalogue',
      text: 'nvidia-b200 is declared as EAR99; its figures in the catalogue come to 3A090.a.',
      citation: '15 CFR Part 774, Supplement No. 1, ECCN 3A090 with Technical Note 2',
    });
    expect(reasonsOf(ship(beside, { destination: 'AE' }), 'licence')).toEqual([
      'within-allocation', 'item-debits', 'leaves-under-aca', 'declared-below-catalogue',
    ]);
    for (const items of [low, beside]) {
      expect(ship(items, { destination: 'AE' }, strict).contradictions).toMatchObject([{ code: 'contradictory-facts' }]);
    }
    const asComputed: ItemFacts[] = [{ chip: 'nvidia-b200', quantity: 1, eccn: '4A090.a' }];
    expect(ship(asComputed, { destination: 'AE' }, strict).contradictions).toEqual([]);
    const hgx: ItemFacts[] = [{ chip: 'nvidia-hgx-b200', quantity: 1, eccn: '5A992.z.2' }];
    expect(ship(hgx, { destination: 'AE' }, strict).contradictions).toHaveLength(1);
  });

  it('leaves high-bandwidth memory undetermined', () => {
    const memory: ItemFacts[] = [{ description: 'HBM', eccn: '3A090.c', quantity: 1, milliTppPerUnit: noTpp }];
    expect(ship(memory, { destination: 'CN' }).refusal?.code).toBe('no-allocation');
    expect(ship(memory, { destination: 'CN' }, reading('levelCReview', 'not-determined')).route).toBe('none');
  });
});

describe('a route switched off, or left out', () => {
  const without = (change: (document: Rulebook) => void): CompiledRulebook => {
    const document = JSON.parse(JSON.stringify(builtIn.document)) as Rulebook;
    change(document);
    return loadRulebook(document);
  };
  const card: ItemFacts[] = [{ chip: 'nvidia-geforce-rtx-4090', quantity: 1 }];

  it('says so and leaves the next one', () => {
    const off = without((document) => Object.assign(document.routes?.aca ?? {}, { enabled: false }));
    expect(ship(card, { destination: 'AE' }, off).route).toBe('licence');
    expect(reasonsOf(ship(card, { destination: 'AE' }, off), 'aca')).toEqual(['route-switched-off']);
    const gone = without((document) => delete (document.routes as { aca?: unknown }).aca);
    expect(reasonsOf(ship(card, { destination: 'AE' }, gone), 'aca')).toEqual(['not-in-this-rulebook']);
  });

  it('leaves AIA and licence to a file from before routes were data', () => {
    const old = without((document) => {
      const added = ['routes', 'controls', 'countryGroups', 'systems', 'background'];
      for (const name of added) delete (document as never)[name];
    });
    const licensed = { route: 'licence', debitedMilliTpp: 5_284_800, obligations: [] };
    expect(ship(card, { destination: 'AE' }, old)).toMatchObject(licensed);
    expect(ship(card, { destination: 'DE' }, old).route).toBe('aia');
    const l40 = ship([{ chip: 'nvidia-l40', quantity: 1 }], { destination: 'CN' }, old);
    expect(l40).toMatchObject({ route: 'none', refusal: null });
    for (const route of ['aca', 'nac', 'acm', 'uveu', 'nveu', 'lpp']) {
      expect(reasonsOf(ship(card, { destination: 'AE' }, old), route)).toEqual(['not-in-this-rulebook']);
    }
  });
});

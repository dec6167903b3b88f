import { builtInRulebook } from '../document/built-in-rulebook.js';
import type { ClassifiedItem, Determination, RouteConsidered, Shipment } from '../determination.js';
import type { Consignee } from '../consignee.js';
import { classifyItem } from '../items/classify-item.js';
import { determine } from './determine.js';

const rulebook = builtInRulebook();
const inPeriod = Date.parse('2026-01-01T00:00:00Z');

function item(chip: string, quantity = 1): ClassifiedItem {
  const classified = classifyItem(rulebook, { chip, quantity });
  if ('problem' in classified) throw new Error(classified.message);
  return classified;
}

const h100s = item('nvidia-h100-sxm5', 10);
const h20s = item('nvidia-h20', 10);
const l40s = item('nvidia-l40', 10);

/** What becomes of a shipment of ten H100 unless `rest` says otherwise. */
function ship(destination: string, rest: Partial<Shipment> = {}, atMs = inPeriod): Determination {
  return determine(rulebook, { destination, items: [h100s], ...rest }, atMs);
}

function consignee(country: string, headquarters: string, parent?: string): { consignee: Consignee } {
  const ultimateParent = parent === undefined ? {} : { ultimateParent: { name: 'Parent', headquarters: parent } };
  return { consignee: { name: 'Consignee', country, headquarters, ...ultimateParent } };
}

const codes = (determination: Determination): readonly string[] =>
  determination.refusal?.reasons.map(({ code }) => code) ?? [];
const considered = (determination: Determination, route: string): RouteConsidered | undefined =>
  determination.routesConsidered.find((each) => each.route === route);

describe('a shipment to an allocation country', () => {
  it('needs a licence that debits the destination', () => {
    expect(ship('AE')).toMatchObject({
      route: 'licence',
      line: 'country:AE',
      refusal: null,
      milliTpp: 158_320_000,
      debitedMilliTpp: 158_320_000,
    });
  });

  it('debits items at the level of 3A090.a only, and counts all in its size', () => {
    expect(ship('AE', { items: [h100s, h20s, l40s] })).toMatchObject({
      route: 'licence',
      milliTpp: 158_320_000 + 23_680_000 + 28_960_000,
      debitedMilliTpp: 158_320_000,
    });
  });

  it('debits the destination also for a consignee headquartered in a partner country', () => {
    expect(ship('AE', consignee('AE', 'US', 'US'))).toMatchObject({
      route: 'licence',
      line: 'country:AE',
      refusal: null,
      debitedMilliTpp: 158_320_000,
    });
  });

  it('considers every route and says why', () => {
    const { routesConsidered } = ship('AE');
    expect(routesConsidered.map(({ route }) => route)).toEqual([
      'none', 'aia', 'aca', 'nac', 'acm', 'uveu', 'nveu', 'lpp', 'licence',
    ]);
    expect(routesConsidered.filter(({ applicable }) => applicable).map(({ route }) => route)).toEqual(['licence']);
    for (const { reasons } of routesConsidered) {
      expect(reasons.length).toBeGreaterThan(0);
      for (const { code, text, citation } of reasons) {
        expect([code, text, citation]).toEqual([
          expect.stringMatching(/^[a-z0-9-]+$/), expect.stringMatching(/\.$/), expect.stringContaining('15 CFR'),
        ]);
      }
    }
  });
});

describe('a shipment to a partner country', () => {
  it('goes under AIA and is counted in full', () => {
    expect(ship('DE')).toMatchObject({ route: 'aia', line: 'country:DE', refusal: null, debitedMilliTpp: 158_320_000 });
  });

  it.each([
    ['headquarters and parent in other partner countries', consignee('DE', 'JP', 'TW')],
    ['headquarters in the United States', consignee('DE', 'US')],
  ])('goes under AIA with %s', (_, rest) => expect(ship('DE', rest).route).toBe('aia'));

  it.each([
    ['the consignee is headquartered elsewhere', consignee('DE', 'AE'), ['consignee-headquarters-not-partner']],
    ['its parent is headquartered elsewhere', consignee('DE', 'DE', 'SG'), ['parent-headquarters-not-partner']],
    ['the consignee is located elsewhere', consignee('AE', 'DE'), ['consignee-not-in-partner']],
  ])('needs a licence if %s', (_, rest, reasons) => {
    const determination = ship('DE', rest);
    expect(determination).toMatchObject({ route: 'licence', refusal: null, debitedMilliTpp: 158_320_000 });
    expect(considered(determination, 'aia')?.reasons.map(({ code }) => code)).toEqual(reasons);
  });

  it('goes under a licence if one is asked for', () => {
    expect(ship('DE', { route: 'licence' })).toMatchObject({ route: 'licence', refusal: null });
  });
});

describe('an embargo', () => {
  it.each<[string, string, Partial<Shipment>, readonly string[]]>([
    ['the destination', 'CN', {}, ['destination-embargoed', 'consignee-headquarters-embargoed']],
    ['Macau', 'MO', {}, ['destination-embargoed', 'consignee-headquarters-embargoed']],
    ['Hong Kong', 'HK', {}, ['destination-embargoed', 'consignee-headquarters-embargoed']],
    ['the place of the consignee', 'AE', consignee('RU', 'AE'), ['consignee-embargoed']],
    ['the headquarters of the consignee', 'AE', consignee('AE', 'CN'), ['consignee-headquarters-embargoed']],
    ['the headquarters of the parent', 'SG', consignee('SG', 'SG', 'CN'), ['parent-headquarters-embargoed']],
    ['the parent of a partner consignee', 'DE', consignee('DE', 'DE', 'CN'), ['parent-headquarters-embargoed']],
    ['the place of the parent', 'DE',
      { consignee: { name: 'C', ultimateParent: { name: 'P', country: 'IR', headquarters: 'CN' } } },
      ['parent-embargoed', 'parent-headquarters-embargoed']],
  ])('on %s is refused as no-allocation', (_, destination, rest, reasons) => {
    const determination = ship(destination, rest);
    expect(determination).toMatchObject({ route: 'licence', line: `country:${destination}` });
    expect(determination.refusal?.code).toBe('no-allocation');
    expect(codes(determination)).toEqual(reasons);
    expect(determination.routesConsidered.some(({ applicable }) => applicable)).toBe(false);
  });

  it('names the country and cites rule and group', () => {
    expect(ship('AE', consignee('AE', 'CN')).refusal?.reasons).toEqual([
      {
        code: 'consignee-headquarters-embargoed',
        text:
          'The ultimate consignee is headquartered in China (CN), embargoed: no allocation, licences presumed denied.',
        citation: '15 CFR 742.6(b)(10)(iii)(A)(1); 15 CFR Part 740, Supplement No. 1, Country Group D:5',
      },
    ]);
  });

  it('holds at the date of the shipment: Cambodia until 7 November 2025', () => {
    const lastMoment = Date.parse('2025-11-06T23:59:59.999Z');
    expect(ship('KH', {}, lastMoment).refusal?.code).toBe('no-allocation');
    expect(ship('TH', consignee('TH', 'KH'), lastMoment).refusal?.code).toBe('no-allocation');
    expect(ship('KH', {}, lastMoment + 1)).toMatchObject({ route: 'licence', refusal: null });
  });

  it('takes a party without headquarters to have them where it is', () => {
    const inChina = { name: 'P', country: 'CN' };
    expect(ship('AE', { consignee: inChina }).refusal?.code).toBe('no-allocation');
    expect(ship('AE', { consignee: { name: 'C', ultimateParent: inChina } }).refusal?.code).toBe('no-allocation');
    expect(ship('AE', { consignee: { name: 'C', ultimateParent: { name: 'P' } } }).refusal).toBeNull();
  });
});

describe('an uncontrolled shipment', () => {
  it.each(['AE', 'DE', 'CN', 'MO', 'KH'])('takes route none to %s and debits nothing', (destination) => {
    expect(ship(destination, { items: [h20s] })).toMatchObject({
      route: 'none',
      line: `country:${destination}`,
      refusal: null,
      milliTpp: 23_680_000,
      debitedMilliTpp: 0,
    });
  });

  it('includes the level of 3A090.b where nobody needs a licence for it, with its reason', () => {
    const determination = ship('BR', { items: [l40s, h20s] });
    expect(determination).toMatchObject({ route: 'none', refusal: null, debitedMilliTpp: 0 });
    expect(considered(determination, 'none')?.reasons.map(({ code }) => code)).toEqual([
      'not-controlled', 'level-b-not-controlled-here',
    ]);
  });

  it('is refused any other route that is asked for', () => {
    const determination = ship('AE', { items: [h20s], route: 'licence' });
    expect(determination).toMatchObject({ route: 'none', refusal: { code: 'route-not-applicable' } });
    expect(codes(determination)).toEqual(['not-controlled']);
  });
});

describe('a route asked for', () => {
  it.each([
    ['aca', 'designed-for-datacenters'],
    ['nac', 'nobody-embargoed'],
    ['acm', 'missing-fact'],
    ['uveu', 'missing-fact'],
    ['nveu', 'missing-fact'],
    ['lpp', 'missing-fact'],
  ] as const)('as %s is refused with its own reason: %s', (route, code) => {
    const determination = ship('AE', { route });
    expect(determination).toMatchObject({ route: 'licence', refusal: { code: 'route-not-applicable' } });
    expect(codes(determination)[0]).toBe(code);
  });

  it('as aia is refused outside of partner countries', () => {
    expect(codes(ship('AE', { route: 'aia' }))).toEqual(['destination-not-partner']);
  });

  it('as one that no rulebook has is refused too', () => {
    expect(ship('AE', { route: 'sneak' as 'aia' }).refusal?.code).toBe('route-not-applicable');
  });
});

describe('the dates of the rule', () => {
  it.each([
    ['2024-12-31T23:59:59.999Z', 'none', undefined],
    ['2025-01-12T23:59:59.999Z', 'none', undefined],
    ['2025-01-13T00:00:00.000Z', 'licence', undefined],
    ['2027-12-31T23:59:59.999Z', 'licence', undefined],
    ['2028-01-01T00:00:00.000Z', 'licence', 'outside-quota-period'],
  ])('give at %s the route %s and the refusal %s', (instant, route, code) => {
    const found = ship('AE', {}, Date.parse(instant));
    expect([found.route, found.refusal?.code]).toEqual([route, code]);
    expect(ship('AE', { items: [h20s] }, Date.parse(instant)).refusal).toBeNull();
  });

  it('say when the rule took effect', () => {
    const { routesConsidered } = ship('AE', {}, Date.parse('2024-01-01T00:00:00Z'));
    const reasons = [
      {
        code: 'rule-not-in-force',
        text: 'The rule took effect on 2025-01-13T00:00:00Z: at 2024-01-01T00:00:00.000Z it required nothing.',
        citation: '90 FR 4544 (15 January 2025), dates: effective on 13 January 2025',
      },
    ];
    expect(routesConsidered[0]).toEqual({ route: 'none', applicable: true, reasons });
    expect(routesConsidered.at(-1)).toEqual({ route: 'licence', applicable: false, reasons });
  });

  it('say when the quota period is', () => {
    expect(ship('AE', {}, Date.parse('2028-01-01T00:00:00Z')).refusal?.reasons).toMatchObject([
      {
        text:
          '2028-01-01T00:00:00.000Z is outside the quota period, which runs from 2025-01-01T00:00:00Z until before ' +
          '2028-01-01T00:00:00Z.',
      },
    ]);
  });

  it.each([-Infinity, -1e300, NaN, 1e300, Infinity])('are not asked of a calendar: %d has an answer', (atMs) => {
    for (const route of [undefined, 'licence'] as const) {
      expect(ship('AE', route ? { route } : {}, atMs).routesConsidered).toHaveLength(9);
    }
  });
});

describe('the precedence of refusals', () => {
  it('is outside-quota-period, no-allocation, route-not-applicable', () => {
    const after = Date.parse('2028-01-01T00:00:00Z');
    expect(ship('AE', { route: 'licence' }, after).refusal?.code).toBe('outside-quota-period');
    expect(ship('CN', { route: 'lpp' }).refusal?.code).toBe('no-allocation');
    expect(ship('AE', { route: 'lpp' }).refusal?.code).toBe('route-not-applicable');
  });
});

describe('headquarters that nobody states', () => {
  const registered = (name: string, headquarters: string | null) => ({
    companies: (party: { readonly name: string }) =>
      party.name === name ? { id: name, name, headquarters, authorisations: [], declaredMilliTpp: null } : null,
  });
  const shipped: Shipment = {
    destination: 'AE',
    items: [h100s],
    consignee: { name: 'Consignee', country: 'AE', ultimateParent: { name: 'Parent' } },
  };

  it('are those that are registered for the name, of the consignee and of its parent', () => {
    const refusalOf = (name: string) => codes(determine(rulebook, shipped, inPeriod, registered(name, 'CN')));
    expect(refusalOf('Parent')).toEqual(['parent-headquarters-embargoed']);
    expect(refusalOf('Consignee')).toContain('consignee-headquarters-embargoed');
    expect(determine(rulebook, shipped, inPeriod, registered('Somebody', 'CN')).refusal).toBeNull();
  });

  it('are where the company is, if the register does not know them either', () => {
    expect(determine(rulebook, shipped, inPeriod, registered('Parent', null)).refusal).toBeNull();
  });

  it('contradict the register, if they are stated otherwise', () => {
    const stated = { ...shipped, consignee: { name: 'Consignee', ultimateParent: { name: 'Parent', headquarters: 'AE' } } };
    const { contradictions } = determine(rulebook, stated, inPeriod, registered('Parent', 'CN'));
    expect(contradictions).toMatchObject([{ code: 'contradictory-facts' }]);
  });
});

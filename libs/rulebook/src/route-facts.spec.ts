import { checkRouteFacts, factOf, routeFactNames, type RouteFacts } from './route-facts.js';

const wrong = (facts: unknown): readonly string[] => checkRouteFacts(facts).map(({ member }) => member);

describe('checkRouteFacts', () => {
  it('takes every fact in its form', () => {
    const facts: Required<RouteFacts> = {
      inCountryTransfer: false, subjectToEar: true, exceptionConditionsMet: true, prohibitedEndUse: false, trainsWeightsForOutsiders: false, endUse: 'storage',
      privateSector: true, governmentOwned: false, customersOutsideD5: true, noticeGivenAt: '2026-01-01T00:00:00Z',
      cluster: true, clusterTpp: 0.5, memoryBandwidthGBs: 3350,
      operator: { name: 'Opera', country: 'AE', headquarters: 'US', ultimateParent: { name: 'Mother', headquarters: 'DE' } },
      betweenVeuSites: true, newDataCenter: true, siteNoticeGivenAt: '2026-01-01T00:00:00+02:00',
    };
    expect(checkRouteFacts(facts)).toEqual([]);
    expect(Object.keys(facts).sort()).toEqual([...routeFactNames].sort());
  });

  it.each<[string, unknown]>([
    ['colour', { colour: 'red' }],
    ['constructor', { constructor: true }],
    ['endUse', { endUse: 'fun' }],
    ['privateSector', { privateSector: 'yes' }],
    ['noticeGivenAt', { noticeGivenAt: '2026-02-30T00:00:00Z' }],
    ['clusterTpp', { clusterTpp: -1 }],
    ['clusterTpp', { clusterTpp: 0.0001 }],
    ['memoryBandwidthGBs', { memoryBandwidthGBs: 0 }],
    ['operator', { operator: { name: 'Opera', headquarters: 'XX' } }],
    ['operator', { operator: { name: ' ' } }],
    ['operator', { operator: { name: 'Opera', owner: 'me' } }],
    ['operator', { operator: { name: 'Opera', ultimateParent: { name: '' } } }],
    ['operator', { operator: { name: 'Opera', ultimateParent: { name: 'Mother', ultimateParent: { name: 'Eve' } } } }],
    ['operator', { operator: { name: 'Opera', ultimateParent: null } }],
    ['', []],
    ['', null],
  ])('names %s when it is unknown or wrong: case %#', (member, facts) => expect(wrong(facts)).toEqual([member]));
});

describe('factOf', () => {
  it('takes a fact of another form as left out', () => {
    expect(factOf({ privateSector: 'yes' } as unknown as RouteFacts, 'privateSector')).toBeUndefined();
    expect(factOf({ privateSector: false }, 'privateSector')).toBe(false);
    expect(factOf(undefined, 'privateSector')).toBeUndefined();
  });
});

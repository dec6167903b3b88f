import { statusOf } from './company.js';
import { amend, dayMs, grant, now, register, RegisterScenario, type GivenCommand } from '../testing/register-scenario.js';

const given = (...commands: readonly GivenCommand[]): RegisterScenario => new RegisterScenario().given(...commands);
const falcon = register('Falcon', 'AE');
const atelier = register('Atelier', 'FR');
const change = { from: undefined, until: undefined, reason: 'test' };

describe('granting an authorisation', () => {
  it('puts the company on the list from a date on', () => {
    const scenario = given(falcon);
    expect(scenario.when(grant('a', { until: now + dayMs, citation: 'Supplement No. 7' }))).toMatchObject({
      type: 'AuthorisationGranted', authorisationId: 'a', companyId: 'falcon', kind: 'nveu', country: 'AE', revokedAt: null, citation: 'Supplement No. 7',
    });
    expect(scenario.register.lookup({ name: 'Falcon' })?.authorisations).toEqual([
      { id: 'a', kind: 'nveu', country: 'AE', fromMs: now, untilMs: now + dayMs },
    ]);
  });

  it('of a UVEU is for a company of a partner country, or of the home country, and no country', () => {
    const uveu = { kind: 'uveu', companyId: 'atelier', country: null } as const;
    expect(given(atelier).when(grant('a', uveu))).toMatchObject({ kind: 'uveu', country: null });
    expect(given(register('Atelier', 'US')).when(grant('a', uveu))).toMatchObject({ kind: 'uveu' });
    expect(given(falcon).when(grant('a', { kind: 'uveu', country: null }))).toMatchObject({ code: 'authorisation-not-allowed' });
    expect(given(atelier).when(grant('a', { ...uveu, country: 'AE' }))).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/country' }] });
  });

  it.each<[string, Parameters<typeof grant>[1], object]>([
    ['no country', { country: null }, { code: 'invalid-request', errors: [{ pointer: '/country' }] }],
    ['a country that is none', { country: 'ZZ' }, { code: 'invalid-request', errors: [{ pointer: '/country' }] }],
    ['an embargoed country', { country: 'CN' }, { code: 'authorisation-not-allowed' }],
    ['Macau', { country: 'MO' }, { code: 'authorisation-not-allowed' }],
    ['the home country', { country: 'US' }, { code: 'authorisation-not-allowed' }],
    ['a company that nobody registered', { companyId: 'nobody' }, { code: 'company-not-found', errors: [{ pointer: '/companyId' }] }],
    ['an end before its beginning', { until: now - 1 }, { code: 'invalid-request', errors: [{ pointer: '/until' }] }],
    ['an end that has passed', { from: now - 2 * dayMs, until: now - dayMs }, { code: 'invalid-request', errors: [{ pointer: '/until' }] }],
  ])('is rejected for %s', (_, over, expected) => {
    expect(given(falcon).when(grant('a', over))).toMatchObject(expected);
  });

  it('is rejected for headquarters that are embargoed or not known', () => {
    expect(given(register('Falcon', 'CN')).when(grant('a'))).toMatchObject({ code: 'authorisation-not-allowed' });
    expect(given(register('Falcon')).when(grant('a'))).toMatchObject({ code: 'authorisation-not-allowed', detail: expect.stringContaining('not known') });
  });

  it('is rejected beside another one of its kind and country, at any time of both', () => {
    const scenario = given(falcon, grant('a', { from: now + dayMs, until: now + 3 * dayMs }));
    expect(scenario.when(grant('b'))).toMatchObject({ code: 'authorisation-exists', detail: expect.stringContaining('authorisation a') });
    expect(scenario.when(grant('b', { from: now + 2 * dayMs, until: now + 9 * dayMs }))).toMatchObject({ code: 'authorisation-exists' });
    expect(scenario.when(grant('b', { until: now + dayMs }))).toMatchObject({ authorisationId: 'b' });
    expect(scenario.when(grant('c', { from: now + 3 * dayMs }))).toMatchObject({ authorisationId: 'c' });
    expect(scenario.when(grant('d', { country: 'SA' }))).toMatchObject({ authorisationId: 'd' });
  });
});

describe('a register whose newest event is ahead of the clock', () => {
  it('takes no authorisation that ends before it is recorded', () => {
    const ahead = given({ ...register('Falcon', 'AE'), at: now + 9 * dayMs });
    expect(ahead.when(grant('a', { until: now + dayMs }))).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/until' }] });
    expect(ahead.when(grant('a', { until: now + 10 * dayMs }))).toMatchObject({ type: 'AuthorisationGranted' });
    const amended = { type: 'AmendAuthorisation', authorisationId: 'a', ...change } as const;
    expect(ahead.when({ ...amended, until: now + dayMs })).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/until' }] });
  });
});

describe('amending an authorisation', () => {
  const amended = (over: object) => ({ type: 'AmendAuthorisation', authorisationId: 'a', ...change, ...over }) as const;

  it('moves its end, and its beginning while that is to come', () => {
    expect(given(falcon, grant('a')).when(amended({ until: now + dayMs }))).toMatchObject({ type: 'AuthorisationAmended', until: '2026-03-02T12:00:00.000Z' });
    const planned = given(falcon, grant('a', { from: now + dayMs, until: now + 5 * dayMs }));
    expect(planned.when(amended({ from: now + 2 * dayMs, until: null }))).toMatchObject({ from: '2026-03-03T12:00:00.000Z', until: null });
  });

  it.each<[string, object, object]>([
    ['another beginning of what has begun', { from: now + dayMs }, { errors: [{ pointer: '/from' }] }],
    ['an end that has passed', { until: now }, { errors: [{ pointer: '/until' }] }],
    ['nothing that changes', {}, { code: 'nothing-to-change' }],
    ['one that nobody granted', { authorisationId: 'x' }, { code: 'authorisation-not-found' }],
  ])('is rejected for %s', (_, over, expected) => {
    expect(given(falcon, grant('a', { from: now - dayMs })).when(amended(over))).toMatchObject(expected);
  });

  it('is rejected into the time of another', () => {
    const scenario = given(falcon, grant('a', { until: now + dayMs }), grant('b', { from: now + dayMs }));
    expect(scenario.when(amended({ until: now + 2 * dayMs }))).toMatchObject({ code: 'authorisation-exists' });
  });

  it('is rejected once it has ended', () => {
    const scenario = given(falcon, grant('a', { until: now + dayMs }));
    expect(scenario.when(amended({ until: null, at: now + dayMs }))).toMatchObject({ code: 'authorisation-ended' });
  });
});

describe('revoking an authorisation', () => {
  const revoked = (over: object = {}) => ({ type: 'RevokeAuthorisation', authorisationId: 'a', effective: undefined, reason: 'test', ...over }) as const;

  it('ends it at once, and frees its place', () => {
    const scenario = given(falcon, grant('a', { from: now - dayMs }));
    expect(scenario.when(revoked())).toMatchObject({ type: 'AuthorisationRevoked', revokedAt: '2026-03-01T12:00:00.000Z' });
    expect(scenario.register.lookup({ name: 'Falcon' })?.authorisations).toMatchObject([{ untilMs: now }]);
    expect(scenario.when(grant('b'))).toMatchObject({ authorisationId: 'b' });
    expect(scenario.when(revoked())).toMatchObject({ code: 'authorisation-ended' });
  });

  it('may end it later: until then it is in force', () => {
    const scenario = given(falcon, grant('a', { from: now - dayMs }), revoked({ effective: now + dayMs }));
    const { authorisations: [authorisation] } = scenario.company('falcon');
    expect([now - 2 * dayMs, now, now + dayMs].map((at) => authorisation && statusOf(authorisation, at))).toEqual(['planned', 'in-force', 'revoked']);
    expect(scenario.when(revoked())).toMatchObject({ revokedAt: '2026-03-01T12:00:00.000Z' });
  });

  it('is rejected for a time that has passed, or after its end', () => {
    const scenario = given(falcon, grant('a', { from: now - dayMs, until: now + dayMs }));
    expect(scenario.when(revoked({ effective: now - 1 }))).toMatchObject({ errors: [{ pointer: '/effective' }] });
    expect(scenario.when(revoked({ effective: now + dayMs }))).toMatchObject({ errors: [{ pointer: '/effective' }] });
  });

  it('one that ran out has ended', () => {
    const scenario = given(falcon, grant('a', { until: now + dayMs }));
    const { authorisations: [authorisation] } = scenario.company('falcon');
    expect(authorisation && statusOf(authorisation, now + dayMs)).toBe('ended');
  });
});

it('an authorisation lets headquarters be corrected within what it allows', () => {
  expect(given(falcon, grant('a')).when(amend('falcon', { headquarters: 'SA' }))).toMatchObject({ headquarters: 'SA', authorisations: [{ authorisationId: 'a' }] });
  expect(given(falcon, grant('a')).when(amend('falcon', { headquarters: 'CN' }))).toMatchObject({ code: 'authorisation-not-allowed' });
});

import { fromTpp } from '#rulebook';
import { amend, grant, merge, named, now, register, RegisterScenario, type GivenCommand } from '../testing/register-scenario.js';

const given = (...commands: readonly GivenCommand[]): RegisterScenario => new RegisterScenario().given(...commands);
const rejectedAs = (code: string, pointer?: string): object => ({
  decided: false, code, ...(pointer !== undefined && { errors: [{ pointer }] }),
});

describe('registering a company', () => {
  it('names it by the slug of its name', () => {
    const scenario = new RegisterScenario();
    expect(scenario.when(register('Falcon Holding', 'AE', ['FH Group']))).toMatchObject({
      type: 'CompanyRegistered', companyId: 'falcon-holding', name: 'Falcon Holding', headquarters: 'AE', aliases: ['FH Group'],
    });
    expect(scenario.company('falcon-holding')).toMatchObject({ declaredMilliTpp: null, mergedInto: null, authorisations: [], createdRevision: 0 });
  });

  it('is found by its name and aliases however they are written, and by no other', () => {
    const { register: found } = given(register('Falcon Holding', 'AE', ['FH Group']));
    for (const name of ['FALCON holding', 'Fálcon-Holding', 'fh group']) expect(found.lookup({ name })).toMatchObject({ id: 'falcon-holding', headquarters: 'AE' });
    expect(found.lookup({ name: 'Falcon' })).toBeNull();
  });

  it.each<[string, ReturnType<typeof register>, object]>([
    ['a name that is registered', register('falcon HOLDING'), rejectedAs('company-exists', '/name')],
    ['with the same headquarters', register('Falcon Holding', 'AE'), rejectedAs('company-exists', '/name')],
    ['a name that is an alias', register('FH Group', 'AE'), rejectedAs('company-exists', '/name')],
    ['with other headquarters', register('Falcon Holding', 'FR'), { code: 'contradictory-facts', reasons: [{ code: 'contradictory-facts' }] }],
    ['an alias with other headquarters', register('FH Group', 'FR'), rejectedAs('contradictory-facts')],
    ['an alias that is taken', register('Orion', 'FR', ['Orion One', 'Falcon Holding']), rejectedAs('alias-taken', '/aliases/1')],
    ['an alias that is its name', register('Orion', 'FR', ['ORION']), rejectedAs('invalid-request', '/aliases/0')],
    ['an alias twice', register('Orion', 'FR', ['One', 'one!']), rejectedAs('invalid-request', '/aliases/1')],
    ['an alias that says nothing', register('Orion', 'FR', ['...']), rejectedAs('invalid-request', '/aliases/0')],
    ['a name that says nothing', register('***'), rejectedAs('invalid-request', '/name')],
    ['headquarters nowhere', register('Orion', 'ZZ'), rejectedAs('invalid-request', '/headquarters')],
  ])('is rejected for %s', (_, command, expected) => {
    const scenario = given(register('Falcon Holding', 'AE', ['FH Group']));
    expect(scenario.when(command)).toMatchObject(expected);
    expect(scenario.events).toHaveLength(1);
  });

  it('says which companies may be meant', () => {
    const scenario = given(register('Falcon Holding', 'AE'), register('Orion'));
    expect(scenario.when(register('Falcn Holding'))).toMatchObject({ nearMatches: [{ id: 'falcon-holding', name: 'Falcon Holding', headquarters: 'AE' }] });
    expect(scenario.when(register('Zephyr'))).not.toHaveProperty('nearMatches');
  });
});

describe('a party that a shipment names', () => {
  it('is registered once, with what the shipment says of it', () => {
    const scenario = new RegisterScenario();
    expect(scenario.when(named('Falcon', 'AE'))).toMatchObject({ type: 'CompanyRegistered', companyId: 'falcon', headquarters: 'AE', shipmentId: 'shipment' });
    expect(scenario.when(named('FALCON', 'AE'))).toBeNull();
    expect(scenario.when(named('Falcon'))).toBeNull();
  });

  it('gets its headquarters from the first shipment that states them', () => {
    const scenario = given(named('Falcon'), amend('falcon', { declaredMilliTpp: fromTpp(5) }));
    expect(scenario.when(named('Falcon', 'FR'))).toMatchObject({ type: 'CompanyAmended', headquarters: 'FR', declaredMilliTpp: 5_000 });
    expect(scenario.register.lookup({ name: 'Falcon' })).toMatchObject({ headquarters: 'FR' });
    expect(scenario.when(named('Falcon', 'AE'))).toBeNull();
  });

  it('is none without a letter, or headquartered nowhere', () => {
    expect(new RegisterScenario().when(named('***', 'AE'))).toBeNull();
    expect(new RegisterScenario().when(named('Falcon', 'ZZ'))).toBeNull();
  });

  it('remembers what was near to it', () => {
    const { register: found } = given(register('Falcon Cloud', 'AE'), named('Falcon Clod'));
    const companies = [{ id: 'falcon-cloud', name: 'Falcon Cloud', headquarters: 'AE' }];
    expect(found.namedBy('shipment')).toEqual({ name: 'Falcon Clod', companies });
  });
});

describe('amending a company', () => {
  it('changes what is stated and keeps the rest', () => {
    const scenario = given(register('Falcon', 'AE', ['FH']), amend('falcon', { declaredMilliTpp: fromTpp(100) }));
    expect(scenario.company('falcon')).toMatchObject({ name: 'Falcon', headquarters: 'AE', aliases: ['FH'], declaredMilliTpp: 100_000, revision: 1 });
    expect(scenario.register.lookup({ name: 'FH' })).toMatchObject({ declaredMilliTpp: 100_000 });
  });

  it('keeps the former name as an alias', () => {
    const scenario = given(register('Falcon', 'AE'), amend('falcon', { name: 'Phoenix' }), amend('falcon', { name: 'Kestrel' }));
    expect(scenario.company('falcon')).toMatchObject({ name: 'Kestrel', aliases: ['Falcon', 'Phoenix'] });
    for (const name of ['Falcon', 'Phoenix', 'Kestrel']) expect(scenario.register.lookup({ name })?.id).toBe('falcon');
  });

  it('frees a name that is taken off the list, but never the id', () => {
    const scenario = given(register('Falcon', 'AE', ['FH']), amend('falcon', { aliases: ['Falke'] }), register('FH', 'FR'));
    expect(scenario.register.lookup({ name: 'Falke' })?.id).toBe('falcon');
    expect(scenario.register.lookup({ name: 'FH' })?.id).toBe('fh');
    const renamed = given(register('Falcon', 'AE'), amend('falcon', { name: 'Phoenix', aliases: [] }));
    expect(renamed.register.lookup({ name: 'Falcon' })?.id).toBe('falcon');
  });

  it('keeps every former name, whatever aliases are stated: it was shipped under that name', () => {
    const scenario = given(register('Falcon', 'AE'), amend('falcon', { name: 'Phoenix' }));
    expect(scenario.when(amend('falcon', { name: 'Kestrel', aliases: [] }))).toMatchObject({ name: 'Kestrel', aliases: ['Phoenix'] });
    expect(scenario.when(amend('falcon', { aliases: ['Falke'] }))).toMatchObject({ ...rejectedAs('invalid-request', '/aliases'), detail: expect.stringContaining("'Phoenix'") });
    expect(scenario.when(register('Phoenix', 'AE'))).toMatchObject(rejectedAs('company-exists'));
    expect(scenario.when(amend('falcon', { aliases: ['Falke', 'Phoenix'] }))).toMatchObject({ aliases: ['Falke', 'Phoenix'] });
  });

  it.each<[string, Parameters<typeof amend>[1], object]>([
    ['a name of another', { name: 'Orion' }, rejectedAs('alias-taken', '/name')],
    ['an alias of another', { aliases: ['Orion'] }, rejectedAs('alias-taken', '/aliases/0')],
    ['headquarters nowhere', { headquarters: 'ZZ' }, rejectedAs('invalid-request', '/headquarters')],
    ['a name that says nothing', { name: '-' }, rejectedAs('invalid-request', '/name')],
    ['nothing that changes', { headquarters: 'AE', aliases: [] }, rejectedAs('nothing-to-change')],
  ])('is rejected for %s', (_, change, expected) => {
    const scenario = given(register('Falcon', 'AE'), register('Orion'));
    expect(scenario.when(amend('falcon', change))).toMatchObject(expected);
  });

  it('is rejected for a company that nobody registered', () => {
    expect(new RegisterScenario().when(amend('falcon'))).toMatchObject(rejectedAs('company-not-found'));
  });

  it('is rejected for headquarters that an authorisation does not allow', () => {
    const scenario = given(register('Falcon', 'FR'), grant('a', { kind: 'uveu', country: null }));
    expect(scenario.when(amend('falcon', { headquarters: 'AE' }))).toMatchObject(rejectedAs('authorisation-not-allowed'));
    expect(scenario.when(amend('falcon', { headquarters: 'DE' }))).toMatchObject({ headquarters: 'DE' });
  });
});

describe('merging companies', () => {
  const two = () => given(register('Falcon', 'AE', ['FH']), register('Falcn', null, ['Flacon']));

  it('lets every name of the one mean the other, for ever', () => {
    const scenario = two();
    expect(scenario.when(merge('falcn', 'falcon'))).toMatchObject({
      type: 'CompaniesMerged', from: 'falcn', into: 'falcon', merged: { name: 'Falcn', headquarters: null },
      survivor: { name: 'Falcon', headquarters: 'AE', aliases: ['FH', 'Falcn', 'Flacon'] },
    });
    for (const name of ['Falcn', 'Flacon', 'FH']) expect(scenario.register.lookup({ name })?.id).toBe('falcon');
    expect(scenario.company('falcn')).toMatchObject({ mergedInto: 'falcon', aliases: [] });
    expect(scenario.when(amend('falcon', { aliases: ['FH'] }))).toMatchObject(rejectedAs('invalid-request', '/aliases'));
    expect(scenario.when(amend('falcon', { aliases: ['Falcn', 'Flacon'] }))).toMatchObject({ aliases: ['Falcn', 'Flacon'] });
  });

  it('brings former names that no list tells any more, as an older build recorded them', () => {
    const scenario = given(register('Foo', 'AE'), register('Zed', 'AE'), grant('a', { companyId: 'foo' }), amend('foo', { name: 'Bar Corp' }));
    // A list without the name before.
    scenario.recorded({ ...scenario.amended('foo'), name: 'Baz', aliases: [] });
    scenario.given(merge('foo', 'zed'), { type: 'RevokeAuthorisation', authorisationId: 'a', effective: undefined, reason: 'test', at: now + 1 });
    for (const name of ['Foo', 'Bar Corp', 'Baz', 'Zed']) {
      expect(scenario.register.lookup({ name })).toMatchObject({ id: 'zed', authorisations: [{ untilMs: now + 1 }] });
    }
  });

  it('leaves a name where it is that another company took before', () => {
    const scenario = given(register('Foo', 'AE'), register('Zed', 'AE'), amend('foo', { name: 'Bar Corp' }));
    scenario.given(register('Qux', 'AE'), amend('foo', { name: 'Baz' }));
    // An older build gave a former name free.
    scenario.recorded({ ...scenario.amended('foo'), aliases: [] });
    scenario.recorded({ ...scenario.amended('zed'), aliases: ['Bar Corp'] });
    scenario.given(merge('foo', 'qux'));
    expect(['Bar Corp', 'Baz'].map((name) => scenario.register.lookup({ name })?.id)).toEqual(['zed', 'qux']);
  });

  it('is refused to a company that would mean more than a hundred names, and so is a new name', () => {
    const scenario = given(register('Falcon'));
    for (let n = 1; n < 100; n += 1) scenario.given(register(`Misspelt ${n}`), merge(`misspelt-${n}`, 'falcon'));
    scenario.given(register('One more'));
    expect(scenario.when(merge('one-more', 'falcon'))).toMatchObject({ code: 'invalid-merger', detail: expect.stringContaining('101 names') });
    expect(scenario.when(amend('falcon', { name: 'Kestrel' }))).toMatchObject({ code: 'invalid-request', detail: expect.stringContaining('101 names') });
    scenario.given(amend('falcon', { headquarters: 'AE' }));
  });

  it('follows a survivor that is merged itself', () => {
    const scenario = two().given(register('Peregrine', 'AE'), merge('falcn', 'falcon'), merge('falcon', 'peregrine'));
    for (const name of ['falcn', 'Flacon', 'FH', 'falcon']) expect(scenario.register.lookup({ name })?.id).toBe('peregrine');
    expect(scenario.when(amend('falcn'))).toMatchObject({ code: 'company-merged', detail: expect.stringContaining('peregrine') });
  });

  it('keeps the headquarters of the survivor, or takes those of the other where it has none', () => {
    expect(given(register('A', 'AE'), register('B', 'FR')).when(merge('a', 'b'))).toMatchObject({ survivor: { headquarters: 'FR' } });
    expect(two().when(merge('falcon', 'falcn'))).toMatchObject({ survivor: { headquarters: 'AE' } });
  });

  it('keeps the total that the survivor declares, or takes that of the other where it declares none', () => {
    const declared = (...more: readonly GivenCommand[]) => two().given(amend('falcn', { declaredMilliTpp: fromTpp(7) }), ...more);
    expect(declared().when(merge('falcn', 'falcon'))).toMatchObject({ survivor: { declaredMilliTpp: 7_000 } });
    const both = declared(amend('falcon', { declaredMilliTpp: fromTpp(5) }));
    expect(both.when(merge('falcn', 'falcon'))).toMatchObject({ survivor: { declaredMilliTpp: 5_000 } });
  });

  it('takes authorisations along', () => {
    const scenario = two().given(grant('a'), amend('falcn', { headquarters: 'AE' }), merge('falcon', 'falcn'));
    expect(scenario.register.authorisation('a')).toMatchObject({ companyId: 'falcn' });
    expect(scenario.register.lookup({ name: 'Falcon' })?.authorisations).toEqual([expect.objectContaining({ id: 'a', fromMs: now })]);
    expect(scenario.company('falcon').authorisations).toEqual([]);
  });

  it('is rejected where both hold the same authorisation, or the survivor may not hold it', () => {
    const both = given(register('Falcon', 'AE'), register('Orion', 'AE'), grant('a'), grant('b', { companyId: 'orion' }));
    expect(both.when(merge('orion', 'falcon'))).toMatchObject(rejectedAs('authorisation-exists'));
    const elsewhere = given(register('Falcon', 'FR'), register('Orion', 'AE'), grant('a', { kind: 'uveu', country: null }));
    expect(elsewhere.when(merge('falcon', 'orion'))).toMatchObject(rejectedAs('authorisation-not-allowed'));
  });

  it.each([
    ['into itself', 'falcon', 'falcon', 'invalid-merger'],
    ['into nobody', 'falcon', 'nobody', 'company-not-found'],
    ['of nobody', 'nobody', 'falcon', 'company-not-found'],
    ['of one that was merged', 'falcn', 'orion', 'company-merged'],
    ['into one that was merged', 'orion', 'falcn', 'company-merged'],
    ['in a circle', 'falcon', 'falcn', 'company-merged'],
  ])('is rejected %s', (_, from, into, code) => {
    const scenario = two().given(register('Orion'), merge('falcn', 'falcon'));
    expect(scenario.when(merge(from, into))).toMatchObject(rejectedAs(code));
  });
});

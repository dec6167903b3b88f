import type { RegisteredCompany, WeightsConsignee } from '#rulebook';
import { partyProblems } from './party-problems.js';

const falcon: RegisteredCompany = {
  id: 'falcon-holding',
  name: 'Falcon Holding',
  headquarters: 'AE',
  authorisations: [],
  declaredMilliTpp: null,
};
const registered = ({ name }: { readonly name: string }): RegisteredCompany | null =>
  name.startsWith('Falcon Holding') ? falcon : null;

const pointers = (consignee: WeightsConsignee | undefined, companies?: typeof registered): readonly string[] =>
  partyProblems(consignee, companies).map(({ pointer }) => pointer);

describe('what is said of headquarters', () => {
  it('is held against the register, by name and not by place', () => {
    const parent = { name: 'Falcon Holding Ltd', headquarters: 'GB' };
    const consignee = { name: 'Albion', country: 'GB', headquarters: 'GB', ultimateParent: parent };
    const [problem] = partyProblems(consignee, registered);
    expect(problem?.pointer).toBe('/consignee/ultimateParent/headquarters');
    expect(problem?.message).toContain('Falcon Holding is registered with headquarters in United Arab Emirates');
    expect(pointers({ ...consignee, ultimateParent: { ...parent, headquarters: 'AE' } }, registered)).toEqual([]);
    expect(pointers({ name: 'Falcon Holding', headquarters: 'GB' }, registered)).toEqual(['/consignee/headquarters']);
  });

  it('may differ where nobody said, or nobody registered them', () => {
    expect(pointers(undefined, registered)).toEqual([]);
    expect(pointers({ name: 'Falcon Holding' }, registered)).toEqual([]);
    expect(pointers({ name: 'Falcon Holding', headquarters: 'unknown' }, registered)).toEqual([]);
    expect(pointers({ headquarters: 'GB', ultimateParent: 'none' }, registered)).toEqual([]);
    expect(pointers({ name: 'Falcon Holding', headquarters: 'GB' })).toEqual([]);
    const unsaid = (): RegisteredCompany => ({ ...falcon, headquarters: null });
    expect(partyProblems({ name: 'Falcon Holding', headquarters: 'GB' }, unsaid)).toEqual([]);
  });

  it('is one place for one company', () => {
    const parent = { name: 'ALBION', headquarters: 'CN' };
    expect(pointers({ name: 'Albion', headquarters: 'GB', ultimateParent: parent })).toEqual([
      '/consignee/ultimateParent/headquarters',
    ]);
    expect(pointers({ name: 'Albion', headquarters: 'GB', ultimateParent: { ...parent, headquarters: 'GB' } })).toEqual([]);
  });
});

import fc from 'fast-check';
import { companySlug } from '#rulebook';
import type { CompanyEvent } from '../events/company-event.js';
import { endOf } from './company.js';
import { CompanyRegister } from './company-register.js';
import { foldCompanyEvent } from './fold-companies.js';
import { amend, dayMs, grant, merge, named, now, register, RegisterScenario, type GivenCommand } from '../testing/register-scenario.js';

const names = ['Falcon', 'Falcon Ltd', 'Falcn', 'Orion', 'Orion Cloud', 'Cloud Orion', 'Zephyr'];
const name = fc.constantFrom(...names);
const id = name.map(companySlug);
const headquarters = fc.constantFrom('AE', 'FR', 'SA', 'CN', null);
const aliases = fc.uniqueArray(name, { maxLength: 2, selector: companySlug });
const day = fc.integer({ min: -3, max: 9 }).map((days) => now + days * dayMs);
const entry = fc.constantFrom('a0', 'a1', 'a2', 'a3');

const command: fc.Arbitrary<GivenCommand> = fc.oneof(
  fc.tuple(name, headquarters, aliases).map(([each, home, others]) => register(each, home, others)),
  fc.tuple(name, headquarters).map(([each, home]) => named(each, home)),
  { weight: 3, arbitrary: fc.tuple(id, name, fc.option(aliases, { nil: undefined })).map(([each, called, others]) => amend(each, { name: called, aliases: others })) },
  fc.tuple(id, fc.constantFrom('AE', 'FR')).map(([each, home]) => amend(each, { headquarters: home })),
  { weight: 2, arbitrary: fc.tuple(id, id).map(([from, into]) => merge(from, into)) },
  fc.tuple(entry, id, day, fc.option(day)).map(([each, companyId, from, until]) => grant(each, { companyId, from, until })),
  fc.tuple(entry, fc.option(day)).map(([authorisationId, until]) => ({ type: 'AmendAuthorisation', authorisationId, from: undefined, until, reason: 'test' }) as const),
  entry.map((authorisationId) => ({ type: 'RevokeAuthorisation', authorisationId, effective: undefined, reason: 'test' }) as const),
);

/** An id is granted once: it is that of the command. */
function isNew(scenario: RegisterScenario, each: GivenCommand): boolean {
  return each.type !== 'GrantAuthorisation' || scenario.register.authorisation(each.authorisationId) === undefined;
}

describe('the register after any commands', () => {
  it('lets each name mean one company that goes on, and is what its events come to', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40, size: 'max' }), (commands) => {
        const scenario = new RegisterScenario();
        for (const each of commands) if (isNew(scenario, each)) scenario.when(each);
        const { register: found } = scenario;
        for (const company of found.companies()) checkNames(found, company.id);
        checkOtherIds(found);
        for (const event of scenario.events) checkFormerName(found, event);
        for (const each of found.companies()) checkAuthorisations(found, each.id);
        const again = new CompanyRegister();
        scenario.events.forEach((event, revision) => foldCompanyEvent(again, event, revision));
        expect([...again.companies()]).toEqual([...found.companies()]);
        expect(names.map((each) => again.lookup({ name: each }))).toEqual(names.map((each) => found.lookup({ name: each })));
      }),
      { numRuns: 500 },
    );
  });
});

function checkNames(found: CompanyRegister, companyId: string): void {
  const company = found.company(companyId);
  if (company === undefined) throw new Error(`${companyId} is listed and not there.`);
  let survivor = company;
  for (let steps = 0; survivor.mergedInto !== null; steps += 1) {
    expect(steps).toBeLessThan(names.length);
    survivor = found.company(survivor.mergedInto) ?? survivor;
  }
  for (const called of [company.id, company.name, ...company.aliases]) expect(found.lookup({ name: called })?.id).toBe(survivor.id);
  expect(found.registered(survivor.id)).toMatchObject({ name: survivor.name, headquarters: survivor.headquarters });
}

/** Every slug by which a company goes besides its id, and none besides. */
function checkOtherIds(found: CompanyRegister): void {
  const expected = [...found.companies()].flatMap(({ id, name, aliases, keptSlugs, mergedInto }) => {
    const slugs = mergedInto === null ? [...keptSlugs, companySlug(name), ...aliases.map(companySlug)] : [];
    return slugs.filter((slug) => slug !== id && found.meantBy(slug)?.id === id).map((slug) => [slug, id] as const);
  });
  expect(new Map(found.otherIds)).toEqual(new Map(expected));
}

/** A name that a company was ever called by means whoever that company is now, which is never one that was merged. */
function checkFormerName(found: CompanyRegister, event: CompanyEvent): void {
  if (event.type !== 'CompanyRegistered' && event.type !== 'CompanyAmended') return;
  const current = found.meantBy(event.companyId);
  expect(current?.mergedInto).toBeNull();
  expect(found.meantBy(companySlug(event.name))).toBe(current);
  expect(found.lookup({ name: event.name })).toBe(found.registered(current?.id ?? ''));
}

function checkAuthorisations(found: CompanyRegister, companyId: string): void {
  const company = found.company(companyId);
  const all = company?.authorisations ?? [];
  if (company?.mergedInto !== null) expect(all).toEqual([]);
  for (const [index, one] of all.entries()) {
    expect(found.authorisation(one.authorisationId)).toBe(one);
    for (const other of all.slice(index + 1)) {
      const overlap = one.kind === other.kind && one.country === other.country && Date.parse(one.from) < endOf(other) && Date.parse(other.from) < endOf(one);
      // What has ended by now may have overlapped before a merger.
      expect(overlap && Math.min(endOf(one), endOf(other)) > now).toBe(false);
    }
  }
}

import { companySlug } from '#rulebook';
import type {
  AuthorisationAmended,
  AuthorisationGranted,
  AuthorisationRevoked,
  CompaniesMerged,
  CompanyAmended,
  CompanyEvent,
  CompanyRegistered,
} from '../events/company-event.js';
import { grantOf, type Authorisation, type Company } from './company.js';
import type { RegisterChanges } from './register-state.js';

/**
 * Takes an event of the register in, in place: copying a register per event would cost its size.
 * @throws Error for an event about a company that no event before it registered: the stream is not whole.
 */
export function foldCompanyEvent(register: RegisterChanges, event: CompanyEvent, revision: number): void {
  register.recordedAt(Date.parse(event.recordedAt));
  switch (event.type) {
    case 'CompanyRegistered':
      return foldRegistered(register, event, revision);
    case 'CompanyAmended':
      return foldAmended(register, event, revision);
    case 'CompaniesMerged':
      return foldMerged(register, event, revision);
    case 'AuthorisationGranted':
    case 'AuthorisationAmended':
    case 'AuthorisationRevoked':
      return foldAuthorisation(register, event, revision);
  }
}

function foldRegistered(register: RegisterChanges, event: CompanyRegistered, revision: number): void {
  const { companyId: id, name, headquarters, aliases, recordedAt, shipmentId, nearMatches } = event;
  const places = { createdAt: recordedAt, createdRevision: revision, revision };
  const company = { id, name, headquarters, aliases, declaredMilliTpp: null, declaredElsewhere: {}, mergedInto: null, authorisations: [] };
  register.put({ ...company, ...places, keptSlugs: [id] });
  register.claim(id, id);
  for (const alias of aliases) register.claim(companySlug(alias), id);
  if (shipmentId !== undefined && nearMatches !== undefined) register.registeredBy(shipmentId, { name, companies: nearMatches });
}

function foldAmended(register: RegisterChanges, event: CompanyAmended, revision: number): void {
  const before = known(register, event.companyId);
  const { name, headquarters, aliases, declaredMilliTpp, declaredElsewhere = {} } = event;
  const slugs = [companySlug(name), ...aliases.map(companySlug)];
  const former = companySlug(before.name);
  const isKept = former === slugs[0] || before.keptSlugs.includes(former);
  const keptSlugs = isKept ? before.keptSlugs : [...before.keptSlugs, former];
  register.put({ ...before, name, headquarters, aliases, declaredMilliTpp, declaredElsewhere, keptSlugs, revision });
  for (const slug of before.aliases.map(companySlug)) {
    if (!slugs.includes(slug) && !keptSlugs.includes(slug)) register.claim(slug, null);
  }
  for (const slug of slugs) register.claim(slug, before.id);
}

function foldMerged(register: RegisterChanges, { from, into, survivor }: CompaniesMerged, revision: number): void {
  const merged = known(register, from);
  const before = known(register, into);
  const all = [...merged.keptSlugs, companySlug(merged.name), ...merged.aliases.map(companySlug)];
  // An older build gave former names free: one may be another company's by now.
  const brought = all.filter((slug) => register.meantBy(slug)?.id === from);
  for (const slug of brought) register.claim(slug, into);
  const moved = merged.authorisations.map((each): Authorisation => ({ ...each, companyId: into }));
  for (const authorisation of moved) register.putAuthorisation(authorisation);
  register.put({ ...merged, aliases: [], authorisations: [], mergedInto: into, revision });
  const { name, headquarters, aliases, declaredMilliTpp, declaredElsewhere = {} } = survivor;
  register.put({
    ...before, name, headquarters, aliases, declaredMilliTpp, declaredElsewhere,
    authorisations: [...before.authorisations, ...moved],
    keptSlugs: [...new Set([...before.keptSlugs, ...brought])],
    revision,
  });
}

type AuthorisationEvent = AuthorisationGranted | AuthorisationAmended | AuthorisationRevoked;

function foldAuthorisation(register: RegisterChanges, event: AuthorisationEvent, revision: number): void {
  const { companyId, reason, authorisationId } = event;
  const company: Company = known(register, companyId);
  const authorisation = { ...grantOf(event), companyId, reason, revision };
  register.putAuthorisation(authorisation);
  const others = company.authorisations.filter((each) => each.authorisationId !== authorisationId);
  register.put({ ...company, authorisations: [...others, authorisation], revision });
}

function known(register: RegisterChanges, id: string): Company {
  const company = register.company(id);
  if (company === undefined) throw new Error(`The register knows no company ${id}, which an event is about.`);
  return company;
}

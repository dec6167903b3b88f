import { statusOf, type Company, type CompanyDetails, type CompanyEvent, type GrantedAuthorisation, type RegisterDecided } from '#ledger';
import type { Body } from '#wire';

/** A company as it stands at a moment, which decides what its authorisations are worth. */
export function companyBody(company: Company, atMs: number): Body<'Company'> {
  return body(company.id, company, { mergedInto: company.mergedInto, revision: company.revision, atMs });
}

/** The answer to a change, from its event alone, so that a retry gets the same for ever. */
export function changedCompanyBody({ event, revision }: RegisterDecided): Body<'Company'> {
  const after = { mergedInto: null, revision, atMs: Date.parse(event.recordedAt) };
  switch (event.type) {
    case 'CompanyRegistered': {
      const { companyId, nearMatches } = event;
      const details = { ...event, declaredMilliTpp: null, createdAt: event.recordedAt };
      return { ...body(companyId, details, after), ...(nearMatches && { nearMatches }) };
    }
    case 'CompanyAmended':
      return body(event.companyId, event, after);
    case 'CompaniesMerged': {
      const { from, into, merged } = event;
      return body(from, { ...merged, aliases: [], declaredMilliTpp: null }, { ...after, mergedInto: into });
    }
    default:
      throw new Error(`A ${event.type} changes no company.`);
  }
}

/** An authorisation by the event that is the newest of it. */
export function changedAuthorisationBody({ event, revision }: RegisterDecided): Body<'Authorisation'> {
  if (!isAuthorisation(event)) throw new Error(`A ${event.type} changes no authorisation.`);
  return authorisationBody({ ...event, revision }, Date.parse(event.recordedAt));
}

export function authorisationBody(
  authorisation: GrantedAuthorisation & { readonly companyId: string; readonly reason: string; readonly revision: number },
  atMs: number,
): Body<'Authorisation'> {
  const { companyId, reason, citation, grantedAt, revision } = authorisation;
  return { ...entryBody(authorisation, atMs), companyId, reason, citation, grantedAt, revision };
}

interface After {
  readonly mergedInto: string | null;
  readonly revision: number;
  readonly atMs: number;
}

function body(id: string, details: CompanyDetails, { mergedInto, revision, atMs }: After): Body<'Company'> {
  const { name, headquarters, aliases, declaredMilliTpp, declaredElsewhere = {}, authorisations = [], createdAt } = details;
  return {
    id,
    name,
    headquarters,
    aliases,
    declaredTpp: declaredMilliTpp === null ? null : declaredMilliTpp / 1000,
    declaredElsewhere: Object.entries(declaredElsewhere).map(([country, amount]) => ({ country, tpp: amount / 1000 })),
    mergedInto,
    authorisations: authorisations.map((each) => entryBody(each, atMs)),
    createdAt,
    revision,
  };
}

function entryBody(authorisation: GrantedAuthorisation, atMs: number): Body<'Company'>['authorisations'][number] {
  const { authorisationId: id, kind, country, from, until, revokedAt } = authorisation;
  return { id, kind, country, from, until, revokedAt, status: statusOf(authorisation, atMs) };
}

function isAuthorisation(event: CompanyEvent): event is Extract<CompanyEvent, { readonly authorisationId: string }> {
  return 'authorisationId' in event;
}

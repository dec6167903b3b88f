import { countryName, isCountry, type CompiledRulebook } from '#rulebook';
import { rejected, rejectedAt, type Rejected } from '../outcome/rejected.js';
import type { AuthorisationKind, GrantedAuthorisation } from '../events/company-event.js';
import { endOf, grantOf, statusOf, type Authorisation, type Company } from './company.js';
import type { AmendAuthorisation, GrantAuthorisation, RevokeAuthorisation } from './company-command.js';
import {
  answersOf,
  currentCompany,
  describe,
  knownAuthorisation,
  stampOf,
  type RegisterContext,
  type RegisterDecision,
} from './register-decision.js';

/**
 * An entry of Supplement No. 7 to 15 CFR Part 748. Rejected: no such company, a period that is none or has passed,
 * what the rulebook does not allow (748.15(b)(2)), an entry beside another one of the same kind and country.
 */
export function grantAuthorisation(command: GrantAuthorisation, { register, rulebook }: RegisterContext): RegisterDecision {
  const company = currentCompany(register, command.companyId);
  if ('decided' in company) return { ...company, errors: [{ pointer: '/companyId', message: company.detail }] };
  const { kind, country, from, until, reason, citation, authorisationId } = command;
  const stamp = stampOf(command, register);
  const fault = countryFault(kind, country) ?? periodFault(from, until) ?? endedFault(until, stamp.recordedAt);
  if (fault) return fault;
  const granted: GrantedAuthorisation = {
    authorisationId, kind, country, from: timeOf(from), until: until === null ? null : timeOf(until),
    revokedAt: null, citation, grantedAt: stamp.recordedAt,
  };
  const barred = notAllowed(granted, company, Math.max(from, command.at), rulebook) ?? beside(granted, company.authorisations, company.id);
  if (barred) return barred;
  const { idempotencyKey, requestHash } = answersOf(command);
  return {
    type: 'AuthorisationGranted', ...stamp, idempotencyKey, requestHash,
    ...granted, companyId: company.id, reason, rulebook: command.rulebook,
  };
}

/** Only its dates: another kind or country is another authorisation. What has begun keeps its beginning. */
export function amendAuthorisation(command: AmendAuthorisation, { register, rulebook }: RegisterContext): RegisterDecision {
  const found = alive(command, register);
  if ('decided' in found) return found;
  const { authorisation, company } = found;
  const from = command.from ?? Date.parse(authorisation.from);
  const until = command.until === undefined ? untilOf(authorisation) : command.until;
  const { recordedAt } = stampOf(command, register);
  const fault = beginFault(command, authorisation) ?? periodFault(from, until) ?? pastFault(command, until, recordedAt);
  if (fault) return fault;
  const after: Authorisation = { ...authorisation, from: timeOf(from), until: until === null ? null : timeOf(until) };
  if (after.from === authorisation.from && after.until === authorisation.until) {
    return rejected('nothing-to-change', `The ${describe(authorisation)} is as asked for already.`);
  }
  const others = company.authorisations.filter((each) => each.authorisationId !== authorisation.authorisationId);
  const barred = notAllowed(after, company, Math.max(from, command.at), rulebook) ?? beside(after, others, company.id);
  if (barred) return barred;
  return {
    type: 'AuthorisationAmended', ...stampOf(command, register), ...answersOf(command),
    ...grantOf(after), companyId: company.id, reason: command.reason, rulebook: command.rulebook,
  };
}

/** Ends it now, or at a time to come. */
export function revokeAuthorisation(command: RevokeAuthorisation, { register }: RegisterContext): RegisterDecision {
  const found = alive(command, register);
  if ('decided' in found) return found;
  const { authorisation, company } = found;
  const stamp = stampOf(command, register);
  const now = Date.parse(stamp.recordedAt);
  const { effective = now } = command;
  if (effective < command.at) return rejectedAt('invalid-request', '/effective', 'A revocation takes effect now or later.');
  if (effective >= endOf(authorisation)) {
    const text = `The ${describe(authorisation)} ends at ${timeOf(endOf(authorisation))} anyway.`;
    return rejectedAt('invalid-request', '/effective', text);
  }
  const revoked = { ...grantOf(authorisation), revokedAt: timeOf(Math.max(effective, now)) };
  return {
    type: 'AuthorisationRevoked', ...stamp, ...answersOf(command),
    ...revoked, companyId: company.id, reason: command.reason, rulebook: command.rulebook,
  };
}

/**
 * Why a company may not have what it holds together with `brought`: two of one kind for one country at one time, or one
 * that its headquarters do not allow. Undefined if it may.
 */
export function overlapAfterMerger(
  company: Company,
  brought: readonly Authorisation[],
  at: number,
  rulebook: CompiledRulebook,
): Rejected | undefined {
  const held = company.authorisations.filter((each) => endOf(each) > at);
  for (const each of [...held, ...brought]) {
    if (endOf(each) <= at) continue;
    const barred = notAllowed(each, company, Math.max(Date.parse(each.from), at), rulebook);
    if (barred) return { ...rejected(barred.code, `${barred.detail} Revoke the ${describe(each)} first.`) };
  }
  for (const each of brought) {
    const overlap = endOf(each) > at ? beside(each, held, company.id) : undefined;
    if (overlap) return overlap;
  }
  return undefined;
}

interface Alive {
  readonly authorisation: Authorisation;
  readonly company: Company;
}

function alive(
  { authorisationId, at }: AmendAuthorisation | RevokeAuthorisation,
  register: RegisterContext['register'],
): Alive | Rejected {
  const authorisation = knownAuthorisation(register, authorisationId);
  if ('decided' in authorisation) return authorisation;
  const status = statusOf(authorisation, at);
  if (status === 'ended' || status === 'revoked') {
    const since = timeOf(endOf(authorisation));
    return rejected('authorisation-ended', `The ${describe(authorisation)} ended at ${since}: grant a new one.`);
  }
  const company = currentCompany(register, authorisation.companyId);
  return 'decided' in company ? company : { authorisation, company };
}

function countryFault(kind: AuthorisationKind, country: string | null): Rejected | undefined {
  if (kind === 'uveu' && country !== null) {
    return rejectedAt('invalid-request', '/country', 'A UVEU is for every country: leave country out.');
  }
  if (kind === 'uveu') return undefined;
  if (country === null) return rejectedAt('invalid-request', '/country', 'An NVEU is for one country: name it.');
  if (isCountry(country)) return undefined;
  return rejectedAt('invalid-request', '/country', `${country} is not an ISO 3166-1 alpha-2 country code.`);
}

function periodFault(from: number, until: number | null): Rejected | undefined {
  if (until === null || until > from) return undefined;
  return rejectedAt('invalid-request', '/until', 'until must be after from.');
}

function beginFault({ from, at }: AmendAuthorisation, authorisation: Authorisation): Rejected | undefined {
  if (from === undefined || from === Date.parse(authorisation.from)) return undefined;
  if (statusOf(authorisation, at) === 'planned' && from >= at) return undefined;
  return rejectedAt('invalid-request', '/from', 'from can be moved only to a time to come, while the authorisation has not begun.');
}

/** @param recordedAt the time that is recorded, which is later than now where a clock was ahead before */
function endedFault(until: number | null, recordedAt: string): Rejected | undefined {
  if (until === null || until > Date.parse(recordedAt)) return undefined;
  return rejectedAt('invalid-request', '/until', `until must be after the time that is recorded, ${recordedAt}.`);
}

function pastFault({ until: asked }: AmendAuthorisation, until: number | null, recordedAt: string): Rejected | undefined {
  if (asked === undefined || until === null || until > Date.parse(recordedAt)) return undefined;
  return rejectedAt('invalid-request', '/until', 'until must be after now: revoke the authorisation to end it at once.');
}

/** @param at the moment whose country groups hold, in milliseconds */
function notAllowed(
  { kind, country }: GrantedAuthorisation,
  { id, headquarters }: Company,
  at: number,
  rulebook: CompiledRulebook,
): Rejected | undefined {
  const no = (text: string): Rejected => rejected('authorisation-not-allowed', text);
  const route = rulebook.route(kind);
  if (route === undefined || !route.settings.enabled) return no(`The rulebook in force knows no ${kind.toUpperCase()}.`);
  if (headquarters === null) {
    return no(`The headquarters of ${id} are not known, and an authorisation depends on them: amend the company first.`);
  }
  const home = rulebook.groupOf(headquarters, at);
  const where = `${id} is headquartered in ${countryName(headquarters)} (${headquarters})`;
  if (home === 'embargoed') return no(`${where}, embargoed: no authorisation (15 CFR 748.15(b)(2)).`);
  if (kind === 'uveu') {
    if (home === 'partner' || home === 'home') return undefined;
    return no(
      `${where}, not in a partner country, as a UVEU or its ultimate parent must be (15 CFR 748.15(b)(2)(i)): ` +
        'if the parent is, grant it to the parent, which authorises its subsidiaries too.',
    );
  }
  if (country === null) return undefined;
  const there = `${countryName(country)} (${country})`;
  if (rulebook.groupOf(country, at) === 'embargoed') return no(`${there} is embargoed: no NVEU there (15 CFR 748.15(b)(2)(ii)).`);
  if (rulebook.groupOf(country, at) === 'home') return no(`${there} is the home country of the rulebook: nothing is exported there.`);
  const { countryGroups, nveuGroups } = rulebook;
  if (countryGroups.isIn(nveuGroups, country, at) || countryGroups.isIn(nveuGroups, headquarters, at)) return undefined;
  return no(`Neither ${there} nor the headquarters of ${id} are in a Country Group that an NVEU needs (15 CFR 748.15(b)(2)(ii)).`);
}

/** One of a kind for a country at a time. */
function beside(wanted: GrantedAuthorisation, held: readonly Authorisation[], companyId: string): Rejected | undefined {
  const overlapping = held.find(
    (each) =>
      each.kind === wanted.kind &&
      each.country === wanted.country &&
      Date.parse(each.from) < endOf(wanted) &&
      Date.parse(wanted.from) < endOf(each),
  );
  if (overlapping === undefined) return undefined;
  const until = endOf(overlapping) === Infinity ? 'without an end' : `until ${timeOf(endOf(overlapping))}`;
  const text = `The ${describe({ ...overlapping, companyId })} holds from ${overlapping.from} ${until}: amend or revoke it first.`;
  return rejected('authorisation-exists', text);
}

function untilOf({ until }: GrantedAuthorisation): number | null {
  return until === null ? null : Date.parse(until);
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

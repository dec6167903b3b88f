import { canonicalJson, companySlug, countryName, isCountry, tppMax } from '#rulebook';
import { rejected, rejectedAt, type Rejected } from '../outcome/rejected.js';
import type { DeclaredElsewhere, NearMatch } from '../events/company-event.js';
import { detailsOf, type Company } from './company.js';
import type { AmendCompany, MergeCompanies, NameParty, RegisterCompany } from './company-command.js';
import { overlapAfterMerger } from './decide-authorisations.js';
import {
  answersOf,
  currentCompany,
  otherHeadquarters,
  stampOf,
  type RegisterContext,
  type RegisterDecision,
} from './register-decision.js';
import type { RegisterState } from './register-state.js';

/**
 * Names that a company may mean for ever. Each event of its lines carries what they took over of each merged company, some
 * eighty bytes, and each of the register its aliases: with so many an event stays below 10 kB.
 */
const namesMax = 100;

/** At most this many are told: whoever looks for a misspelling reads no long list. */
const nearMax = 5;

/** Rejected: a name that is taken, or that says nothing; headquarters that no country has. */
export function registerCompany(command: RegisterCompany, { register }: RegisterContext): RegisterDecision {
  const { name, headquarters, aliases } = command;
  const companyId = companySlug(name);
  if (companyId === '') return nameless('/name');
  const meant = register.meantBy(companyId);
  if (meant !== undefined) return taken(meant, command);
  const fault = noCountry(headquarters) ?? aliasFault(register, aliases, { id: companyId, name });
  if (fault) return fault;
  return {
    type: 'CompanyRegistered', ...stampOf(command, register), ...answersOf(command),
    companyId, name, headquarters, aliases, ...nearMatchesOf(register, companyId),
  };
}

/** Nothing to record where the company is known with headquarters, whatever they are: contradictions are found before. */
export function nameParty(command: NameParty, { register }: RegisterContext): RegisterDecision {
  const { name, headquarters, shipmentId } = command;
  const companyId = companySlug(name);
  if (companyId === '' || noCountry(headquarters)) return null;
  const stamp = { ...stampOf(command, register), ...answersOf({ ...command, identity: null }) };
  const meant = register.meantBy(companyId);
  if (meant === undefined) {
    const near = nearMatchesOf(register, companyId);
    return { type: 'CompanyRegistered', ...stamp, companyId, name, headquarters, aliases: [], shipmentId, ...near };
  }
  if (meant.headquarters !== null || headquarters === null) return null;
  const details = detailsOf({ ...meant, headquarters });
  const reason = 'A shipment stated the headquarters.';
  return { type: 'CompanyAmended', ...stamp, companyId: meant.id, ...details, reason, shipmentId };
}

/** Rejected: no such company, a name that is another's, an alias that must stay, nothing that changes. */
export function amendCompany(command: AmendCompany, { register, rulebook }: RegisterContext): RegisterDecision {
  const company = currentCompany(register, command.companyId);
  if ('decided' in company) return company;
  const name = command.name ?? company.name;
  const headquarters = command.headquarters ?? company.headquarters;
  const renamed = companySlug(name) !== companySlug(company.name);
  const tooMany = renamed ? tooManyNames(company, 1) : undefined;
  if (tooMany) return rejectedAt('invalid-request', '/name', tooMany);
  const fault = (renamed ? nameFault(register, name, company) : undefined) ?? noCountry(command.headquarters ?? null);
  if (fault) return fault;
  const aliases = aliasesAfter({ ...command, name }, company);
  const aliasesFault = aliasFault(register, aliases, { id: company.id, name }) ?? keptFault(aliases, company, name);
  if (aliasesFault) return aliasesFault;
  const declaredMilliTpp = command.declaredMilliTpp ?? company.declaredMilliTpp;
  const declaredElsewhere = withoutNothing(command.declaredElsewhere) ?? company.declaredElsewhere;
  const after: Company = { ...company, name, headquarters, aliases, declaredMilliTpp, declaredElsewhere };
  const undeclared = elsewhereFault(after);
  if (undeclared) return undeclared;
  const moved = headquarters === company.headquarters ? undefined : overlapAfterMerger(after, [], command.at, rulebook);
  if (moved) return moved;
  if (isSame(company, after)) return rejected('nothing-to-change', `${company.id} is as asked for already.`);
  const details = detailsOf(after);
  return {
    type: 'CompanyAmended', ...stampOf(command, register), ...answersOf(command),
    companyId: company.id, ...details, reason: command.reason,
  };
}

/**
 * Rejected: one of the two is unknown or merged already, they are the same, they have too many names, or both hold an
 * authorisation of one kind for one country. Different headquarters do not stand against it: one of the two was registered
 * wrongly, and the reason says so.
 */
export function mergeCompanies(command: MergeCompanies, { register, rulebook }: RegisterContext): RegisterDecision {
  const from = currentCompany(register, command.from);
  if ('decided' in from) return from;
  if (command.into === command.from) return rejectedAt('invalid-merger', '/into', `${command.from} cannot be merged into itself.`);
  const into = currentCompany(register, command.into);
  if ('decided' in into) return { ...into, errors: [{ pointer: '/into', message: into.detail }] };
  const tooMany = tooManyNames(into, from.keptSlugs.length);
  if (tooMany) return rejectedAt('invalid-merger', '/into', tooMany);
  const headquarters = into.headquarters ?? from.headquarters;
  const overlap = overlapAfterMerger({ ...into, headquarters }, from.authorisations, command.at, rulebook);
  if (overlap) return overlap;
  const aliases = withoutRepeats([...into.aliases, from.name, ...from.aliases], into.name);
  // Both are one company: what one registration declares is not added to what the other does.
  const declaredElsewhere = Object.keys(into.declaredElsewhere).length > 0 ? into.declaredElsewhere : from.declaredElsewhere;
  const declared = { declaredMilliTpp: into.declaredMilliTpp ?? from.declaredMilliTpp, declaredElsewhere };
  const survivor = { ...into, headquarters, aliases, ...declared, authorisations: [...into.authorisations, ...from.authorisations] };
  return {
    type: 'CompaniesMerged', ...stampOf(command, register), ...answersOf(command),
    from: from.id, into: into.id, reason: command.reason,
    merged: { name: from.name, headquarters: from.headquarters, createdAt: from.createdAt },
    survivor: detailsOf(survivor),
  };
}

function tooManyNames({ id, keptSlugs }: Company, more: number): string | undefined {
  const count = keptSlugs.length + more;
  if (count <= namesMax) return undefined;
  return `${id} would mean ${count} names for ever, its former ones and those of merged companies counted: ${namesMax} are allowed.`;
}

/** As events and answers tell them: nothing where there are none. */
export function nearMatchesOf(register: RegisterState, slug: string): { readonly nearMatches?: readonly NearMatch[] } {
  const near = register.nearTo(slug).slice(0, nearMax);
  if (near.length === 0) return {};
  return { nearMatches: near.map(({ id, name, headquarters }) => ({ id, name, headquarters })) };
}

/** The former name stays as an alias, also where the aliases are stated. Repeats among these are left to be found. */
function aliasesAfter({ aliases, name }: Pick<Company, 'name'> & Pick<AmendCompany, 'aliases'>, company: Company): readonly string[] {
  if (aliases === undefined) return withoutRepeats([...company.aliases, company.name], name);
  const former = companySlug(company.name);
  return [name, ...aliases].some((each) => companySlug(each) === former) ? aliases : [...aliases, company.name];
}

function withoutRepeats(aliases: readonly string[], name: string): readonly string[] {
  const seen = new Set([companySlug(name)]);
  return aliases.filter((alias) => {
    const slug = companySlug(alias);
    return !seen.has(slug) && seen.add(slug);
  });
}

function taken({ id, name, headquarters }: Company, wanted: RegisterCompany): Rejected {
  if (wanted.headquarters !== null && headquarters !== null && wanted.headquarters !== headquarters) {
    return otherHeadquarters({ id, name, headquarters }, wanted.name, wanted.headquarters);
  }
  const where = headquarters === null ? 'headquarters unknown' : `headquartered in ${countryName(headquarters)}`;
  const message = `'${wanted.name}' is registered already: it means ${id} (${name}, ${where}).`;
  return rejectedAt('company-exists', '/name', message);
}

function nameless(pointer: string): Rejected {
  return rejectedAt('invalid-request', pointer, 'A name needs a letter or a digit.');
}

function nameFault(register: RegisterState, name: string, company: Company): Rejected | undefined {
  const slug = companySlug(name);
  if (slug === '') return nameless('/name');
  const meant = register.meantBy(slug);
  if (meant === undefined || meant.id === company.id) return undefined;
  return rejectedAt('alias-taken', '/name', `'${name}' means ${meant.id} (${meant.name}). Are they one company, merge them.`);
}

function noCountry(headquarters: string | null): Rejected | undefined {
  if (headquarters === null || isCountry(headquarters)) return undefined;
  return rejectedAt('invalid-request', '/headquarters', `${headquarters} is not an ISO 3166-1 alpha-2 country code.`);
}

function aliasFault(
  register: RegisterState,
  aliases: readonly string[],
  company: { readonly id: string; readonly name: string },
): Rejected | undefined {
  const seen = new Map([[companySlug(company.name), 'the name']]);
  for (const [index, alias] of aliases.entries()) {
    const pointer = `/aliases/${index}`;
    const slug = companySlug(alias);
    if (slug === '') return nameless(pointer);
    const before = seen.get(slug);
    if (before !== undefined) return rejectedAt('invalid-request', pointer, `'${alias}' is the same as ${before}.`);
    seen.set(slug, `/aliases/${index}`);
    const meant = register.meantBy(slug);
    if (meant !== undefined && meant.id !== company.id) {
      const message = `'${alias}' means ${meant.id} (${meant.name}). Are they one company, merge them.`;
      return rejectedAt('alias-taken', pointer, message);
    }
  }
  return undefined;
}

/** Former names and what a merger brought stay: else a shipment that names one would open a second limit. */
function keptFault(aliases: readonly string[], company: Company, name: string): Rejected | undefined {
  const stays = new Set([companySlug(name), ...aliases.map(companySlug)]);
  const missing = company.aliases.find((alias) => {
    const slug = companySlug(alias);
    return company.keptSlugs.includes(slug) && slug !== company.id && !stays.has(slug);
  });
  if (missing === undefined) return undefined;
  return rejectedAt('invalid-request', '/aliases', `'${missing}' is a former name or came with a merger, and means ${company.id} for ever: list it too.`);
}

function withoutNothing(elsewhere: DeclaredElsewhere | undefined): DeclaredElsewhere | undefined {
  return elsewhere && Object.fromEntries(Object.entries(elsewhere).filter(([, amount]) => amount > 0));
}

/** What it has from elsewhere is part of the total, if it declares one. */
function elsewhereFault({ id, declaredMilliTpp, declaredElsewhere }: Company): Rejected | undefined {
  const unknown = Object.keys(declaredElsewhere).find((country) => !isCountry(country));
  if (unknown !== undefined) return rejectedAt('invalid-request', '/declaredElsewhere', `${unknown} is not an ISO 3166-1 alpha-2 country code.`);
  const sum = Object.values(declaredElsewhere).reduce((all, amount) => all + amount, 0);
  const most = declaredMilliTpp ?? tppMax * 1000;
  if (sum <= most) return undefined;
  const text = `${id} declares ${sum / 1000} TPP from outside of the ledger, more than the ${most / 1000} TPP that it has in all.`;
  return rejectedAt('invalid-request', '/declaredElsewhere', text);
}

function isSame(before: Company, after: Company): boolean {
  return (
    before.name === after.name &&
    before.headquarters === after.headquarters &&
    before.declaredMilliTpp === after.declaredMilliTpp &&
    canonicalJson(before.declaredElsewhere) === canonicalJson(after.declaredElsewhere) &&
    before.aliases.length === after.aliases.length &&
    before.aliases.every((alias, index) => alias === after.aliases[index])
  );
}

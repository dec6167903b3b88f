import { countryName, type CompiledRulebook, type Reason } from '#rulebook';
import type { CompanyEvent } from '../events/company-event.js';
import type { AnswersById } from '../events/recorded.js';
import type { Draft } from '../events/seal.js';
import type { Issued } from '../line/line-command.js';
import { rejected, type Rejected } from '../outcome/rejected.js';
import type { Authorisation, Company } from './company.js';
import type { RegisterState } from './register-state.js';

/** What `decideRegister` may look at. */
export interface RegisterContext {
  readonly register: RegisterState;
  readonly rulebook: CompiledRulebook;
}

/** The event that follows from a command, null where what is wanted holds already, or why nothing is recorded. */
export type RegisterDecision = Draft<CompanyEvent> | null | Rejected;

/** When and by whom. */
export function stampOf({ at, principal }: Issued, { lastRecordedAt }: RegisterState) {
  return { v: 1, recordedAt: new Date(Math.max(at, lastRecordedAt)).toISOString(), principal } as const;
}

/** The command that an event answers. */
export function answersOf({ identity }: Issued): AnswersById {
  return {
    commandId: identity?.commandId ?? null,
    idempotencyKey: identity?.idempotencyKey ?? null,
    requestHash: identity?.requestHash ?? null,
  };
}

/** Rejects a name that is said to be headquartered elsewhere than registered. `registered` has headquarters. */
export function otherHeadquarters(
  { id, name, headquarters }: Pick<Company, 'id' | 'name' | 'headquarters'>,
  wantedName: string,
  wanted: string,
): Rejected {
  const text =
    `'${wantedName}' is registered as ${id} (${name}) with headquarters in ${countryName(headquarters ?? '')}, not in ` +
    `${countryName(wanted)}. Is it another company, give it a name of its own.`;
  const reasons: readonly Reason[] = [{ code: 'contradictory-facts', text, citation: '15 CFR 742.6(b)(10)(iii)' }];
  return { ...rejected('contradictory-facts', text), reasons };
}

/** The company of this id. Rejected: there is none, or it was merged into another one, which is named. */
export function currentCompany(register: RegisterState, id: string): Company | Rejected {
  const company = register.company(id);
  if (company === undefined) return rejected('company-not-found', `There is no company ${id}.`);
  if (company.mergedInto === null) return company;
  const survivor = register.meantBy(id)?.id ?? company.mergedInto;
  return rejected('company-merged', `${id} was merged into ${company.mergedInto}: address ${survivor}.`);
}

/** Rejected: there is no such authorisation. */
export function knownAuthorisation(register: RegisterState, id: string): Authorisation | Rejected {
  return register.authorisation(id) ?? rejected('authorisation-not-found', `There is no authorisation ${id}.`);
}

/** An authorisation as people speak of it. */
export function describe({ authorisationId, kind, country, companyId }: Omit<Authorisation, 'reason' | 'revision'>): string {
  return `${kind.toUpperCase()} authorisation ${authorisationId} of ${companyId}${country === null ? '' : ` for ${country}`}`;
}

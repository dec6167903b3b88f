import { builtInRulebook, type CompiledRulebook } from '#rulebook';
import type { CompanyAmended, CompanyEvent } from '../events/company-event.js';
import { emptyStream, seal, type Draft, type StreamEnd } from '../events/seal.js';
import type { Rejected } from '../outcome/rejected.js';
import { companiesStream } from '../line/streams.js';
import { detailsOf, type Company } from '../companies/company.js';
import type { CompanyCommand } from '../companies/company-command.js';
import { CompanyRegister } from '../companies/company-register.js';
import { decideRegister } from '../companies/decide-register.js';
import { foldCompanyEvent } from '../companies/fold-companies.js';

export const now = Date.parse('2026-03-01T12:00:00.000Z');
export const dayMs = 86_400_000;

type Without<Command> = Command extends CompanyCommand ? Omit<Command, 'at' | 'principal' | 'rulebook' | 'identity'> & { readonly at?: number } : never;
export type GivenCommand = Without<CompanyCommand>;

/** A register on which commands are decided one after another, without any store: for specs. */
export class RegisterScenario {
  readonly register = new CompanyRegister();
  readonly events: CompanyEvent[] = [];
  #end: StreamEnd = emptyStream;

  constructor(readonly rulebook: CompiledRulebook = builtInRulebook()) {}

  /** @throws Error for a command that is rejected */
  given(...commands: readonly GivenCommand[]): this {
    for (const command of commands) {
      const found = this.when(command);
      if (found !== null && 'decided' in found) throw new Error(`Rejected: ${found.code}: ${found.detail}`);
    }
    return this;
  }

  /** What the command comes to: its event, taken in already. */
  when({ at = now, ...command }: GivenCommand): CompanyEvent | null | Rejected {
    const issued = { at, principal: 'regulator', rulebook: this.rulebook.reference, identity: null };
    const decision = decideRegister({ ...command, ...issued }, { register: this.register, rulebook: this.rulebook });
    if (decision === null || 'decided' in decision) return decision;
    return this.recorded(decision);
  }

  /** An event as it may stand in a log, whoever decided it: taken in. */
  recorded(draft: Draft<CompanyEvent>): CompanyEvent {
    const sealed = seal<CompanyEvent>(companiesStream, this.#end, draft);
    foldCompanyEvent(this.register, sealed.event, sealed.revision);
    this.#end = sealed;
    this.events.push(sealed.event);
    return sealed.event;
  }

  /** The event of an amendment that changes nothing. */
  amended(companyId: string): Draft<CompanyAmended> {
    const stamp = { v: 1, recordedAt: new Date(now).toISOString(), principal: 'regulator', commandId: null, idempotencyKey: null, requestHash: null } as const;
    return { type: 'CompanyAmended', ...stamp, companyId, ...detailsOf(this.company(companyId)), reason: 'test' };
  }

  /** @throws Error if there is none */
  company(id: string): Company {
    const company = this.register.company(id);
    if (company === undefined) throw new Error(`No company ${id}.`);
    return company;
  }
}

export function register(name: string, headquarters: string | null = null, aliases: readonly string[] = []): GivenCommand {
  return { type: 'RegisterCompany', name, headquarters, aliases };
}

export function amend(companyId: string, change: Partial<Extract<CompanyCommand, { type: 'AmendCompany' }>> = {}): GivenCommand {
  const none = { name: undefined, headquarters: undefined, aliases: undefined, declaredMilliTpp: undefined, declaredElsewhere: undefined };
  return { type: 'AmendCompany', companyId, reason: 'test', ...none, ...change };
}

export function merge(from: string, into: string): GivenCommand {
  return { type: 'MergeCompanies', from, into, reason: 'one company' };
}

export function named(name: string, headquarters: string | null = null): GivenCommand {
  return { type: 'NameParty', name, headquarters, shipmentId: 'shipment' };
}

export function grant(authorisationId: string, over: Partial<Extract<CompanyCommand, { type: 'GrantAuthorisation' }>> = {}): GivenCommand {
  const usual = { kind: 'nveu', companyId: 'falcon', country: 'AE', from: now, until: null, reason: 'granted', citation: null } as const;
  return { type: 'GrantAuthorisation', authorisationId, ...usual, ...over };
}

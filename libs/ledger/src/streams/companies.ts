import { companySlug, type CompanyLookup, type CompiledRulebook, type Party, type RegisteredCompany } from '#rulebook';
import { StoreUnavailable } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { CompanyEvent, NearMatch } from '../events/company-event.js';
import type { NamedByShipment } from '../companies/register-state.js';
import type { CompanyCommand } from '../companies/company-command.js';
import type { Authorisation, Company } from '../companies/company.js';
import { nearMatchesOf } from '../companies/decide-companies.js';
import { otherHeadquarters } from '../companies/register-decision.js';
import type { Issued } from '../line/line-command.js';
import type { Admission } from '../once/admission.js';
import type { CompanyPort } from '../companies/company-port.js';
import type {
  AmendAuthorisationRequest,
  AmendCompanyRequest,
  GrantAuthorisationRequest,
  MergeCompaniesRequest,
  RegisterCompanyRequest,
  RevokeAuthorisationRequest,
} from '../requests/company-request.js';
import { identityOf, ledgerScope } from '../once/identity.js';
import { rejected, keyMissing, unavailable, type Rejected } from '../outcome/rejected.js';
import type { Caller } from '../requests/ledger-request.js';
import type { UnfinishedMergers } from '../mergers/unfinished-mergers.js';
import { RegisterStream, type RegisterDecided } from './register-stream.js';
import { recordedBefore, StreamWriter, type StreamWriterOptions } from './stream-writer.js';

export type CompanyOutcome = RegisterDecided | Rejected;

export interface CompaniesOptions extends StreamWriterOptions {
  /** In force now. */
  readonly rulebook: () => CompiledRulebook;
  readonly admission: Admission;
  /** Shipments that may draw on lines of companies wait for the work. */
  readonly pauseFor: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Let the lines of a company carry on those of one that was merged into it. Do nothing where they do already. */
  readonly mergers: Pick<UnfinishedMergers, 'finish' | 'begin'>;
  /** Resolves when no decision about the shares of a company is under way. */
  readonly sharesAtRest: (companyId: string) => Promise<void>;
  /** What the shares of a company are of may have changed: its line follows. */
  readonly onDeclared: (companyId: string) => Promise<void>;
}

const noMatches: readonly NearMatch[] = [];

/**
 * The register of companies: who has a limit of its own, under which names, and who may use which authorisation. All of
 * it is in memory; every change is an event. Its keys have the scope of the ledger.
 */
export class Companies {
  readonly #stream: RegisterStream;
  readonly #writer: StreamWriter<CompanyCommand, CompanyEvent>;
  readonly #options: CompaniesOptions;
  #isOpen = false;

  constructor(options: CompaniesOptions) {
    this.#options = options;
    this.#stream = new RegisterStream({
      rulebook: options.rulebook,
      onMerged: (merger) => {
        // What was merged before the start is seen to by line.
        if (this.#isOpen) options.mergers.begin(merger);
      },
    });
    this.#writer = new StreamWriter(this.#stream, options);
  }

  /** Reads the register from the log. */
  async open(): Promise<void> {
    await this.#writer.catchUp();
    this.#isOpen = true;
  }

  /** What decisions about lines ask of it. */
  readonly port: CompanyPort = {
    lookup: (party) => this.#stream.register.lookup(party),
    register: (party, issued) => this.register(party, issued),
    refresh: () => this.#writer.catchUp(),
    nearMatches: (party) => this.nearMatches(party),
  };

  /** The registered company that a party of a shipment is; after a merger the survivor. Costs a look into a map. */
  get lookup(): CompanyLookup {
    return this.#stream.register.lookup;
  }

  /** How many were registered, merged ones included. */
  get size(): number {
    return this.#stream.register.size;
  }

  /** As `lookup` finds it, by id. */
  registered(id: string): RegisteredCompany | null {
    return this.#stream.register.registered(id);
  }

  company(id: string): Company | undefined {
    return this.#stream.register.company(id);
  }

  /** The company that a name or id means now. */
  meantBy(name: string): Company | undefined {
    return this.#stream.register.meantBy(companySlug(name));
  }

  /** Ids of companies by every other slug that means them. Kept up to date, so that asking costs nothing. */
  get otherIds(): ReadonlyMap<string, string> {
    return this.#stream.register.otherIds;
  }

  authorisation(id: string): Authorisation | undefined {
    return this.#stream.register.authorisation(id);
  }

  /** In the order of registration. */
  companies(): Iterable<Company> {
    return this.#stream.register.companies();
  }

  /** In the order in which they were granted. */
  authorisations(): Iterable<Authorisation> {
    return this.#stream.register.authorisations();
  }

  /** Companies that a party may be a misspelling of; none for one that is registered. */
  nearMatches({ name }: Party): readonly NearMatch[] {
    const slug = companySlug(name);
    const { register } = this.#stream;
    if (slug === '' || register.meantBy(slug) !== undefined) return noMatches;
    return nearMatchesOf(register, slug).nearMatches ?? noMatches;
  }

  /** What `nearMatches` said of a company when a shipment registered it; undefined where it did not, or nothing. */
  namedBy(shipmentId: string): NamedByShipment | undefined {
    return this.#stream.register.namedBy(shipmentId);
  }

  /** Takes in what other instances wrote up to this position, if it is ahead of what is known. */
  async reach(position: Position): Promise<void> {
    if (position > this.#writer.position) await this.#writer.catchUp();
  }

  /**
   * A shipment names a company that has a limit of its own: registers it, or fills in headquarters that nobody had
   * stated. `issued.identity` is that of the shipment. Resolves when that is durable, with what stands against it.
   */
  async register(party: Party, issued: Issued): Promise<Rejected | undefined> {
    const { name, headquarters = null } = party;
    const known = this.lookup(party);
    if (known === null || (known.headquarters === null && headquarters !== null)) {
      const shipmentId = issued.identity?.commandId ?? '';
      const outcome = await this.#writer.submit({ type: 'NameParty', name, headquarters, shipmentId, ...issued });
      if (outcome !== null && !outcome.decided) return outcome;
    }
    return this.#contradiction(party);
  }

  registerCompany(request: RegisterCompanyRequest, caller: Caller): Promise<CompanyOutcome> {
    const { name, headquarters = null, aliases = [] } = request;
    return this.#decide('register-company', caller, (issued) => ({ type: 'RegisterCompany', name, headquarters, aliases, ...issued }));
  }

  /** Resolves when the shares of what the company declares have followed. */
  amendCompany(companyId: string, request: AmendCompanyRequest, caller: Caller): Promise<CompanyOutcome> {
    const { processes, admission } = this.#options;
    const amend = (): Promise<CompanyOutcome> => this.#amendCompany(companyId, request, caller);
    const caughtUp = processes.catchUp(() => this.#caughtUp());
    return admission.answered(caughtUp?.then((behind) => behind ?? amend()) ?? amend());
  }

  async #amendCompany(companyId: string, request: AmendCompanyRequest, caller: Caller): Promise<CompanyOutcome> {
    const { name, headquarters, aliases, declaredMilliTpp, declaredElsewhere, reason } = request;
    const declared = { declaredMilliTpp, declaredElsewhere };
    const what = { type: 'AmendCompany', companyId, name, headquarters, aliases, ...declared, reason } as const;
    const { pauseFor, sharesAtRest, onDeclared } = this.#options;
    const isOfShares = [declaredMilliTpp, declaredElsewhere, headquarters].some((each) => each !== undefined);
    const mayMoveShares = isOfShares && this.#isValidatedEndUser(companyId);
    // What is decided under the former total is recorded before the new one, and nothing after it.
    const apart = (submit: () => Promise<CompanyOutcome>): Promise<CompanyOutcome> =>
      pauseFor(async () => {
        await sharesAtRest(companyId);
        const outcome = await submit();
        return outcome.decided ? this.#then(outcome, onDeclared(companyId)) : outcome;
      });
    const outcome = await this.#decide(`amend-company ${companyId}`, caller, (issued) => ({ ...what, ...issued }), mayMoveShares ? apart : undefined);
    // The first time may have stopped half way.
    if (!mayMoveShares || !outcome.decided || !outcome.replayed) return outcome;
    return this.#then(outcome, onDeclared(companyId));
  }

  /** Resolves when the survivor's lines carry on those of the other. */
  mergeCompanies(from: string, request: MergeCompaniesRequest, caller: Caller): Promise<CompanyOutcome> {
    return this.#options.admission.answered(this.#mergeCompanies(from, request, caller));
  }

  async #mergeCompanies(from: string, { into, reason }: MergeCompaniesRequest, caller: Caller): Promise<CompanyOutcome> {
    const what = { type: 'MergeCompanies', from, into, reason } as const;
    const { pauseFor, mergers } = this.#options;
    const merger = { from, into, reason };
    // Nobody may draw on the survivor's lines before they count what the other has.
    const together = (submit: () => Promise<CompanyOutcome>): Promise<CompanyOutcome> =>
      pauseFor(async () => {
        const outcome = await submit();
        return outcome.decided ? this.#then(outcome, mergers.finish(merger)) : outcome;
      });
    const outcome = await this.#decide(`merge-company ${from}`, caller, (issued) => ({ ...what, ...issued }), together);
    // The first time may have stopped half way.
    if (!outcome.decided || !outcome.replayed) return outcome;
    return this.#then(outcome, pauseFor(() => mergers.finish(merger)));
  }

  grantAuthorisation(request: GrantAuthorisationRequest, caller: Caller): Promise<CompanyOutcome> {
    const { kind, companyId, country = null, from, until = null, reason, citation = null } = request;
    const granted = this.#decide('grant-authorisation', caller, (issued, authorisationId) => ({
      type: 'GrantAuthorisation', authorisationId, kind, companyId, country, from: from ?? issued.at, until, reason, citation, ...issued,
    }));
    return granted.then((outcome) => {
      const declares = outcome.decided && Object.keys(this.company(companyId)?.declaredElsewhere ?? {}).length > 0;
      // What the company declared before counts from now on.
      return declares ? this.#then(outcome, this.#options.onDeclared(companyId)) : outcome;
    });
  }

  amendAuthorisation(authorisationId: string, request: AmendAuthorisationRequest, caller: Caller): Promise<CompanyOutcome> {
    const { from, until, reason } = request;
    const what = { type: 'AmendAuthorisation', authorisationId, from, until, reason } as const;
    return this.#decide(`amend-authorisation ${authorisationId}`, caller, (issued) => ({ ...what, ...issued }));
  }

  revokeAuthorisation(authorisationId: string, request: RevokeAuthorisationRequest, caller: Caller): Promise<CompanyOutcome> {
    const { effective, reason } = request;
    const what = { type: 'RevokeAuthorisation', authorisationId, effective, reason } as const;
    return this.#decide(`revoke-authorisation ${authorisationId}`, caller, (issued) => ({ ...what, ...issued }));
  }

  /** Resolves when nothing waits to be written any more. */
  idle(): Promise<void> {
    return this.#writer.idle();
  }

  /** Takes in what other instances wrote. Resolves with why that cannot be done now. */
  async #caughtUp(): Promise<Rejected | undefined> {
    try {
      await this.#writer.catchUp();
      return undefined;
    } catch (error) {
      if (error instanceof StoreUnavailable) return unavailable(error);
      throw error;
    }
  }

  /** Only its lines follow what the company declares. */
  #isValidatedEndUser(companyId: string): boolean {
    return (this.company(companyId)?.authorisations.length ?? 0) > 0;
  }

  /** Another shipment, or another instance, may have been first, with other headquarters. */
  #contradiction({ name, headquarters }: Party): Rejected | undefined {
    const registered = this.lookup({ name });
    if (headquarters === undefined || registered === null || registered.headquarters === null) return undefined;
    return registered.headquarters === headquarters ? undefined : otherHeadquarters(registered, name, headquarters);
  }

  /** What is recorded stays recorded if what follows from it cannot be done now: that is done later. */
  async #then(outcome: RegisterDecided, following: Promise<void>): Promise<CompanyOutcome> {
    try {
      await following;
      return outcome;
    } catch (error) {
      if (error instanceof StoreUnavailable) return unavailable(error);
      throw error;
    }
  }

  #decide(
    operation: string,
    caller: Caller,
    command: (issued: Issued, commandId: string) => CompanyCommand,
    around: (submit: () => Promise<CompanyOutcome>) => Promise<CompanyOutcome> = (submit) => submit(),
  ): Promise<CompanyOutcome> {
    const identity = identityOf(ledgerScope, operation, caller);
    if (!identity) return Promise.resolve(keyMissing());
    const { admission } = this.#options;
    const submit = async (): Promise<CompanyOutcome> => {
      const outcome = await this.#writer.submit(command(admission.issue(caller, identity), identity.commandId));
      return outcome ?? rejected('nothing-to-change', 'The register is as asked for already.');
    };
    return admission.once(identity, () => around(submit), recordedBefore<CompanyEvent>);
  }
}

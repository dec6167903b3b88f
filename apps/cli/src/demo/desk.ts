import type {
  Caller,
  ExportDebited,
  ExportDirectRequest,
  ExportHoldRequest,
  GrantAuthorisationRequest,
  Ledger,
  LineBalance,
  Outcome,
  QuotaReserved,
  RegisterCompanyRequest,
  Rejected,
  ReserveRequest,
  WeightExportRequest,
} from '#ledger';
import type { ObligationRow } from '#projections';
import { lineOfCountry, type MilliTpp, type ReversalCode } from '#rulebook';

/** Orders are given by the regulator of the demo. */
const regulator = 'demo-regulator';

/** Where everybody of the demo hands in their requests: it knows what each country has in use, and what was turned away. */
export class Desk {
  /** Requests that recorded nothing: the code, and what it was about. */
  readonly rejected: string[] = [];
  readonly #ledger: Ledger;
  readonly #nowMs: () => number;
  readonly #balances = new Map<string, LineBalance>();
  #requests = 0;

  constructor(ledger: Ledger, nowMs: () => number) {
    this.#ledger = ledger;
    this.#nowMs = nowMs;
  }

  /** Milliseconds since 1970: shipments after it draw on no allocation. */
  get periodEndMs(): number {
    return this.#ledger.rulebook.period.endMs;
  }

  milliTppOf(chip: string): number {
    const found = this.#ledger.rulebook.chip(chip);
    if (found === undefined) throw new Error(`The rulebook of the demo has no chip ${chip}.`);
    return found.milliTppPerUnit;
  }

  /** In thousandths of a TPP; `cap` is 0 where there is none. */
  useOf(country: string): { readonly cap: number; readonly used: number } {
    const balance = this.#balances.get(lineOfCountry(country));
    const cap = balance?.allocation ?? this.#ledger.rulebook.allocationOf(country, this.#nowMs()) ?? 0;
    return { cap, used: balance === undefined ? 0 : balance.exported + balance.reserved };
  }

  /** What the views know of the lines: holds that lapsed, and what somebody else recorded. */
  learn(lines: Iterable<{ readonly line: string; readonly balance: LineBalance }>): void {
    for (const { line, balance } of lines) this.#balances.set(line, balance);
  }

  /** Undefined if it was refused. */
  async reserve(request: ReserveRequest): Promise<QuotaReserved | undefined> {
    const event = this.#eventOf(await this.#ledger.reserve(request, this.#caller(request.exporter, request)), request.destination);
    return event?.type === 'QuotaReserved' ? event : undefined;
  }

  /** Undefined if it was refused. */
  async exportDirect(request: ExportDirectRequest): Promise<ExportDebited | undefined> {
    return exportIn(this.#eventOf(await this.#ledger.exportDirect(request, this.#caller(request.exporter, request)), request.destination));
  }

  /** Undefined if it was refused. */
  async exportHold({ reservationId, exporter }: QuotaReserved, request: ExportHoldRequest): Promise<ExportDebited | undefined> {
    return exportIn(this.#eventOf(await this.#ledger.exportHold(reservationId, request, this.#caller(exporter, request)), reservationId));
  }

  async release({ reservationId, exporter }: QuotaReserved, reason: string): Promise<void> {
    this.#eventOf(await this.#ledger.release(reservationId, { reason }, this.#caller(exporter, { reason })), reservationId);
  }

  async extend({ reservationId, exporter }: QuotaReserved, expiresAt: number): Promise<void> {
    const request = { expiresAt, expectedRevision: null };
    this.#eventOf(await this.#ledger.amend(reservationId, request, this.#caller(exporter, request)), reservationId);
  }

  async reverse({ exportId, exporter }: ExportDebited, code: ReversalCode, reason: string): Promise<void> {
    const request = { code, reason };
    this.#eventOf(await this.#ledger.reverse(exportId, request, this.#caller(exporter, request)), exportId);
  }

  async file({ exportId, exporter }: ExportDebited, itn: string): Promise<void> {
    this.#eventOf(await this.#ledger.file(exportId, { itn }, this.#caller(exporter, { itn })), exportId);
  }

  async suspend(country: string, reason: string): Promise<void> {
    this.#eventOf(await this.#ledger.suspend(lineOfCountry(country), { reason }, this.#caller(regulator, { reason })), country);
  }

  async setAllocation(country: string, allocationMilliTpp: MilliTpp, reason: string): Promise<void> {
    const request = { allocationMilliTpp, reason };
    this.#eventOf(await this.#ledger.setAllocation(lineOfCountry(country), request, this.#caller(regulator, request)), country);
  }

  async register(request: RegisterCompanyRequest): Promise<void> {
    this.#note(await this.#ledger.companies.registerCompany(request, this.#caller(regulator, request)), request.name);
  }

  async declare(companyId: string, declaredMilliTpp: MilliTpp, reason: string): Promise<void> {
    const request = { declaredMilliTpp, reason };
    this.#note(await this.#ledger.companies.amendCompany(companyId, request, this.#caller(regulator, request)), companyId);
  }

  async authorise(request: GrantAuthorisationRequest): Promise<void> {
    this.#note(await this.#ledger.companies.grantAuthorisation(request, this.#caller(regulator, request)), request.companyId);
  }

  async exportWeights(request: WeightExportRequest): Promise<void> {
    this.#note(await this.#ledger.weights.record(request, this.#caller(request.exporter, request)), 'weights');
  }

  async acknowledge(alertId: string, line: string): Promise<void> {
    const outcome = await this.#ledger.acknowledgeAlert(alertId, line, this.#caller(regulator, {}));
    if ('decided' in outcome) this.#note(outcome, line);
  }

  async fulfil({ id: obligationId, status: _status, fulfilment: _none, position: _position, ...obligation }: ObligationRow, reference: string): Promise<void> {
    const request = { obligationId, obligation, reference, note: null };
    this.#note(await this.#ledger.obligations.fulfil(request, this.#caller(regulator, { reference })), obligation.kind);
  }

  #eventOf(outcome: Outcome, about: string) {
    if (!this.#note(outcome, about)) return undefined;
    this.#balances.set(outcome.line, outcome.event.balanceMilliTpp);
    return outcome.event;
  }

  #note<Settled extends { readonly decided: true }>(outcome: Settled | Rejected, about: string): outcome is Settled {
    if (!outcome.decided) this.rejected.push(`${outcome.code}: ${about}: ${outcome.detail}`);
    return outcome.decided;
  }

  #caller(principal: string, body: object): Caller {
    this.#requests += 1;
    return { principal, idempotencyKey: `demo-${String(this.#requests).padStart(6, '0')}`, body };
  }
}

function exportIn(event: { readonly type: string } | undefined): ExportDebited | undefined {
  return event?.type === 'ExportDebited' ? (event as ExportDebited) : undefined;
}

import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { DataDirLocked, LogUnreadable, StoreUnavailable, type EventStore, type Ledger, type Outcome, type Position, type StoredEvent } from '#ledger';
import type { Moment, Views } from '#projections';
import { countryOfLine, isCountry } from '#rulebook';
import { cloudEvent, type Body } from '#wire';
import { anonymous } from '../../../api/src/access.js';
import { openLedger, type OpenLedger } from '../../../api/src/composition.js';
import { ConfigInvalid, readConfig, type Config } from '../../../api/src/config.js';
import { CountryBook, type CountryPage } from '../../../api/src/countries/country-book.js';
import { eventFilterOf } from '../../../api/src/events/event-filter.js';
import { DirectExportDto } from '../../../api/src/exports/export.dto.js';
import { Problem } from '../../../api/src/http/problem.js';
import { companyLineView } from '../../../api/src/lines/line-view.js';
import { refusedBody } from '../../../api/src/reservations/refusal-body.js';
import { ReservationDto } from '../../../api/src/reservations/reservation.dto.js';
import { callerOf } from '../../../api/src/pipeline/call.js';
import { exportRequest, reserveRequest } from '../../../api/src/reservations/shipment-request.js';
import { simulationBody } from '../../../api/src/rulebooks/simulation-body.js';
import { draftOf, SimulationDesk } from '../../../api/src/rulebooks/simulation-desk.js';
import { shapeOf } from '../../../api/src/validation/shape.js';
import { Refused, Unreachable, UsageError } from '../exit-code.js';
import { withSettings } from '../settings.js';
import type { ShipmentBody } from '../import/row-action.js';
import type { ApiAnswer, ApiRequest } from './api-request.js';
import { HttpLedger } from './http-ledger.js';
import type { InProcessApi } from './in-process-api.js';
import type {
  CountriesQuery,
  Determined,
  EventsQuery,
  Filing,
  LedgerAccess,
  PointInTime,
  RequestProblem,
  Reversal,
  SimulationRequest,
  Submission,
  SubmitAnswer,
} from './ledger-access.js';
import { problemFault } from './problem-fault.js';
import type { RecordedQuery, RecordedShipment } from './recorded-shipment.js';

const readAtOnce = 1000;
const viewsTimeoutMs = 60_000;
const alertsTimeoutMs = 2_000;
const reservation = shapeOf(ReservationDto);
const directExport = shapeOf(DirectExportDto);

/** A ledger opened in this process, with the very parts that the server is composed of, under the same lock. */
export class LocalLedger implements LedgerAccess {
  readonly where: string;
  readonly #ledger: Ledger;
  readonly #views: Views;
  readonly #store: EventStore;
  readonly #book: CountryBook;
  private readonly clock: () => number;
  readonly #simulations: SimulationDesk;

  #api: InProcessApi | undefined;

  private constructor(
    private readonly opened: OpenLedger,
    private readonly config: Config,
  ) {
    const { dataDir, clock, simulationMaxMs } = config;
    this.where = opened.store.isShared ? opened.store.where : `the data directory ${dataDir}`;
    this.clock = clock;
    this.#ledger = opened.ledger;
    this.#views = opened.views;
    this.#store = opened.store;
    this.#book = new CountryBook(opened.ledger, opened.views, opened.store, clock);
    this.#simulations = new SimulationDesk({ store: opened.store, clock, maxMs: simulationMaxMs });
  }

  /**
   * With LEDGER_EVENTSTORE_URL the log is that of the cluster, and the data directory is for the copy that this process makes of
   * it.
   * @param mayCreate whether a data directory that does not exist is a new ledger or a mistake
   * @throws Unreachable if the directory is missing, locked or damaged; UsageError for a wrong setting
   */
  static async open(dataDir: string, { mayCreate }: { readonly mayCreate: boolean }): Promise<LocalLedger> {
    try {
      const config = readConfig(withSettings({ LEDGER_DATA_DIR: dataDir }));
      const isCluster = config.eventStoreUrl !== undefined;
      if (!mayCreate && !existsSync(dataDir)) {
        const forCopy = ' LEDGER_EVENTSTORE_URL is set: make the folder, for the copy of the log, or unset it to work on a ledger of this machine.';
        throw new Unreachable(`There is no data directory ${dataDir}.${isCluster ? forCopy : ''}`);
      }
      const opened = await openLedger(config, {
        explain: (message) => void (isCluster && process.stderr.write(`quota: ${message}\n`)),
        onFatal: (error) => stop(dataDir, error.message),
        onSuperseded: (reason) => stop(dataDir, reason),
      });
      return new LocalLedger(opened, config);
    } catch (error) {
      if (error instanceof ConfigInvalid) throw new UsageError(error.message);
      if (error instanceof DataDirLocked || error instanceof LogUnreadable) throw new Unreachable(error.message);
      throw error;
    }
  }

  async countries({ status, group, minPosition, ...at }: CountriesQuery = {}): Promise<Body<'CountryList'>> {
    const page = await this.#page(at, minPosition);
    const countries = page.countries.filter((view) => (status ?? view.status) === view.status && (group ?? view.group) === view.group);
    return { countries, position: String(page.position), recordedAt: page.recordedAt, rulebook: page.rulebook.reference };
  }

  async companyLines(minPosition: Position): Promise<readonly Body<'CompanyLineView'>[]> {
    await this.#page({}, minPosition, []);
    const { alerts } = this.#ledger.rulebook.document;
    const companies = [...this.#views.lines.values()].filter(({ line }) => countryOfLine(line) === undefined);
    return companies.map((view) => companyLineView(view.line, view, alerts));
  }

  async country(code: string, at: PointInTime = {}): Promise<Body<'CountryView'>> {
    if (!isCountry(code)) throw new Refused(`There is no country ${code}: use an ISO 3166-1 alpha-2 code, as AE.`);
    const { countries } = await this.#page(at, undefined, [code]);
    const [view] = countries;
    if (view === undefined) throw new Error(`No view of ${code}.`);
    return view;
  }

  async *events({ after, ...query }: EventsQuery): AsyncIterable<Body<'Event'>> {
    const { stream, type } = faultsOfProblems(() => eventFilterOf(query));
    for await (const batch of this.log(after)) {
      for (const stored of batch) {
        if (stream !== undefined && stored.stream !== stream) continue;
        if (type !== undefined && stored.type !== type) continue;
        yield JSON.parse(cloudEvent(stored)) as Body<'Event'>;
      }
    }
  }

  async *log(after: Position): AsyncIterable<readonly StoredEvent[]> {
    const head = await this.#store.head();
    for (let position = after; position < head; ) {
      const batch = await this.#store.readAll({ after: position, limit: readAtOnce });
      const last = batch.at(-1);
      if (last === undefined) return;
      yield batch;
      position = last.position;
    }
  }

  async submit(submission: Submission): Promise<SubmitAnswer> {
    try {
      return answerOf(await this.#decide(submission));
    } catch (error) {
      if (error instanceof Problem) return { outcome: 'rejected', code: error.code, detail: error.detail };
      if (error instanceof StoreUnavailable) throw new Unreachable(error.message);
      throw error;
    }
  }

  /** Alerts that were set off here are recorded before the directory is left: nobody may open it for long. */
  async simulate(order: SimulationRequest, onProgress: (position: Position) => void): Promise<Body<'Simulation'>> {
    const { draft, until, at, limit, cursor = '0' } = order;
    const replay = {
      draft: draftOf(draft, ''),
      ...(until !== undefined && { until: Number(until) }),
      ...(at !== undefined && { atMs: Date.parse(at) }),
      differences: { after: Number(cursor), limit },
    };
    try {
      return simulationBody(await this.#simulations.run(replay, new AbortController().signal, onProgress));
    } catch (error) {
      if (error instanceof Problem) throw problemFault(error.body);
      throw error;
    }
  }

  async determine(body: ShipmentBody): Promise<Determined> {
    return (await this.#overApi()).determine(body);
  }

  async *recorded(query: RecordedQuery): AsyncIterable<RecordedShipment> {
    yield* (await this.#overApi()).recorded(query);
  }

  async file(filing: Filing): Promise<RequestProblem | undefined> {
    return (await this.#overApi()).file(filing);
  }

  async reverse(reversal: Reversal): Promise<RequestProblem | undefined> {
    return (await this.#overApi()).reverse(reversal);
  }

  async request(request: ApiRequest): Promise<ApiAnswer> {
    return (await this.#overApi()).request(request);
  }

  /** The API is loaded for commands that need it only: that takes half a second. */
  async #overApi(): Promise<HttpLedger> {
    if (this.#api === undefined) {
      const { InProcessApi } = await import('./in-process-api.js');
      this.#api = await InProcessApi.open(this.opened, this.config);
    }
    return new HttpLedger('http://in.process', '', this.#api.send);
  }

  async close(): Promise<void> {
    await this.#api?.close();
    if (await this.#views.waitFor(this.#ledger.position, alertsTimeoutMs)) {
      await this.opened.alertsSettled(alertsTimeoutMs);
    }
    await this.opened.close();
  }

  #decide({ operation, body, idempotencyKey }: Submission): Promise<Outcome> {
    if (operation === 'export') {
      const dto = directExport.check(body);
      const caller = callerOf(anonymous, idempotencyKey, dto, body);
      return this.#ledger.exportDirect(exportRequest(dto, caller), caller);
    }
    const dto = reservation.check(body);
    const caller = callerOf(anonymous, idempotencyKey, dto, body);
    return this.#ledger.reserve(reserveRequest(dto, caller), caller);
  }

  async #page(at: PointInTime, minPosition = 0, codes?: readonly string[]): Promise<CountryPage> {
    const moment = momentOf(at, this.clock());
    const wanted = Math.max(minPosition, this.#ledger.position, moment?.at === 'position' ? moment.position : 0);
    const head = await this.#store.head();
    if (wanted > head) throw new UsageError(`--at-position ${wanted} is beyond the end of the log of ${this.where}, position ${head}.`);
    if (!(await this.#views.waitFor(wanted, viewsTimeoutMs))) {
      throw new Unreachable(`The views of ${this.where} do not reach position ${wanted}.`);
    }
    return moment === undefined ? this.#book.now(codes) : this.#book.at(moment, codes);
  }
}

function answerOf(outcome: Outcome): SubmitAnswer {
  if (!outcome.decided) {
    const { code, detail } = outcome;
    if (code === 'busy' || code === 'storage-full' || code === 'store-unavailable') throw new Unreachable(detail);
    return { outcome: 'rejected', code, detail };
  }
  const { event, replayed, line, position } = outcome;
  switch (event.type) {
    case 'QuotaReserved':
      return { outcome: 'recorded', replayed, id: event.reservationId, tpp: event.milliTpp / 1000 };
    case 'ExportDebited':
      return { outcome: 'recorded', replayed, id: event.exportId, tpp: event.milliTpp / 1000 };
    case 'ReservationRefused': {
      const { code, detail } = refusedBody(event, line, position);
      const tpp = event.requestedMilliTpp / 1000;
      return { outcome: 'refused', replayed, id: event.reservationId, tpp, code, detail };
    }
    default:
      throw new Error(`A ${event.type} answers neither an export nor a reservation.`);
  }
}

/** @throws UsageError for a time in the future */
function momentOf({ asOf, atPosition }: PointInTime, now: number): Moment | undefined {
  if (atPosition !== undefined) return { at: 'position', position: Number(atPosition) };
  if (asOf === undefined) return undefined;
  const ms = Date.parse(asOf);
  if (ms > now) throw new UsageError(`--as-of ${asOf} is in the future: the ledger knows the past only.`);
  return { at: 'time', ms };
}

/** After a failed commit nothing that the store says can be relied on: the process ends as the server does. */
function stop(dataDir: string, reason: string): never {
  process.stderr.write(`quota: the event store in ${dataDir} cannot go on: ${reason}\n`);
  process.exit(70);
}

/** @throws the fault with its exit code for a problem of the API */
function faultsOfProblems<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof Problem ? problemFault(error.body) : error;
  }
}

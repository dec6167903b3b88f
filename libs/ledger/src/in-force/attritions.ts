import { partsOfLine } from '#rulebook';
import type { CompanyPort } from '../companies/company-port.js';
import type { EventStore } from '../event-store/event-store.js';
import { quotaStreamOf } from '../line/streams.js';
import { beforeFirstShipment } from '../lines/before-first-shipment.js';
import type { Admission } from '../once/admission.js';
import type { FirstAnswer } from '../once/command-gate.js';
import { identityOf } from '../once/identity.js';
import { keyMissing } from '../outcome/rejected.js';
import type { Decided, Outcome } from '../requests/ledger-outcome.js';
import type { AttritionRequest, Caller } from '../requests/ledger-request.js';
import type { Processes } from '../shared-log/processes.js';
import { checkAttrition, noSuchLine } from '../shipment/attrition.js';
import type { LinesInForce } from './lines-in-force.js';

export interface AttritionsOptions {
  readonly store: EventStore;
  readonly processes: Processes;
  readonly lines: LinesInForce;
  readonly companies: CompanyPort;
  readonly admission: Admission;
  readonly firstAnswer: FirstAnswer<Decided>;
}

/** Records that what a validated end user had installed is lost, and no longer counts on its line. */
export class Attritions {
  readonly #options: AttritionsOptions;

  constructor(options: AttritionsOptions) {
    this.#options = options;
  }

  record(line: string, request: AttritionRequest, caller: Caller): Promise<Outcome> {
    const { store, processes, lines, companies, admission, firstAnswer } = this.#options;
    const identity = identityOf(partsOfLine(line)?.holder ?? line, `attrition ${line}`, caller);
    if (!identity) return Promise.resolve(keyMissing());
    const decideNow = async (): Promise<Outcome> => {
      const caughtUp = processes.catchUp(async () => companies.refresh?.());
      if (caughtUp) await caughtUp;
      if (!(await this.#isLineOfSomebody(line))) return noSuchLine(line);
      const now = admission.issue(caller, identity).at;
      const refused = checkAttrition(lines.rulebook, line, request, now) ?? (await beforeFirstShipment(store, line, request));
      if (refused) return refused;
      return lines.now.writers.of(line).submit({ type: 'RecordAttrition', ...request, ...admission.issue(caller, identity) });
    };
    return admission.once(identity, decideNow, firstAnswer);
  }

  /** A line of a country, of a registered company, or one with history: merged companies have such. */
  async #isLineOfSomebody(line: string): Promise<boolean> {
    const { store, companies } = this.#options;
    const parts = partsOfLine(line);
    if (parts === undefined || parts.holder === null) return parts !== undefined;
    if (companies.lookup({ name: parts.holder })?.id === parts.holder) return true;
    return (await store.readStream(quotaStreamOf(line), { limit: 1 })).length > 0;
  }
}

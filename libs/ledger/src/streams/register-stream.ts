import type { CompiledRulebook } from '#rulebook';
import type { CompanyCommand } from '../companies/company-command.js';
import { CompanyRegister } from '../companies/company-register.js';
import { decideRegister } from '../companies/decide-register.js';
import { foldCompanyEvent } from '../companies/fold-companies.js';
import { RegisterBatch } from '../companies/register-batch.js';
import type { CompanyEvent } from '../events/company-event.js';
import { companiesStream } from '../line/streams.js';
import type { Merger } from '../mergers/unfinished-mergers.js';
import type { Recorded, StreamBatch, StreamKind } from './stream-writer.js';

/** A change of the register was recorded. */
export type RegisterDecided = Recorded<CompanyEvent>;

/** The stream of the register of companies and their authorisations, all of which is in memory. */
export class RegisterStream implements StreamKind<CompanyCommand, CompanyEvent> {
  readonly stream = companiesStream;
  readonly waitFor = 'commands wait on the register of companies';
  /** A new name is compared with all others: so many at once hold nobody up for long. */
  readonly batchMax = 100;
  readonly isFoldedWhole = true;
  readonly register = new CompanyRegister();
  readonly #rulebook: () => CompiledRulebook;
  readonly #onMerged: (merger: Merger) => void;

  /** @param options `rulebook`: in force now; `onMerged`: told of each merger that is read from the log */
  constructor(options: { readonly rulebook: () => CompiledRulebook; readonly onMerged: (merger: Merger) => void }) {
    this.#rulebook = options.rulebook;
    this.#onMerged = options.onMerged;
  }

  begin(): StreamBatch<CompanyCommand, CompanyEvent> {
    const register = new RegisterBatch(this.register);
    return {
      decide: (command) => decideRegister(command, { register, rulebook: this.#rulebook() }),
      add: (event, revision) => foldCompanyEvent(register, event, revision),
    };
  }

  fold(event: CompanyEvent, revision: number): void {
    foldCompanyEvent(this.register, event, revision);
  }

  onRead(event: CompanyEvent): void {
    if (event.type === 'CompaniesMerged') this.#onMerged(event);
  }
}

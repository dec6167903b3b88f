import { lineOfUveu } from '#rulebook';
import { Appends } from './appending/appends.js';
import { Attritions } from './in-force/attritions.js';
import { ChangesByOthers } from './in-force/changes-by-others.js';
import type { CompanyPort } from './companies/company-port.js';
import { DecidedOnce } from './in-force/decided-once.js';
import type { EventStore } from './event-store/event-store.js';
import type { Position } from './events/stored-event.js';
import { EntryCache } from './lines/entry-cache.js';
import { LinePause } from './lines/line-pause.js';
import { firstAnswerOnLine } from './lines/outcome-of.js';
import { ShipmentCounting, type ShipmentCountingOptions } from './lines/shipment-counting.js';
import { WakeUp } from './lines/wake-up.js';
import { LinesInForce } from './in-force/lines-in-force.js';
import { Admission } from './once/admission.js';
import { CommandGate } from './once/command-gate.js';
import type { DerivedIndex } from './once/derived-index.js';
import { Tail } from './once/tail.js';
import { systemClock, type Clock } from './outcome/clock.js';
import { ManyProcesses } from './shared-log/many-processes.js';
import { SingleProcess } from './shared-log/single-process.js';
import { Acknowledgements } from './streams/acknowledge-alert.js';
import { Companies } from './streams/companies.js';
import { Fulfilments } from './streams/fulfil-obligation.js';
import type { RulebookInForce } from './streams/rulebook-at-start.js';
import { RulebookOrders } from './streams/rulebook-orders.js';
import { WeightsLedger } from './streams/weights-ledger.js';
import { Superseded } from './in-force/superseded.js';

export interface LedgerOptions {
  readonly store: EventStore;
  /** Must have reached the head of the log. */
  readonly index: DerivedIndex;
  /** Decides every command until another one is adopted. */
  readonly inForce: RulebookInForce;
  /** For specs: another register than the ledger's own. */
  readonly companies?: CompanyPort;
  readonly clock?: Clock;
  /** Commands that may wait on one line. */
  readonly queueMax?: number;
  /** Commands decided that the index does not know yet; past it the views are too far behind to go on. */
  readonly tailMax?: number;
  /** Entries kept in memory, besides those that must be. */
  readonly entriesMax?: number;
  /**
   * Milliseconds until nobody waits for the store any more: an append whose outcome is unknown for so long is in doubt.
   * On a shared store every caller is answered after half as long again.
   */
  readonly patienceMs?: number;
  /**
   * On a shared store: resolves with true when the index has reached a position, with false if that takes longer than
   * `timeoutMs`. It is asked before an entry that the index does not know is said not to exist, and before a command is
   * rejected that another process may have decided.
   */
  readonly indexReaches?: (position: Position, timeoutMs: number) => Promise<boolean>;
  /** Told once, for people, when another process adopted another rulebook: this one decides nothing more and should end. */
  readonly onSuperseded?: (message: string) => void;
}

/** How long an entry that another instance may have brought into being is waited for. */
const indexWaitMs = 2_000;

/** The newest position that this process has written. */
class Written {
  constructor(public position: Position) {}

  reach(position: Position): void {
    if (position > this.position) this.position = position;
  }
}

export type LedgerParts = ReturnType<typeof wired>;

/** The parts of a ledger that knows the register of companies and has taken up the holds that are open. @throws StoreUnavailable */
export async function openParts(options: LedgerOptions): Promise<LedgerParts> {
  const parts = wired(options, await options.store.head());
  await parts.companies.open();
  parts.lines.begin();
  return parts;
}

/** @param head position of the newest event in the log */
function wired(options: LedgerOptions, head: Position) {
  const { store, index, patienceMs = 3_000, clock = systemClock } = options;
  const written = new Written(head);
  const pause = new LinePause();
  const lines = new LinesInForce(options.inForce);
  const rulebook = () => lines.rulebook;
  const appends = new Appends(store, patienceMs);
  const tail = new Tail(index);
  const entries = new EntryCache({ store, index, tail, entriesMax: options.entriesMax ?? 10_000 });
  const indexFollows = async () => options.indexReaches === undefined || options.indexReaches(await store.head(), indexWaitMs);
  const processes = store.isShared ? new ManyProcesses({ store, appends, index, tail, indexFollows, patienceMs }) : new SingleProcess();
  const gate = new CommandGate({ store, index, tail, indexFollows: processes.indexFollows });
  const tailMax = options.tailMax ?? 250_000;
  const reference = () => lines.rulebook.reference;
  const admission = new Admission({ gate, appends, tail, tailMax, clock, rulebook: reference, answerMsMax: processes.answerMsMax });
  const queueMax = options.queueMax ?? 20_000;
  const onCommitted = (position: Position) => written.reach(position);
  const writer = { store, index, tail, clock, appends, gate, queueMax, processes, onCommitted };
  const stream = { ...writer, rulebook, admission };
  const companies = new Companies({
    ...stream,
    pauseFor: (work) => pause.during(work),
    mergers: {
      finish: (merger) => lines.now.mergers.unfinished.finish(merger),
      begin: (merger) => lines.now.mergers.unfinished.begin(merger),
    },
    sharesAtRest: (company) => lines.now.writers.of(lineOfUveu(company)).idle(),
    onDeclared: (company) => lines.now.followDeclared(company),
  });
  const companyPort = options.companies ?? companies.port;
  const weights = new WeightsLedger({ ...stream, companies: companyPort });
  const obligations = new Fulfilments(stream);
  const acknowledgements = new Acknowledgements(writer);
  const firstAnswer = firstAnswerOnLine(store);
  const submit: ShipmentCountingOptions['submit'] = (line, command) => lines.now.writers.of(line).submit(command);
  const counting = new ShipmentCounting({ store, processes, submit, admission, firstAnswer });
  const rulebooks = new RulebookOrders({
    ...stream,
    inForce: () => lines.inForce,
    indexFollows,
    endLines: () => lines.now.end(),
    beginLines: (next) => lines.beginUnder(next),
  });
  const superseded = new Superseded({ store, lines, admission, isAdopting: (hash) => rulebooks.isAdopting(hash), onSuperseded: options.onSuperseded });
  const wakeUp = new WakeUp(clock, (line, at) => lines.now.writers.of(line).wakeFor(at));
  lines.open({
    ...writer,
    entries,
    companies: companyPort,
    firstAnswer,
    pause,
    issue: () => admission.issue({ principal: 'system' }, null),
    onNext: (line, at) => wakeUp.at(line, processes.wakesAt(at)),
    onCounted: (source) => counting.count(source),
    onOtherRulebook: (at) => superseded.decidedUnderAnother(at),
  });
  const once = new DecidedOnce({ lines, entries, admission, firstAnswer, counting, indexFollows: processes.indexFollows });
  const attritions = new Attritions({ store, processes, lines, companies: companyPort, admission, firstAnswer });
  const others = new ChangesByOthers({ lines, companies, index });
  const parts = { store, clock, processes, written, pause, lines, admission, gate, once, counting, attritions, wakeUp };
  return { ...parts, companies, companyPort, weights, obligations, acknowledgements, rulebooks, superseded, others };
}

import { builtInRulebook, loadRulebook, type CompiledRulebook, type Rulebook } from '#rulebook';
import { FaultyEventStore, type AppendFault } from './faulty-event-store.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import type { AppendResult, EventStore } from '../event-store/event-store.js';
import type { NewEvent, Position, Revision, StoredEvent } from '../events/stored-event.js';
import { decodeEvent } from '../events/codec.js';
import type { LedgerEvent } from '../events/ledger-event.js';
import type { LineEvent } from '../events/line-event.js';
import { quotaStreamOf, rulebookStream } from '../line/streams.js';
import { Ledger } from '../ledger.js';
import { openParts, type LedgerOptions, type LedgerParts } from '../ledger-parts.js';
import type { Decided, Outcome } from '../requests/ledger-outcome.js';
import type { Caller, ExportDirectRequest, ExportHoldRequest, ReserveRequest } from '../requests/ledger-request.js';
import { LogIndex } from './log-index.js';
import { adoptionOf } from '../streams/rulebook-adoption.js';
import { appendOnce } from '../appending/append-once.js';
import type { RulebookAdopted } from '../events/rulebook-event.js';
import type { RulebookInForce } from '../streams/rulebook-at-start.js';

export const start = Date.parse('2026-08-01T12:00:00.000Z');
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** One H100: 15,832 TPP. */
export const unit = 15_832_000;

/** The first rulebook with caps so small that they are reached: 20 H100s for AE, 3 for SA. */
export function smallCaps(over: Partial<Rulebook> = {}, caps: Readonly<Record<string, number>> = { AE: 20, SA: 3 }): CompiledRulebook {
  const { document } = builtInRulebook();
  const exceptions = Object.entries(caps).map(([country, units]) => ({ country, tpp: (units * unit) / 1000, citation: 'test' }));
  return loadRulebook({ ...document, id: 'small-caps', allocations: { ...document.allocations, exceptions }, ...over });
}

const usual = smallCaps();

/** The memory store with a door: appends can be held up before they take effect. */
export class WatchedStore extends FaultyEventStore {
  readonly appends: { readonly stream: string; readonly events: number }[] = [];
  #door: Promise<void> = Promise.resolve();
  /** Settles when it may be told where events stand; undefined: at once. */
  #placesTold: Promise<void> | undefined;
  #tellPlaces: () => void = () => undefined;
  #open: () => void = () => undefined;
  #isHeld: (stream: string) => boolean = () => true;
  #holdsAfterFault = false;
  #faultOf: { readonly prefix: string; readonly fault: AppendFault } | undefined;

  /** The stream that the newest append was sent to. */
  get lastStream(): string | undefined {
    return this.appends.at(-1)?.stream;
  }

  /** @param isHeld which streams; left out: all */
  holdAppends(isHeld: (stream: string) => boolean = () => true): void {
    this.#door = new Promise((resolve) => (this.#open = resolve));
    this.#isHeld = isHeld;
  }

  letAppendsGo(): void {
    this.#open();
  }

  /** Appends take effect and say so; where their events stand they tell only when `tellPlaces` is called. */
  holdPlaces(): void {
    this.#placesTold = new Promise((resolve) => (this.#tellPlaces = resolve));
  }

  tellPlaces(): void {
    this.#placesTold = undefined;
    this.#tellPlaces();
  }

  /** The next append goes wrong like this, and what is sent after it waits at the door. */
  failAndHold(fault: AppendFault): void {
    this.failNext(fault);
    this.#holdsAfterFault = true;
  }

  /** The next append to a stream of this kind goes wrong like this. */
  failFrom(prefix: string, fault: AppendFault): void {
    this.#faultOf = { prefix, fault };
  }

  override async append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable?: () => void): Promise<AppendResult> {
    this.appends.push({ stream, events: events.length });
    if (this.#isHeld(stream)) await this.#door;
    if (this.#faultOf && stream.startsWith(this.#faultOf.prefix)) {
      this.failNext(this.#faultOf.fault);
      this.#faultOf = undefined;
    }
    if (this.#holdsAfterFault) this.holdAppends();
    this.#holdsAfterFault = false;
    const result = await super.append(stream, expected, events);
    if (result.appended && this.#placesTold) {
      onDurable?.();
      await this.#placesTold;
    }
    return result;
  }
}

let opened = 0;

export interface MemoryLedgerOptions extends Partial<Omit<LedgerOptions, 'store' | 'index' | 'clock' | 'inForce'>> {
  /** Adopted at the start, if another one is in force. */
  readonly rulebook?: CompiledRulebook;
}

/**
 * A ledger over the memory store with a clock that is set by hand, for specs. The index stays at the start of the log
 * until it is told to follow: whatever is decided must come right without it.
 */
export class MemoryLedger {
  index = new LogIndex();
  now = start;
  ledger!: Ledger;
  #parts!: LedgerParts;
  readonly #options: MemoryLedgerOptions & { readonly rulebook: CompiledRulebook };
  /** Part of each key, so that two instances never use the same one by chance. */
  readonly #instance = (opened += 1);
  #keys = 0;

  private constructor(
    readonly store: WatchedStore,
    options: MemoryLedgerOptions,
  ) {
    this.#options = { rulebook: usual, ...options };
  }

  static async open(options: MemoryLedgerOptions = {}, store: EventStore = new MemoryEventStore()): Promise<MemoryLedger> {
    const opened = new MemoryLedger(store instanceof WatchedStore ? store : new WatchedStore(store), options);
    await opened.restart();
    return opened;
  }

  /** As `open`, over a store that others may write to. */
  static shared(options: MemoryLedgerOptions = {}): Promise<MemoryLedger> {
    return MemoryLedger.open(options, new MemoryEventStore([], { isShared: true }));
  }

  /** Another instance over the same store, with its own index at the head of the log, and the same time. */
  async another(options: MemoryLedgerOptions = {}): Promise<MemoryLedger> {
    const other = new MemoryLedger(this.store, { ...this.#options, ...options });
    other.now = this.now;
    await other.restart();
    return other;
  }

  /** A new process over the same log: closes this one first. */
  async restart(options: MemoryLedgerOptions = {}): Promise<void> {
    await (this.ledger as Ledger | undefined)?.close();
    this.index = new LogIndex();
    await this.index.reach(this.store);
    const { index, store } = this;
    const indexReaches = (position: Position): Promise<boolean> => index.reach(store, position).then(() => true);
    const { rulebook, ...others } = { ...this.#options, ...options };
    const inForce = await this.#adopt(rulebook);
    this.#parts = await openParts({ indexReaches, ...others, inForce, store, index, clock: () => this.now });
    this.ledger = new Ledger(this.#parts);
  }

  /** As the register has them merged, without the register. */
  mergeLines(from: string, into: string, reason: string): Promise<void> {
    const { pause, lines } = this.#parts;
    return pause.during(() => lines.now.mergers.unfinished.finish({ from, into, reason }));
  }

  async #adopt(rulebook: CompiledRulebook): Promise<RulebookInForce> {
    const { position } = await appendOnce<RulebookAdopted>({
      store: this.store,
      stream: rulebookStream,
      draft: (last) => (last?.event.hash === rulebook.hash ? undefined : adoptionOf(rulebook, { at: this.now, principal: 'system', identity: null })),
    });
    return { rulebook, position };
  }

  caller(key: string | null = `key-${this.#instance}-${(this.#keys += 1)}`, body: unknown = key): Caller {
    return { principal: 'acme', idempotencyKey: key, body };
  }

  reserve(units: number, over: Partial<ReserveRequest> = {}, caller: Caller = this.caller()): Promise<Outcome> {
    return this.ledger.reserve({ ...shipment(units), ...over }, caller);
  }

  exportDirect(units: number, over: Partial<ExportDirectRequest> = {}, caller: Caller = this.caller()): Promise<Outcome> {
    return this.ledger.exportDirect({ ...shipment(units), exportedAt: this.now - hourMs, ...over }, caller);
  }

  exportHold(id: string, units: number | 'all', over: Partial<ExportHoldRequest> = {}, caller: Caller = this.caller()): Promise<Outcome> {
    const items = [{ chip: 'nvidia-h100-sxm5', description: null, quantity: units === 'all' ? 0 : units }];
    const part = units === 'all' ? ({ of: 'all' } as const) : ({ of: 'items', items } as const);
    return this.ledger.exportHold(id, { part, exportedAt: this.now - hourMs, final: false, ...over }, caller);
  }

  release(id: string, caller: Caller = this.caller()): Promise<Outcome> {
    return this.ledger.release(id, {}, caller);
  }

  /** The whole log. */
  async log(): Promise<readonly StoredEvent[]> {
    return this.store.readAll({ after: 0, limit: 1_000_000 });
  }

  /** The events of lines, in order. */
  async events(): Promise<readonly LineEvent[]> {
    const all = (await this.log()).map(({ json }): LedgerEvent => decodeEvent(json));
    return all.filter((event): event is LineEvent => 'balanceMilliTpp' in event && 'counts' in event);
  }

  /** The newest event of a line, or of all lines. */
  async last(line?: string): Promise<LineEvent | undefined> {
    if (line === undefined) return (await this.events()).at(-1);
    const [newest] = await this.store.readStream(quotaStreamOf(line), { limit: 1, backwards: true });
    return newest && (decodeEvent(newest.json) as LineEvent);
  }

  async types(): Promise<readonly string[]> {
    return (await this.events()).map(({ type }) => type);
  }
}

/** Instances over one log, each with a door of its own to it; their indexes know only what there was at their start. */
export async function instances(count: number, options: MemoryLedgerOptions = {}): Promise<readonly MemoryLedger[]> {
  const log = new MemoryEventStore([], { isShared: true });
  const all: MemoryLedger[] = [];
  while (all.length < count) all.push(await MemoryLedger.open(options, log));
  return all;
}

/** Two instances over one log. */
export async function two(options?: MemoryLedgerOptions): Promise<readonly [MemoryLedger, MemoryLedger]> {
  return (await instances(2, options)) as unknown as readonly [MemoryLedger, MemoryLedger];
}

function shipment(units: number): ReserveRequest {
  return { destination: 'AE', exporter: 'acme', items: [{ chip: 'nvidia-h100-sxm5', quantity: units }] };
}

/** @throws Error if nothing was recorded. */
export function decided(outcome: Outcome): Decided {
  if (!outcome.decided) throw new Error(`Not decided: ${outcome.code}: ${outcome.detail}`);
  return outcome;
}

/** The id of the reservation or export that the outcome is about. */
export function idOf(outcome: Outcome): string {
  const { event } = decided(outcome);
  if (event.type === 'ExportDebited' || 'exportRevision' in event) return event.exportId;
  return 'reservationId' in event ? event.reservationId : '';
}

/** What the outcome says, in one word: the event, the refusal or why nothing was recorded. */
export function word(outcome: Outcome): string {
  if (!outcome.decided) return outcome.code;
  return outcome.event.type === 'ReservationRefused' ? outcome.event.code : outcome.event.type;
}

/** Lets everything go on that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits until it holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
}
